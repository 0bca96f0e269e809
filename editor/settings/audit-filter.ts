import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useSearchParams } from 'react-router';

/** What the API filters by, and the query string keeps. */
const FILTERS = ['objectType', 'action', 'by', 'objectId'] as const;
type Filter = (typeof FILTERS)[number];
/** Those that are typed. */
type TextFilter = 'by' | 'objectId';

/** Who types is not asked for each letter. */
const PAUSE_MS = 400;

export interface AuditFilter {
  /** What is asked for. */
  readonly query: Readonly<Partial<Record<Filter, string>>>;
  readonly isFiltered: boolean;
  /** What stands in the inputs, which may be ahead of what is asked for. */
  readonly texts: Readonly<Record<TextFilter, string>>;
  readonly choose: (filter: Filter, value: string) => void;
  readonly type: (filter: TextFilter, value: string) => void;
  readonly clear: () => void;
}

/** The filters of the audit record; they live in the address, so that a view can be sent to somebody. */
export function useAuditFilter(): AuditFilter {
  const [search, setSearch] = useSearchParams();
  const [texts, setTexts] = useState({ by: search.get('by') ?? '', objectId: search.get('objectId') ?? '' });
  const choose = (filter: Filter, value: string): void => {
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === '') next.delete(filter);
        else next.set(filter, value);
        return next;
      },
      { replace: true },
    );
  };
  const chooseLater = useDebouncedCallback(choose, PAUSE_MS);
  const given = FILTERS.filter((name) => search.has(name));
  return {
    query: Object.fromEntries(given.map((name) => [name, search.get(name) ?? ''])),
    isFiltered: given.length > 0,
    texts,
    choose,
    type(filter, value) {
      setTexts((before) => ({ ...before, [filter]: value }));
      chooseLater(filter, value.trim());
    },
    clear() {
      chooseLater.cancel();
      setTexts({ by: '', objectId: '' });
      setSearch({}, { replace: true });
    },
  };
}
