import { Anchor, Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ApiError } from '../api/client.ts';
import { useRead } from '../api/queries.ts';
import { nameIn, useChannelNames } from '../lists/names.ts';
import { CopyId } from '../parts/copy-id.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { ErrorState } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { Page } from '../parts/page.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { When } from '../parts/when.tsx';
import { useWho } from '../parts/who.ts';
import { pathOfExecution } from './execution-columns.tsx';
import { Facts, JsonView, Section } from './facts.tsx';
import { RunView, useMappingOf } from './run-view.tsx';
import type { Execution } from './run-view.tsx';
import { placeOfScript } from './script-place.ts';

/** A run is over when it can be read, and never changes. */
const KEPT_MS = 3_600_000;

/** One run of a stage script: what ran, for what, and everything that it did. */
export default function ExecutionPage() {
  const { t } = useTranslation('executions');
  const { id = '' } = useParams();
  const { data, error, refetch } = useRead<Execution>(pathOfExecution({ id }), { staleMs: KEPT_MS });
  const back = { to: '/executions', label: t('title') };
  if (data !== undefined) return <Shown execution={data} />;
  return (
    <Page title={t('title')} back={back}>
      {error === null ? (
        <LoadingState words={t('reading')} />
      ) : error instanceof ApiError && (error.status === 404 || error.status === 400) ? (
        <NotFound />
      ) : (
        <ErrorState error={error} retry={() => void refetch()} />
      )}
    </Page>
  );
}

function NotFound() {
  const { t } = useTranslation('executions');
  const action = (
    <Button component={Link} to="/executions">
      {t('toList')}
    </Button>
  );
  return <EmptyState title={t('notFoundTitle')} text={t('notFoundText')} action={action} />;
}

function Shown({ execution }: { execution: Execution }) {
  const { t } = useTranslation('executions');
  const { stage, ok, events, approvalInstanceId } = execution;
  return (
    <Page
      title={t('pageTitle', { stage: t(`stages.${stage}`) })}
      beside={<StatusBadge status={ok ? 'ok' : 'error'} label={ok ? t('ok') : t('failed')} />}
      back={{ to: '/executions', label: t('title') }}
      actions={<ScriptButton execution={execution} />}
    >
      <Text c="dimmed" mb="md">
        {t(`stageHelp.${stage}`)}
      </Text>
      <About execution={execution} />
      <RunView execution={execution} />
      {approvalInstanceId !== undefined && events.length > 0 && (
        <Section title={t('eventsOfTest')}>
          {events.map(({ id, type, receivedAt, payload }) => (
            <figure key={id} style={{ margin: '0 0 0.75rem' }}>
              <figcaption>
                <Anchor component={Link} to={`/events/${id}`} className="mono">
                  {type}
                </Anchor>{' '}
                <When at={receivedAt} />
              </figcaption>
              <JsonView value={payload} label={type} />
            </figure>
          ))}
        </Section>
      )}
    </Page>
  );
}

function About({ execution }: { execution: Execution }) {
  const { t } = useTranslation('executions');
  const whoIs = useWho();
  const { id, kind, mappingId, version, channelId, taskId, eventId, runBy, startedAt } = execution;
  const mapping = useMappingOf(execution).data;
  const channels = useChannelNames();
  const ranAs = version === null ? t('draft') : t('version', { version });
  const link = (to: string, words: string) => (
    <Anchor component={Link} to={to} size="sm">
      {words}
    </Anchor>
  );
  return (
    <Facts
      label={t('facts')}
      facts={[
        { name: t('ranAs'), value: `${t(kind)} · ${ranAs}` },
        {
          name: t('mapping'),
          value:
            mappingId === null ? t('nothing') : link(`/mappings/${mappingId}`, mapping?.name ?? mappingId),
        },
        {
          name: t('channel'),
          value:
            channelId === null ? t('nothing') : link(`/channels/${channelId}`, nameIn(channels, channelId)),
        },
        { name: t('task'), value: taskId !== null && link(`/tasks/${encodeURIComponent(taskId)}`, taskId) },
        {
          name: t('event'),
          value: eventId !== null && link(`/events/${eventId}`, `${eventId.slice(0, 13)}…`),
        },
        {
          name: t('openedByTest'),
          value: execution.approvalInstanceId !== undefined && (
            <CopyId value={execution.approvalInstanceId} />
          ),
        },
        { name: t('runBy'), value: whoIs(runBy) },
        { name: t('started'), value: <When at={startedAt} /> },
        { name: t('runId'), value: <CopyId value={id} short={13} /> },
      ]}
    />
  );
}

/** Leads to the script that ran, at the line that failed; to the comparison when the version is not the published one any more. */
function ScriptButton({ execution }: { execution: Execution }) {
  const { t } = useTranslation('executions');
  const mapping = useMappingOf(execution).data;
  const line = execution.error?.line ?? null;
  const place = placeOfScript(execution, mapping, line);
  if (place === undefined) return null;
  const words =
    place.kind === 'compare'
      ? t('seeVersion', { version: execution.version })
      : line === null
        ? t('openScript')
        : t('openLine', { line });
  return (
    <Button component={Link} to={place.to} variant={execution.ok ? 'default' : 'filled'}>
      {words}
    </Button>
  );
}
