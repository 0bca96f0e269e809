import { Button, Grid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { TaskShown } from '../../server/contract/task.ts';
import { ApiError } from '../api/client.ts';
import { itemsOf } from '../api/queries.ts';
import { pathOfExecution } from '../executions/execution-columns.tsx';
import { Section } from '../executions/facts.tsx';
import { useProviderOf } from '../lists/names.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { ErrorState } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { Page } from '../parts/page.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { Approvers, Records } from './approvers.tsx';
import { tellStory } from './story.ts';
import { StoryView } from './story-view.tsx';
import { TaskActions } from './task-actions.tsx';
import { TaskFacts } from './task-facts.tsx';
import { SentForm } from './task-form.tsx';
import { TaskHead } from './task-head.tsx';
import { TaskTabs, useRunPath } from './task-tabs.tsx';
import { useLook } from './use-look.ts';
import { useTask, useTaskWork } from './use-task.ts';
import { waitingFor } from './waiting.ts';
import { useWaitingText } from './waiting-text.ts';

/** One task: where it stands and who is waited for, what happened, and everything that ran for it. */
export default function TaskPage() {
  const { t } = useTranslation('tasks');
  const { taskId = '' } = useParams();
  const { data, error, refetch } = useTask(taskId);
  const provider = useProviderOf(data?.approval?.channelId ?? data?.opening.channelId);
  if (data !== undefined && provider !== undefined)
    return <Shown key={taskId} task={data} provider={provider ?? t('provider')} />;
  return (
    <Page title={taskId} back={{ to: '/tasks', label: t('title') }}>
      {error === null ? (
        <LoadingState words={t('reading')} />
      ) : error instanceof ApiError && error.status === 404 ? (
        <NotFound taskId={taskId} />
      ) : (
        <ErrorState error={error} retry={() => void refetch()} />
      )}
    </Page>
  );
}

function NotFound({ taskId }: { taskId: string }) {
  const { t } = useTranslation('tasks');
  const action = (
    <Button component={Link} to="/tasks">
      {t('toList')}
    </Button>
  );
  return <EmptyState title={t('notFoundTitle', { taskId })} text={t('notFoundText')} action={action} />;
}

function Shown({ task, provider }: { task: TaskShown; provider: string }) {
  const { t } = useTranslation('tasks');
  const work = useTaskWork(task);
  const asking = useLook(task, itemsOf(work.events.data)[0]?.receivedAt);
  const pathOfRun = useRunPath();
  const waitingNow = waitingFor(task);
  const waitingText = useWaitingText(waitingNow, provider);
  // Everything else stands above already.
  const waiting = waitingNow.for === 'people' ? waitingText : undefined;
  const runs = itemsOf(work.runs.data);
  const failed = runs.find(({ stage, ok }) => stage === 'create' && !ok);
  return (
    <Page
      title={task.taskName === '' ? task.taskId : task.taskName}
      beside={<StatusBadge status={task.status} />}
      back={{ to: '/tasks', label: t('title') }}
      actions={<TaskActions task={task} provider={provider} />}
    >
      <TaskHead {...{ task, provider, asking }} failedRun={failed && pathOfExecution(failed)} />
      <TaskFacts task={task} provider={provider} />
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Section title={t('story')}>
            <StoryView {...{ story: tellStory(task, runs), provider, waiting, pathOfRun }} />
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Section title={t('form')}>
            <SentForm task={task} runs={runs} provider={provider} />
          </Section>
          {task.approval !== null && (
            <>
              <Section title={t('approvers')}>
                <Approvers approval={task.approval} {...{ provider, asking }} />
              </Section>
              <Section title={t('records')}>
                <Records approval={task.approval} />
              </Section>
            </>
          )}
        </Grid.Col>
      </Grid>
      <TaskTabs task={task} work={work} provider={provider} />
    </Page>
  );
}
