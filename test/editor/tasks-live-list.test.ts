import { describe, expect, it } from 'vitest';
import { lookAgain, pagesWith } from '../../editor/lists/live.ts';
import type { PageOf } from '../../editor/api/queries.ts';

interface Row {
  readonly id: string;
  readonly status: string;
}
const idOf = ({ id }: Row): string => id;
const page = (ids: string, nextCursor: string | null = null, status = 'pending'): PageOf<Row> => ({
  items: Array.from(ids, (id) => ({ id, status })),
  nextCursor,
});
const ids = (rows: readonly Row[]): string => rows.map(idOf).join('');

describe('a list that is looked at again', () => {
  it('brings rows up to date where they stand, and counts what has come', () => {
    const { page: seen, arrived, gone } = lookAgain(page('cba', 'a'), page('edcb', 'b', 'approved'), idOf);
    expect(seen.items.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'c approved',
      'b approved',
      'a pending',
    ]);
    expect(seen.nextCursor).toBe('a');
    expect(arrived).toBe(2);
    expect(gone).toEqual([]);
  });

  it('tells what has left the filter from what newer rows pushed to the next page', () => {
    expect(ids(lookAgain(page('edcba', 'a'), page('fedb', 'b'), idOf).gone)).toBe('c');
    // No next page: whatever is missing is gone.
    expect(ids(lookAgain(page('cba'), page('b'), idOf).gone)).toBe('ca');
    expect(ids(lookAgain(page('a'), page(''), idOf).gone)).toBe('a');
  });

  it('shows at once what comes into an empty list', () => {
    expect(lookAgain(page(''), page('ba'), idOf)).toMatchObject({ page: page('ba'), arrived: 0 });
  });

  it('knows on which pages the rows on the screen are', () => {
    expect(pagesWith([page('fe'), page('dc'), page('ba')], new Set(['c', 'b']), idOf)).toEqual([1, 2]);
  });
});
