import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { STAGES } from '../../../server/contract/stage.ts';
import { withQuery } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import type { PageOf } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { When } from '../../parts/when.tsx';
import type { ExecutionHead } from './answers.ts';
import classes from './test-panel.module.css';

/** So many tests stay at hand. */
const MOST = 20;
/** The hub's own questions (the form, for one) are tests too, and are left out: so many more are read. */
const READ = 60;

export interface HistoryPaneProps {
  readonly mappingId: string;
  readonly mayRun: boolean;
  readonly onOpen: (id: string) => void;
  readonly onAgain: (id: string) => void;
}

/** The last tests of a mapping, by whomever: to be opened, and run again with the same input. */
export function HistoryPane({ mappingId, mayRun, onOpen, onAgain }: HistoryPaneProps) {
  const { t } = useTranslation('test');
  const path = withQuery('/executions', { mappingId, kind: 'test', limit: READ });
  const { data, error, isPending, refetch } = useRead<PageOf<ExecutionHead>>(path);
  if (isPending) return <LoadingState words={t('history.loading')} />;
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />;
  const tests = data.items
    .flatMap((test) => STAGES.filter((stage) => stage === test.stage).map((stage) => ({ ...test, stage })))
    .slice(0, MOST);
  if (tests.length === 0) return <EmptyState title={t('history.none')} text={t('history.noneText')} />;
  return (
    <table className={classes['history']} aria-label={t('history.label')}>
      <thead>
        <tr>
          <th scope="col">{t('history.stage')}</th>
          <th scope="col">{t('history.ended')}</th>
          <th scope="col">{t('history.when')}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {tests.map(({ id, stage, ok, error: failure, durationMs, startedAt, runBy }) => (
          <tr key={id}>
            <td>{t(`stages.${stage}`)}</td>
            <td>
              <StatusBadge
                status={ok ? 'ok' : 'error'}
                label={failure?.code ?? t('http.ms', { ms: Math.round(durationMs) })}
              />
            </td>
            <td>
              <When at={startedAt} />
              <Text size="xs" c="dimmed">
                {runBy}
              </Text>
            </td>
            <td>
              <Group gap={4} justify="flex-end">
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={t('history.openLabel', { stage })}
                  onClick={() => onOpen(id)}
                >
                  {t('history.open')}
                </Button>
                {mayRun && (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    aria-label={t('history.againLabel', { stage })}
                    onClick={() => onAgain(id)}
                  >
                    {t('history.again')}
                  </Button>
                )}
              </Group>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
