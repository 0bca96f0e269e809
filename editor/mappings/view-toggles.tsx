import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { IconLayoutSidebarRight, IconTextWrap } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keyNames } from '../app/keys.ts';

/** The keys of the switches, as those who know Visual Studio Code expect them. */
export const WRAP_KEYS = 'Alt+Z';
export const TEST_KEYS = 'Mod+J';

interface ViewTogglesProps {
  readonly wraps: boolean;
  readonly onWrap: (wraps: boolean) => void;
  readonly isTestShown: boolean;
  /** Absent where there is no test to show. */
  readonly onTest: ((isShown: boolean) => void) | undefined;
}

/** How much of the page the script has: whether long lines are wrapped, and whether the test stands beside it. */
export function ViewToggles({ wraps, onWrap, isTestShown, onTest }: ViewTogglesProps) {
  const { t } = useTranslation('mapping');
  return (
    <Group gap={4} wrap="nowrap">
      <Toggle label={t('wrap')} keys={WRAP_KEYS} isOn={wraps} onChange={onWrap}>
        <IconTextWrap size={18} aria-hidden />
      </Toggle>
      {onTest !== undefined && (
        <Toggle label={t('showTest')} keys={TEST_KEYS} isOn={isTestShown} onChange={onTest}>
          <IconLayoutSidebarRight size={18} aria-hidden />
        </Toggle>
      )}
    </Group>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly keys: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children: ReactNode;
}

function Toggle({ label, keys, isOn, onChange, children }: ToggleProps) {
  return (
    <Tooltip label={`${label} · ${keyNames(keys).join('+')}`}>
      <ActionIcon
        variant={isOn ? 'light' : 'subtle'}
        color={isOn ? 'blue' : 'gray'}
        size={32}
        aria-label={label}
        aria-pressed={isOn}
        onClick={() => onChange(!isOn)}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
