import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EventOutcome, EventSummary } from '../../server/contract/event.ts';
import { itemsOf } from '../api/queries.ts';
import { ChoiceFilter, FilterBar, TextFilter } from '../lists/filter-bar.tsx';
import { Arrived, LiveListView } from '../lists/live-list-view.tsx';
import { asOptions, useChannelNames } from '../lists/names.ts';
import { useFilters } from '../lists/use-filters.ts';
import { useLiveList } from '../lists/use-live-list.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Page } from '../parts/page.tsx';
import { pathOfEvent, useEventColumns } from './event-columns.tsx';

const OUTCOMES: readonly EventOutcome[] = ['applied', 'unchanged', 'waiting', 'foreign', 'failed'];

const idOf = ({ id }: EventSummary): string => id;
const isSettled = ({ outcome }: EventSummary): boolean => outcome !== 'waiting';

/** The list of events: filters in the address, outcomes as they are decided. */
export default function EventsPage() {
  const { t } = useTranslation('events');
  const parts = useTranslation('parts').t;
  const { filters, setFilters, isFiltered } = useFilters(['channelId', 'type', 'outcome']);
  const live = useLiveList<EventSummary>('/events', filters, { idOf, pathOf: pathOfEvent, isSettled });
  const channels = useChannelNames();
  const columns = useEventColumns();
  const types = [...new Set(itemsOf(live.list.data).map(({ type }) => type))].filter((type) => type !== '');
  return (
    <Page title={t('title')}>
      <FilterBar label={t('filters')}>
        <ChoiceFilter
          {...{ label: t('channel'), any: t('anyChannel'), value: filters.channelId }}
          options={asOptions(channels)}
          onChange={(channelId) => setFilters({ channelId })}
        />
        <TextFilter
          {...{ label: t('type'), placeholder: t('typePlaceholder'), value: filters.type, known: types }}
          onChange={(type) => setFilters({ type }, { typing: true })}
        />
        <ChoiceFilter
          {...{ label: t('outcome'), any: t('anyOutcome'), value: filters.outcome }}
          options={OUTCOMES.map((value) => ({ value, label: parts(`status.${value}`) }))}
          onChange={(outcome) => setFilters({ outcome })}
        />
        <Arrived live={live} words={t('arrived', { count: live.arrived })} />
      </FilterBar>
      <LiveListView
        {...{ live, columns, label: t('listLabel'), rowKey: idOf, rowLink: pathOfEvent }}
        empty={isFiltered ? <NoMatch clear={() => setFilters(NOTHING)} /> : <NoEvents />}
      />
    </Page>
  );
}

const NOTHING = { channelId: '', type: '', outcome: '' };

function NoEvents() {
  const { t } = useTranslation('events');
  const action = (
    <Button component={Link} to="/channels">
      {t('toChannels')}
    </Button>
  );
  return <EmptyState title={t('emptyTitle')} text={t('emptyText')} action={action} />;
}

function NoMatch({ clear }: { clear: () => void }) {
  const { t } = useTranslation('events');
  const action = (
    <Button variant="default" onClick={clear}>
      {t('clearFilters')}
    </Button>
  );
  return <EmptyState title={t('noMatchTitle')} text={t('noMatchText')} action={action} />;
}
