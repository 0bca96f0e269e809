import { useTranslation } from 'react-i18next';
import { ChoiceFilter, FilterBar, TextFilter } from '../lists/filter-bar.tsx';
import type { Filters } from '../lists/use-filters.ts';
import { useAuditWords } from './audit-words.ts';

/** What the API filters by, and the query string keeps. */
export const AUDIT_FILTERS = ['objectType', 'action', 'by', 'objectId'] as const;
type AuditFilter = Filters<(typeof AUDIT_FILTERS)[number]>;

interface AuditFiltersProps {
  readonly filters: AuditFilter;
  readonly setFilters: (changes: AuditFilter, how?: { readonly typing: boolean }) => void;
}

/** The inputs of the audit record's filters. */
export function AuditFilters({ filters, setFilters }: AuditFiltersProps) {
  const { t } = useTranslation('settings');
  const { actions, objects } = useAuditWords();
  return (
    <FilterBar label={t('audit.filters')}>
      <ChoiceFilter
        {...{ label: t('audit.objectType'), any: t('audit.anyType'), value: filters.objectType }}
        options={optionsOf(objects)}
        onChange={(objectType) => setFilters({ objectType })}
      />
      <ChoiceFilter
        {...{ label: t('audit.action'), any: t('audit.anyAction'), value: filters.action }}
        options={optionsOf(actions)}
        onChange={(action) => setFilters({ action })}
      />
      {(['by', 'objectId'] as const).map((each) => (
        <TextFilter
          key={each}
          {...{ label: t(`audit.${each}`), placeholder: t('audit.filterHelp'), value: filters[each] }}
          onChange={(text) => setFilters({ [each]: text }, { typing: true })}
        />
      ))}
    </FilterBar>
  );
}

const optionsOf = (words: Readonly<Record<string, string>>): { value: string; label: string }[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));
