import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ChoiceFilter, FilterBar, TextFilter } from '../lists/filter-bar.tsx';
import { Arrived, LiveListView } from '../lists/live-list-view.tsx';
import { asOptions, useMappingNames } from '../lists/names.ts';
import { useFilters } from '../lists/use-filters.ts';
import { useLiveList } from '../lists/use-live-list.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Page } from '../parts/page.tsx';
import { pathOfExecution, useExecutionColumns } from './execution-columns.tsx';
import type { ExecutionHead } from './execution-columns.tsx';

/** As server/contract/execution-answers.ts has them; its list would bring zod into the page. */
const STAGES = [
  ...['token', 'create', 'revoke', 'callback', 'sync', 'find', 'probe', 'form', 'permissions'],
] as const satisfies readonly ExecutionHead['stage'][];
const KINDS = ['live', 'test'] as const;

const idOf = ({ id }: ExecutionHead): string => id;

/** The list of runs: filters in the address, new ones offered as they come. */
export default function ExecutionsPage() {
  const { t } = useTranslation('executions');
  const { filters, setFilters, isFiltered } = useFilters(['mappingId', 'stage', 'kind', 'ok', 'taskId']);
  const live = useLiveList<ExecutionHead>('/executions', filters, { idOf });
  const mappings = useMappingNames();
  const columns = useExecutionColumns();
  return (
    <Page title={t('title')}>
      <FilterBar label={t('filters')}>
        <ChoiceFilter
          {...{ label: t('mapping'), any: t('anyMapping'), value: filters.mappingId }}
          options={asOptions(mappings)}
          onChange={(mappingId) => setFilters({ mappingId })}
        />
        <ChoiceFilter
          {...{ label: t('stage'), any: t('anyStage'), value: filters.stage }}
          options={STAGES.map((value) => ({ value, label: t(`stages.${value}`) }))}
          onChange={(stage) => setFilters({ stage })}
        />
        <ChoiceFilter
          {...{ label: t('kind'), any: t('anyKind'), value: filters.kind }}
          options={KINDS.map((value) => ({ value, label: t(value) }))}
          onChange={(kind) => setFilters({ kind })}
        />
        <ChoiceFilter
          {...{ label: t('outcome'), any: t('anyOutcome'), value: filters.ok }}
          options={[
            { value: 'true', label: t('ok') },
            { value: 'false', label: t('failed') },
          ]}
          onChange={(ok) => setFilters({ ok })}
        />
        <TextFilter
          {...{ label: t('taskId'), value: filters.taskId }}
          onChange={(taskId) => setFilters({ taskId }, { typing: true })}
        />
        <Arrived live={live} words={t('arrived', { count: live.arrived })} />
      </FilterBar>
      <LiveListView
        {...{ live, columns, label: t('listLabel'), rowKey: idOf, rowLink: pathOfExecution }}
        empty={isFiltered ? <NoMatch clear={() => setFilters(NOTHING)} /> : <NoExecutions />}
      />
    </Page>
  );
}

const NOTHING = { mappingId: '', stage: '', kind: '', ok: '', taskId: '' };

function NoExecutions() {
  const { t } = useTranslation('executions');
  const action = (
    <Button component={Link} to="/mappings">
      {t('toMappings')}
    </Button>
  );
  return <EmptyState title={t('emptyTitle')} text={t('emptyText')} action={action} />;
}

function NoMatch({ clear }: { clear: () => void }) {
  const { t } = useTranslation('executions');
  const action = (
    <Button variant="default" onClick={clear}>
      {t('clearFilters')}
    </Button>
  );
  return <EmptyState title={t('noMatchTitle')} text={t('noMatchText')} action={action} />;
}
