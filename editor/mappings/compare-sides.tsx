import { ActionIcon, Group, NativeSelect, Tooltip } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { STAGES } from './stages.ts';
import type { Stage } from './stages.ts';
import type { Version } from './types.ts';

interface Sides {
  readonly from: string;
  readonly to: string;
  /** Undefined: all that differ. */
  readonly stage: Stage | undefined;
}

interface CompareSidesProps extends Sides {
  readonly versions: readonly Version[];
  readonly changed: readonly Stage[];
  readonly onChange: (sides: Sides) => void;
}

/** Chooses what is compared with what, the draft or any version, and of which stage. */
export function CompareSides({ from, to, stage, versions, changed, onChange }: CompareSidesProps) {
  const { t } = useTranslation(['versions', 'mapping']);
  const known = versions.map(({ version, current }) => ({
    value: String(version),
    label: t(current ? 'versionLive' : 'versionName', { version }),
  }));
  const sides = [{ value: 'draft', label: t('draft') }, ...known];
  // An address may name a version that this list is too short for.
  const withOwn = (side: string) =>
    sides.some(({ value }) => value === side)
      ? sides
      : [...sides, { value: side, label: t('versionName', { version: side }) }];
  return (
    <Group gap="xs" align="end" mb="md">
      <NativeSelect
        label={t('from')}
        value={from}
        data={withOwn(from)}
        onChange={(event) => onChange({ from: event.currentTarget.value, to, stage })}
      />
      <Tooltip label={t('swap')}>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('swap')}
          onClick={() => onChange({ from: to, to: from, stage })}
        >
          <IconArrowsExchange size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <NativeSelect
        label={t('to')}
        value={to}
        data={withOwn(to)}
        onChange={(event) => onChange({ from, to: event.currentTarget.value, stage })}
      />
      <NativeSelect
        label={t('stage')}
        value={stage ?? ''}
        data={[
          { value: '', label: t('allChanged') },
          ...STAGES.map((each) => ({
            value: each,
            label: changed.includes(each)
              ? t('stageChanged', { stage: t(`mapping:stage.${each}`) })
              : t(`mapping:stage.${each}`),
          })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          onChange({ from, to, stage: STAGES.find((each) => each === value) })
        }
      />
    </Group>
  );
}
