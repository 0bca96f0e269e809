import { ActionIcon, Group, NativeSelect, Tooltip } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Version } from './types.ts';

interface CompareSidesProps {
  readonly from: string;
  readonly to: string;
  readonly versions: readonly Version[];
  readonly onChange: (sides: { from: string; to: string }) => void;
}

/** Chooses what is compared with what: the draft, or any version. */
export function CompareSides({ from, to, versions, onChange }: CompareSidesProps) {
  const { t } = useTranslation('versions');
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
        onChange={(event) => onChange({ from: event.currentTarget.value, to })}
      />
      <Tooltip label={t('swap')}>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('swap')}
          onClick={() => onChange({ from: to, to: from })}
        >
          <IconArrowsExchange size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <NativeSelect
        label={t('to')}
        value={to}
        data={withOwn(to)}
        onChange={(event) => onChange({ from, to: event.currentTarget.value })}
      />
    </Group>
  );
}
