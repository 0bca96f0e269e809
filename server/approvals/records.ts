import type { News } from './status.ts';
import type { TimelineEntry } from './timeline-store.ts';

type Record = NonNullable<News['records']>[number];

/** The same act at the provider, whatever its name lookup came to this time. */
const keyOf = ({ userId, action, comment, at }: Record): string =>
  JSON.stringify([userId ?? '', action, comment ?? '', at ?? '']);

/**
 * The records that were not there at the last look. Two equal ones (times have minutes only) are two.
 * @param known as stored
 * @param told as the sync stage tells now
 */
export function newRecords(known: readonly unknown[], told: readonly Record[]): Record[] {
  const left = new Map<string, number>();
  for (const each of known as readonly Record[]) left.set(keyOf(each), (left.get(keyOf(each)) ?? 0) + 1);
  return told.filter((each) => {
    const count = left.get(keyOf(each)) ?? 0;
    left.set(keyOf(each), count - 1);
    return count <= 0;
  });
}

/** A record as a line of the task's story. */
export const recordLine = (taskRowId: string, record: Record): TimelineEntry => ({
  taskRowId,
  what: 'record',
  by: record.userName ?? record.userId ?? '',
  detail: {
    action: record.action,
    comment: record.comment ?? null,
    at: record.at ?? null,
    userId: record.userId ?? null,
  },
});
