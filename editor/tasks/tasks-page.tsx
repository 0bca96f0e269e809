import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskTypeCatalogue } from '../../server/contract/catalogue.ts';
import type { TaskStatus, TaskSummary } from '../../server/contract/task.ts';
import { useRead } from '../api/queries.ts';
import { useMay } from '../app/session.tsx';
import { SubmitSample } from '../sample/submit-sample.tsx';
import { ChoiceFilter, FilterBar, TextFilter } from '../lists/filter-bar.tsx';
import { Arrived, LiveListView } from '../lists/live-list-view.tsx';
import { useFilters } from '../lists/use-filters.ts';
import { useLiveList } from '../lists/use-live-list.ts';
import { DownloadCsv } from '../parts/download-csv.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Page } from '../parts/page.tsx';
import { RetryAll } from './retry-all.tsx';
import { useTaskColumns } from './task-columns.tsx';
import { pathOfTask } from './task-path.ts';
import { isOver } from './waiting.ts';

const STATUSES: readonly TaskStatus[] = ['submitted', 'pending', 'approved', 'rejected', 'revoked', 'failed'];
const CATALOGUE_MS = 3_600_000;

const CSV: Readonly<Record<string, (task: TaskSummary) => string | null | undefined>> = {
  taskId: ({ taskId }) => taskId,
  taskName: ({ taskName }) => taskName,
  taskType: ({ taskType }) => taskType,
  taskSubtype: ({ taskSubtype }) => taskSubtype,
  status: ({ status }) => status,
  reason: ({ reason }) => reason?.message,
  submitter: ({ submitter }) => submitter,
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
};

const idOf = ({ taskId }: TaskSummary): string => taskId;

/** The list of tasks: filters and search in the address, statuses as they change. */
export default function TasksPage() {
  const { t } = useTranslation('tasks');
  const parts = useTranslation('parts').t;
  const { filters, setFilters, isFiltered } = useFilters(['status', 'taskType', 'q']);
  const types = useRead<{ items: TaskTypeCatalogue }>('/catalogue/task-types', { staleMs: CATALOGUE_MS });
  const live = useLiveList<TaskSummary>('/tasks', filters, { idOf, pathOf: pathOfTask, isSettled: isOver });
  const columns = useTaskColumns();
  const maySubmit = useMay('submitter');
  const [opened, setOpened] = useState(false);
  const submit = maySubmit && <Button onClick={() => setOpened(true)}>{t('submitSample')}</Button>;
  return (
    <Page
      title={t('title')}
      actions={
        <>
          <DownloadCsv path="/tasks" query={filters} columns={CSV} />
          {maySubmit && filters.status === 'failed' && <RetryAll filters={filters} />}
          {submit}
        </>
      }
    >
      <FilterBar label={t('filters')}>
        <TextFilter
          {...{ wide: true, label: t('search'), placeholder: t('searchPlaceholder'), value: filters.q }}
          onChange={(q) => setFilters({ q }, { typing: true })}
        />
        <ChoiceFilter
          {...{ label: t('status'), any: t('anyStatus'), value: filters.status }}
          options={STATUSES.map((value) => ({ value, label: parts(`status.${value}`) }))}
          onChange={(status) => setFilters({ status })}
        />
        <ChoiceFilter
          {...{ label: t('type'), any: t('anyType'), value: filters.taskType }}
          options={(types.data?.items ?? []).map(({ name }) => ({ value: name, label: name }))}
          onChange={(taskType) => setFilters({ taskType })}
        />
        <Arrived live={live} words={t('arrived', { count: live.arrived })} />
      </FilterBar>
      <LiveListView
        {...{ live, columns, label: t('listLabel'), rowKey: idOf }}
        rowLink={(task) => pathOfTask(task)}
        empty={isFiltered ? <NoMatch clear={() => setFilters(NOTHING)} /> : <NoTasks action={submit} />}
      />
      <SubmitSample opened={opened} onClose={() => setOpened(false)} />
    </Page>
  );
}

const NOTHING = { status: '', taskType: '', q: '' };

function NoTasks({ action }: { action: React.ReactNode }) {
  const { t } = useTranslation('tasks');
  const text = action === false ? t('emptyTextViewer') : t('emptyText');
  return <EmptyState title={t('emptyTitle')} text={text} action={action} />;
}

function NoMatch({ clear }: { clear: () => void }) {
  const { t } = useTranslation('tasks');
  const action = (
    <Button variant="default" onClick={clear}>
      {t('clearFilters')}
    </Button>
  );
  return <EmptyState title={t('noMatchTitle')} text={t('noMatchText')} action={action} />;
}
