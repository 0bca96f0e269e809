import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TaskSummary } from '../../server/contract/task.ts';
import { useHubWords } from '../parts/hub-words.tsx';
import type { Column } from '../parts/paged-list.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { When } from '../parts/when.tsx';

/** A name of so many characters may not be shown whole. */
const LONG = 60;

/** What the list of tasks shows of each. */
export function useTaskColumns(): readonly Column<TaskSummary>[] {
  const { t } = useTranslation('tasks');
  return [
    {
      key: 'task',
      head: t('task'),
      width: '26%',
      cell: ({ taskId, taskName }) => (
        <>
          <span className="clamped" title={taskName.length > LONG ? taskName : undefined}>
            {taskName === '' ? taskId : taskName}
          </span>
          {taskName !== '' && (
            <Text span size="xs" c="dimmed" className="mono clamped">
              {taskId}
            </Text>
          )}
        </>
      ),
    },
    { key: 'status', head: t('status'), width: '12rem', cell: (task) => <TaskState {...task} /> },
    {
      key: 'type',
      head: t('type'),
      cell: ({ taskType, taskSubtype }) => (taskSubtype === null ? taskType : `${taskType} · ${taskSubtype}`),
    },
    {
      key: 'submitter',
      head: t('submitter'),
      width: '7rem',
      cell: ({ submitter }) => submitter || t('noSubmitter'),
    },
    { key: 'at', head: t('submittedAt'), width: '8.5rem', cell: ({ createdAt }) => <When at={createdAt} /> },
    {
      key: 'changed',
      head: t('changedAt'),
      width: '8.5rem',
      cell: ({ updatedAt }) => <When at={updatedAt} />,
    },
  ];
}

/** Where a task stands, and what is odd about it. */
function TaskState({ status, reason, revokeRequestedAt }: TaskSummary) {
  const { t } = useTranslation('tasks');
  const say = useHubWords();
  const isRevoking = status === 'pending' && revokeRequestedAt !== undefined;
  return (
    <div>
      <Group gap="xs">
        <StatusBadge status={status} />
        {isRevoking && (
          <Text span size="xs" c="dimmed">
            {t('revokeAsked')}
          </Text>
        )}
      </Group>
      {reason !== undefined && (
        <Text size="xs" c="dimmed" lineClamp={2} title={say(reason.message)}>
          <code>{reason.code}</code> {say(reason.message)}
        </Text>
      )}
    </div>
  );
}
