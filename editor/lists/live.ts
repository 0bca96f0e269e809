import type { PageOf } from '../api/queries.ts';

/** What a fresh look at a page of a list comes to. */
export interface Look<T> {
  /** The page as it was, its rows brought up to date: none comes, goes or moves under the reader's pointer. */
  readonly page: PageOf<T>;
  /** So many rows have come since. */
  readonly arrived: number;
  /** Rows that the list does not have any more, as they were: their filter does not fit them now, or they were deleted. */
  readonly gone: readonly T[];
}

/**
 * Compares a page as it is shown with the same page read again.
 * @param idOf what tells two rows apart
 */
export function lookAgain<T>(shown: PageOf<T>, fresh: PageOf<T>, idOf: (row: T) => string): Look<T> {
  // Nothing stands there that could move.
  if (shown.items.length === 0) return { page: fresh, arrived: 0, gone: [] };
  const now = new Map(fresh.items.map((row) => [idOf(row), row]));
  const before = new Set(shown.items.map(idOf));
  // Rows behind the last one that both have were pushed to the next page by newer ones, where there is a next one.
  const end =
    fresh.nextCursor === null
      ? shown.items.length
      : Math.max(
          0,
          shown.items.findLastIndex((row) => now.has(idOf(row))),
        );
  return {
    page: { ...shown, items: shown.items.map((row) => now.get(idOf(row)) ?? row) },
    arrived: fresh.items.filter((row) => !before.has(idOf(row))).length,
    gone: shown.items.slice(0, end).filter((row) => !now.has(idOf(row))),
  };
}

/** The numbers of the pages that have one of these rows. */
export const pagesWith = <T>(
  pages: readonly PageOf<T>[],
  ids: ReadonlySet<string>,
  idOf: (row: T) => string,
): number[] => pages.flatMap((page, index) => (page.items.some((row) => ids.has(idOf(row))) ? [index] : []));
