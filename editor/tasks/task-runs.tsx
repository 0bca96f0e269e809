import { Accordion, Anchor, Button, Group, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'react-router';
import { itemsOf, useRead } from '../api/queries.ts';
import type { ListQuery } from '../api/queries.ts';
import { durationText } from '../executions/amounts.ts';
import { pathOfExecution } from '../executions/execution-columns.tsx';
import type { ExecutionHead } from '../executions/execution-columns.tsx';
import { RunView } from '../executions/run-view.tsx';
import type { Execution } from '../executions/run-view.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { ErrorState } from '../parts/error-state.tsx';
import { HubWords } from '../parts/hub-words.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { When } from '../parts/when.tsx';
import { useWho } from '../parts/who.ts';
import classes from './task-runs.module.css';

const KEPT_MS = 3_600_000;

/** The runs of a task, newest first. Each opens in its place, to its logs and trace; the open one stands in the address. */
export function TaskRuns({ runs }: { runs: ListQuery<ExecutionHead> }) {
  const { t } = useTranslation('tasks');
  const parts = useTranslation('parts').t;
  const [search, setSearch] = useSearchParams();
  const open = search.get('run');
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = runs;
  const items = itemsOf(data);
  useScrollTo(items.length > 0);
  if (isPending) return <LoadingState words={parts('loading')} />;
  if (items.length === 0 && error === null)
    return <EmptyState title={t('executions')} text={t('executionsNone')} />;
  return (
    <>
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      <Accordion
        value={open}
        order={3}
        keepMounted={false}
        onChange={(run) =>
          setSearch(run === null ? { tab: 'executions' } : { tab: 'executions', run }, {
            ...{ replace: true, preventScrollReset: true },
          })
        }
      >
        {items.map((run) => (
          <Accordion.Item key={run.id} value={run.id} id={`run-${run.id}`} className={classes['run'] ?? ''}>
            <Accordion.Control>
              <RunHead run={run} />
            </Accordion.Control>
            <Accordion.Panel>{open === run.id && <Whole run={run} />}</Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      {hasNextPage && (
        <Button variant="default" mt="md" aria-busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? parts('loadingMore') : parts('loadMore')}
        </Button>
      )}
    </>
  );
}

/** Goes to the run that a link of the story names. @param isThere whether there is anything to go to yet */
function useScrollTo(isThere: boolean): void {
  const { hash, key } = useLocation();
  useEffect(() => {
    if (!isThere || hash === '') return;
    const run = document.getElementById(hash.slice(1));
    run?.scrollIntoView({ block: 'start' });
    run?.querySelector('button')?.focus({ preventScroll: true });
    // `key`: the same link once more goes there once more.
  }, [isThere, hash, key]);
}

function RunHead({
  run: { stage, ok, error, durationMs, version, startedAt, runBy },
}: {
  run: ExecutionHead;
}) {
  const { t } = useTranslation('executions');
  const whoIs = useWho();
  return (
    <Group gap="xs" component="span">
      <Text span fw={500} size="sm" miw="6rem">
        {t(`stages.${stage}`)}
      </Text>
      <StatusBadge status={ok ? 'ok' : 'error'} label={ok ? t('ok') : t('failed')} />
      <Text span size="sm" className="mono">
        {durationText(durationMs)} · {version === null ? t('draft') : t('version', { version })}
      </Text>
      <Text span size="sm" c="dimmed">
        <When at={startedAt} /> · {whoIs(runBy)}
      </Text>
      {error !== undefined && (
        <Text span size="sm" c="dimmed" lineClamp={1}>
          <code>{error.code}</code> <HubWords text={error.message} />
        </Text>
      )}
    </Group>
  );
}

function Whole({ run }: { run: ExecutionHead }) {
  const { t } = useTranslation('executions');
  const { data, error, refetch } = useRead<Execution>(pathOfExecution(run), { staleMs: KEPT_MS });
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />;
  if (data === undefined) return <LoadingState words={t('reading')} />;
  return (
    <>
      <Anchor component={Link} to={pathOfExecution(run)} size="sm" mb="sm" display="inline-block">
        {t('ownPage')}
      </Anchor>
      <RunView execution={data} order={4} />
    </>
  );
}
