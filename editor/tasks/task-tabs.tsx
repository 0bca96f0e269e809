import { Anchor, Tabs, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'react-router';
import type { TaskShown } from '../../server/contract/task.ts';
import { itemsOf } from '../api/queries.ts';
import type { ListQuery } from '../api/queries.ts';
import { useMay } from '../app/session.tsx';
import { pathOfEvent, useEventColumns } from '../events/event-columns.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import { TaskRuns } from './task-runs.tsx';
import { TaskVariables } from './task-variables.tsx';
import type { TaskWork } from './use-task.ts';

const TABS = ['executions', 'events', 'variables'] as const;
type Tab = (typeof TABS)[number];

const isTab = (text: string | null): text is Tab => TABS.some((tab) => tab === text);

/** How a story's line leads to its run: it is opened among the task's executions, on this page. */
export function useRunPath(): (id: string) => string {
  const { pathname } = useLocation();
  return (id) => `${pathname}?tab=executions&run=${id}#run-${id}`;
}

/** Everything that ran for a task, what the provider told of it, and what the platform submitted. The open tab stands in the address. */
export function TaskTabs({ task, work, provider }: { task: TaskShown; work: TaskWork; provider: string }) {
  const { t } = useTranslation('tasks');
  const [search, setSearch] = useSearchParams();
  const isAdmin = useMay('admin');
  const wanted = search.get('tab');
  const tab = isTab(wanted) ? wanted : 'executions';
  const given = Object.values(task.variables).filter((value) => value !== '').length;
  return (
    <Tabs
      value={tab}
      keepMounted={false}
      onChange={(next) =>
        setSearch({ tab: next ?? 'executions' }, { replace: true, preventScrollReset: true })
      }
    >
      <Tabs.List aria-label={t('tabs')} mb="md">
        <Tabs.Tab value="executions">{counted(t('executions'), countOf(work.runs))}</Tabs.Tab>
        <Tabs.Tab value="events">{counted(t('events'), countOf(work.events))}</Tabs.Tab>
        <Tabs.Tab value="variables">{counted(t('variables'), String(given))}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="executions">
        <TaskRuns runs={work.runs} />
      </Tabs.Panel>
      <Tabs.Panel value="events">
        <Events work={work} provider={provider} />
      </Tabs.Panel>
      <Tabs.Panel value="variables">
        <TaskVariables variables={task.variables} />
      </Tabs.Panel>
      {isAdmin && (
        <Anchor
          component={Link}
          to={`/settings/audit?objectType=task&objectId=${encodeURIComponent(task.taskId)}`}
          size="sm"
          mt="md"
          display="inline-block"
        >
          {t('audit')}
        </Anchor>
      )}
    </Tabs>
  );
}

/** How many rows are known; more than that: "50+". */
function countOf({ data, hasNextPage }: ListQuery<unknown>): string | undefined {
  return data === undefined ? undefined : `${String(itemsOf(data).length)}${hasNextPage ? '+' : ''}`;
}

const counted = (words: string, count: string | undefined): React.ReactNode => (
  <>
    {words}
    {count !== undefined && (
      <Text span size="sm" c="dimmed" className="mono">
        {' '}
        {count}
      </Text>
    )}
  </>
);

function Events({ work, provider }: { work: TaskWork; provider: string }) {
  const { t } = useTranslation('tasks');
  const columns = useEventColumns(['task', 'approval', 'channel']);
  return (
    <PagedList
      {...{ query: work.events, columns, label: t('events'), rowLink: pathOfEvent }}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('events')} text={t('eventsNone', { provider })} />}
    />
  );
}
