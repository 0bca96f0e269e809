import type { Db, Trx } from '../db/database.ts';
import type { TimelineRow } from '../db/tables.ts';
import { json } from '../db/json.ts';
import { storable, storableText } from '../executions/storable.ts';
import { newId } from '../ids.ts';

/** What the lines of a task's story are about. Statuses of tasks stand for "the task became so". */
export type TimelineWhat =
  | 'submitted'
  | 'opened'
  | 'approved'
  | 'rejected'
  | 'revoked'
  | 'pending'
  | 'failed'
  /** Could not be opened for now: tried again later. */
  | 'retrying'
  /** A create call ended without a clear answer: the provider's listing is searched. */
  | 'searching'
  /** Proved absent: the create call is sent once more. */
  | 'sending again'
  | 'retried'
  | 'revoke requested'
  | 'revoke refused'
  | 'revoke delayed'
  | 'sync failed'
  /** A person at the provider did something: approved a step, commented, transferred. */
  | 'record'
  /** Something that a person should look at. */
  | 'alarm';

export interface TimelineEntry {
  readonly taskRowId: string;
  readonly what: TimelineWhat;
  /** A person's name; empty for what the hub did by itself. */
  readonly by?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/**
 * Adds lines to tasks' stories, in their order. The time is that of the line and not of the transaction, which keeps the order
 * of what one transaction tells.
 */
export async function addTimeline(trx: Trx, entries: readonly TimelineEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await trx('timeline').insert(
    entries.map(({ taskRowId, what, by = '', detail = {} }) => ({
      id: newId(),
      task_id: taskRowId,
      at: trx.raw('clock_timestamp()'),
      what,
      by: storableText(by),
      detail: json(storable(detail)),
    })),
  );
}

/** A task's story, oldest first. */
export function timelineOf(db: Db | Trx, taskRowId: string): Promise<TimelineRow[]> {
  return db('timeline').where({ task_id: taskRowId }).orderBy(['at', 'id']);
}

/** The last line about something in a task's present generation, that is since it was last submitted or retried. */
export async function lastLine(
  db: Db | Trx,
  taskRowId: string,
  what: TimelineWhat,
): Promise<TimelineRow | undefined> {
  const lines = await linesSinceStart(db, taskRowId);
  return lines.findLast((line) => line.what === what);
}

/** How many lines about something the present generation has. */
export async function countLines(db: Db | Trx, taskRowId: string, what: TimelineWhat): Promise<number> {
  const lines = await linesSinceStart(db, taskRowId);
  return lines.filter((line) => line.what === what).length;
}

async function linesSinceStart(db: Db | Trx, taskRowId: string): Promise<TimelineRow[]> {
  const lines = await timelineOf(db, taskRowId);
  return lines.slice(
    Math.max(
      0,
      lines.findLastIndex(({ what }) => what === 'retried'),
    ),
  );
}
