import { Alert, Anchor, Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { EventShown } from '../../server/contract/event.ts';
import { ApiError, call } from '../api/client.ts';
import { itemsOf, refresh, useList } from '../api/queries.ts';
import { useMay } from '../app/session.tsx';
import { pathOfExecution, useExecutionColumns } from '../executions/execution-columns.tsx';
import type { ExecutionHead } from '../executions/execution-columns.tsx';
import { Facts, Section } from '../executions/facts.tsx';
import { nameIn, useChannelNames } from '../lists/names.ts';
import { useReadLive } from '../lists/use-read-live.ts';
import { useConfirm } from '../parts/confirm.tsx';
import { CopyId } from '../parts/copy-id.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { ErrorState } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { showDone, showTrouble } from '../parts/notify.ts';
import { Page } from '../parts/page.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { When } from '../parts/when.tsx';
import { pathOfEvent } from './event-columns.tsx';
import { EventSides } from './event-sides.tsx';
import { useReasonText } from './reason.ts';
import { whyNotReplayable } from './replayable.ts';

/** So often an event that is not decided yet is looked at. */
const EVERY_MS = 3_000;

const againAfter = ({ outcome }: EventShown): number | false => outcome === 'waiting' && EVERY_MS;

/** One event: as it came, what it says, what the callback script made of it, and what became of it. */
export default function EventPage() {
  const { t } = useTranslation('events');
  const { id = '' } = useParams();
  const { data, error, refetch } = useReadLive<EventShown>(pathOfEvent({ id }), againAfter);
  if (data !== undefined) return <Shown event={data} />;
  return (
    <Page title={t('title')} back={{ to: '/events', label: t('title') }}>
      {error === null ? (
        <LoadingState words={t('reading')} />
      ) : error instanceof ApiError && error.status === 404 ? (
        <NotFound />
      ) : (
        <ErrorState error={error} retry={() => void refetch()} />
      )}
    </Page>
  );
}

function NotFound() {
  const { t } = useTranslation('events');
  const action = (
    <Button component={Link} to="/events">
      {t('toList')}
    </Button>
  );
  return <EmptyState title={t('notFoundTitle')} text={t('notFoundText')} action={action} />;
}

function Shown({ event }: { event: EventShown }) {
  const { t } = useTranslation('events');
  const { id, type, outcome, executionIds } = event;
  const runs = useList<ExecutionHead>('/executions', { eventId: id });
  const columns = useExecutionColumns(['task', 'kind']);
  const [newest] = itemsOf(runs.data);
  const { refetch } = runs;
  const latest = executionIds[0];
  const isBehind = runs.isSuccess && latest !== newest?.id;
  useEffect(() => {
    // A replay has run it once more.
    if (isBehind) void refetch();
  }, [isBehind, latest, refetch]);
  return (
    <Page
      title={t('pageTitle', { type: type === '' ? t('noType') : type })}
      beside={<StatusBadge status={outcome} />}
      back={{ to: '/events', label: t('title') }}
      actions={<Replay event={event} />}
    >
      <Explained event={event} />
      <About event={event} />
      <EventSides event={event} run={newest} />
      <Section title={t('executions')}>
        <PagedList
          {...{ query: runs, columns, label: t('executions'), rowLink: pathOfExecution }}
          empty={<Text size="sm">{t('executionsNone')}</Text>}
        />
      </Section>
    </Page>
  );
}

const COLOURS = {
  applied: 'green',
  unchanged: 'gray',
  waiting: 'blue',
  foreign: 'gray',
  failed: 'red',
} as const;

/** What became of the event, why, and what to do. */
function Explained({ event }: { event: EventShown }) {
  const { t } = useTranslation('events');
  const { outcome, reason } = event;
  const why = useReasonText(reason);
  const blocked = whyNotReplayable(event);
  return (
    <Alert color={COLOURS[outcome]} variant="outline" mb="md" p="sm">
      {t(`outcomes.${outcome}`)}
      {why !== undefined && (
        <Text size="sm" mt={4} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {why}
        </Text>
      )}
      {blocked === 'noReplayOfTest' && (
        <Text size="sm" mt={4}>
          {t(blocked)}
        </Text>
      )}
    </Alert>
  );
}

function About({ event }: { event: EventShown }) {
  const { t } = useTranslation('events');
  const { channelId, receivedAt, taskId, approvalInstanceId, definitionId } = event;
  const channels = useChannelNames();
  return (
    <Facts
      label={t('facts')}
      facts={[
        { name: t('received'), value: <When at={receivedAt} /> },
        {
          name: t('task'),
          value: taskId !== undefined && (
            <Anchor component={Link} to={`/tasks/${encodeURIComponent(taskId)}`} size="sm">
              {taskId}
            </Anchor>
          ),
        },
        {
          name: t('channel'),
          value: (
            <Anchor component={Link} to={`/channels/${channelId}`} size="sm">
              {nameIn(channels, channelId)}
            </Anchor>
          ),
        },
        {
          name: t('approval'),
          value: approvalInstanceId !== undefined && <CopyId value={approvalInstanceId} short={20} />,
        },
        { name: t('definition'), value: definitionId !== undefined && <CopyId value={definitionId} /> },
      ]}
    />
  );
}

/** Has the callback script run once more, after asking. Not there for what the hub would refuse. */
function Replay({ event }: { event: EventShown }) {
  const { t } = useTranslation('events');
  const confirm = useConfirm();
  const mayReplay = useMay('editor');
  const { id, outcome } = event;
  const replay = useMutation({
    mutationFn: () => call('POST', `${pathOfEvent({ id })}/replay`),
    onSuccess: () => showDone(t('replayed')),
    onError: showTrouble,
    onSettled: () => refresh('/events', '/executions', '/tasks'),
  });
  if (!mayReplay || whyNotReplayable(event) !== undefined) return null;
  const ask = async (): Promise<void> => {
    const question = { title: t('replayTitle'), text: t('replayText'), confirm: t('replayDo') };
    if ((await confirm(question)) !== false) replay.mutate();
  };
  return (
    <Button
      variant={outcome === 'failed' ? 'filled' : 'default'}
      disabled={replay.isPending}
      onClick={() => void ask()}
    >
      {t('replay')}
    </Button>
  );
}
