import { z } from 'zod';
import { invalid } from '../errors.ts';
import { isId } from '../ids.ts';

/** The query of every list (docs/http-api.md). */
export const paging = {
  limit: z.coerce.number().int().min(1, 'must be 1 to 200').max(200, 'must be 1 to 200').default(50),
  cursor: z.string().optional(),
};

export interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/**
 * Reads a cursor: the id after which the page begins.
 * @throws AppError INVALID_INPUT for one that no list gave out
 */
export function cursorId({ cursor }: Page): string | undefined {
  if (cursor !== undefined && !isId(cursor))
    throw invalid('cursor', 'must be the nextCursor of an earlier page.');
  return cursor;
}

/**
 * One page out of rows that were asked for with `limit + 1`.
 * @returns `{items, nextCursor}`; nextCursor is null on the last page
 */
export function pageOf<R extends { id: string }, T>(
  rows: readonly R[],
  { limit }: Page,
  show: (row: R) => T,
): { items: T[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  return { items: shown.map(show), nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** The schema of a list's answer. */
export const listOf = <T extends z.ZodType>(
  item: T,
): z.ZodObject<{ items: z.ZodArray<T>; nextCursor: z.ZodNullable<z.ZodString> }> =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
