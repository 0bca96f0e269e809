import { Anchor, Group, Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TaskSummary } from '../../server/contract/task.ts';
import { StatusBadge } from '../parts/status-badge.tsx';
import { When } from '../parts/when.tsx';
import classes from './home.module.css';

/** The newest tasks with their statuses. */
export function LatestTasks({ tasks }: { tasks: readonly TaskSummary[] }) {
  const { t } = useTranslation('home');
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="latest-title">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="latest-title">
          {t('latest')}
        </Title>
        <Anchor component={Link} to="/tasks" size="sm">
          {t('allTasks')}
        </Anchor>
      </Group>
      {tasks.length === 0 && <Text c="dimmed">{t('noTasks')}</Text>}
      <ul className={classes['list']}>
        {tasks.map(({ taskId, taskName, status, createdAt }) => (
          <li key={taskId} className={classes['task']}>
            <span className={classes['status']}>
              <StatusBadge status={status} />
            </span>
            <span className={classes['words']}>
              <Anchor
                component={Link}
                to={`/tasks/${encodeURIComponent(taskId)}`}
                size="sm"
                className={classes['line']}
              >
                {taskName === '' ? taskId : taskName}
              </Anchor>
              <Text span size="xs" c="dimmed" className={classes['line']}>
                <span className="mono">{taskId}</span> · <When at={createdAt} />
              </Text>
            </span>
          </li>
        ))}
      </ul>
    </Paper>
  );
}
