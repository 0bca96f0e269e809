import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** A list's filters as they stand in the address: those that are not set are left out. */
export type Filters<Name extends string> = { readonly [Key in Name]?: string };

/**
 * The filters of a list, kept in the query string, so that a filtered list can be linked to and the browser's Back undoes a filter.
 * @param names of the filters; whatever else stands in the query string is left alone
 * @returns the filters, how to set some of them ('' or undefined takes one away), and whether any is set
 */
export function useFilters<Name extends string>(
  names: readonly Name[],
): {
  readonly filters: Filters<Name>;
  readonly setFilters: (changes: Filters<Name>, how?: { readonly typing: boolean }) => void;
  readonly isFiltered: boolean;
} {
  const [search, setSearch] = useSearchParams();
  const filters = Object.fromEntries(
    names.flatMap((name) => {
      const value = search.get(name) ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  ) as Filters<Name>;
  const setFilters = useCallback(
    (changes: Filters<Name>, how?: { readonly typing: boolean }) => {
      const change = (before: URLSearchParams): URLSearchParams => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries<string | undefined>(changes))
          if (value === undefined || value === '') after.delete(name);
          else after.set(name, value);
        return after;
      };
      // What is typed letter by letter is one step in the browser's history at most.
      setSearch(change, { replace: how?.typing === true, preventScrollReset: true });
    },
    [setSearch],
  );
  return { filters, setFilters, isFiltered: Object.keys(filters).length > 0 };
}
