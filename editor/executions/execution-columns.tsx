import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { executionHead } from '../../server/contract/execution-answers.ts';
import { nameIn, useMappingNames } from '../lists/names.ts';
import { useHubWords } from '../parts/hub-words.tsx';
import type { Column } from '../parts/paged-list.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { When } from '../parts/when.tsx';
import { useWho } from '../parts/who.ts';
import { durationText } from './amounts.ts';

/** A run as lists have it. */
export type ExecutionHead = z.infer<typeof executionHead>;

/** Where a run is read, below /api/v1 and in the editor alike. */
export const pathOfExecution = ({ id }: { readonly id: string }): string => `/executions/${id}`;

/**
 * What lists show of each run.
 * @param without columns that say the same in every row, as the task's in a task's own list
 */
export function useExecutionColumns(without: readonly string[] = []): readonly Column<ExecutionHead>[] {
  const { t } = useTranslation('executions');
  const whoIs = useWho();
  const columns: Column<ExecutionHead>[] = [
    { key: 'stage', head: t('stage'), width: '8rem', cell: ({ stage }) => t(`stages.${stage}`) },
    { key: 'outcome', head: t('outcome'), cell: (run) => <Outcome {...run} /> },
    { key: 'mapping', head: t('mapping'), width: '12rem', cell: (run) => <MappingOf {...run} /> },
    {
      key: 'task',
      head: t('task'),
      width: '10rem',
      cell: ({ taskId }) =>
        taskId !== null && (
          <Anchor
            component={Link}
            to={`/tasks/${encodeURIComponent(taskId)}`}
            size="sm"
            className="mono clamped"
          >
            {taskId}
          </Anchor>
        ),
    },
    { key: 'kind', head: t('kind'), width: '5rem', cell: ({ kind }) => t(kind) },
    { key: 'started', head: t('started'), width: '8.5rem', cell: ({ startedAt }) => <When at={startedAt} /> },
    {
      key: 'took',
      head: t('took'),
      width: '5rem',
      cell: ({ durationMs }) => <span className="mono">{durationText(durationMs)}</span>,
    },
    { key: 'by', head: t('by'), width: '7rem', cell: ({ runBy }) => whoIs(runBy) },
  ];
  return columns.filter(({ key }) => !without.includes(key));
}

function Outcome({ ok, error }: ExecutionHead) {
  const { t } = useTranslation('executions');
  const say = useHubWords();
  return (
    <div>
      <StatusBadge status={ok ? 'ok' : 'error'} label={ok ? t('ok') : t('failed')} />
      {error !== undefined && (
        <Text size="xs" c="dimmed" lineClamp={2} title={say(error.message)}>
          <code>{error.code}</code> {say(error.message)}
        </Text>
      )}
    </div>
  );
}

function MappingOf({ mappingId, version }: ExecutionHead) {
  const { t } = useTranslation('executions');
  const names = useMappingNames();
  if (mappingId === null) return t('nothing');
  if (names === undefined) return null;
  const name = nameIn(names, mappingId, `${mappingId.slice(0, 8)}…`);
  return `${name} · ${version === null ? t('draft') : t('version', { version })}`;
}
