import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Run } from './run-result-run.ts';
import { StatusBadge } from './status-badge.tsx';

const MIB = 1024 * 1024;

/** How a run ended and what it used up, in one line. */
export function RunFigures({
  run,
}: {
  run: Pick<Run, 'ok' | 'durationMs' | 'cpuMs' | 'memoryBytes' | 'http'>;
}) {
  const { t } = useTranslation('test');
  const { ok, durationMs, cpuMs, memoryBytes, http } = run;
  const figures = [
    t('http.ms', { ms: Math.round(durationMs) }),
    t('run.cpu', { ms: Math.round(cpuMs) }),
    t('run.memory', { mib: (memoryBytes / MIB).toFixed(1) }),
    t('run.calls', { count: http.length }),
  ];
  return (
    <Group gap="xs" role="group" aria-label={t('run.figures')}>
      <StatusBadge status={ok ? 'ok' : 'error'} />
      <Text size="sm" className="mono">
        {figures.join(' · ')}
      </Text>
    </Group>
  );
}
