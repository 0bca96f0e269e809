import type { EventOutcome } from '../contract/event.ts';
import type { Db } from '../db/database.ts';
import type { EventRow } from '../db/tables.ts';
import { isId } from '../ids.ts';

/** An event with the platform's id of its task, where it has one. */
export type EventWithTask = EventRow & { readonly platform_task_id: string | null };

export interface EventFilter {
  readonly channelId?: string | undefined;
  readonly type?: string | undefined;
  readonly outcome?: EventOutcome | undefined;
  /** The platform's. */
  readonly taskId?: string | undefined;
}

/** The columns that a list shows: payload and raw may be long. */
const LISTED = [
  ...['e.id', 'e.channel_id', 'e.type', 'e.definition_id', 'e.approval_instance_id'],
  ...['e.received_at', 'e.outcome', 'e.reason'],
];

const withTasks = (db: Db) =>
  db('events as e')
    .leftJoin('approvals as a', 'a.id', 'e.approval_id')
    .leftJoin('tasks as t', 't.id', 'a.task_id');

/**
 * Events, newest first, without raw and payload.
 * @param before the id after which the page begins
 * @param count how many at most
 */
export async function listEvents(
  db: Db,
  { channelId, type, outcome, taskId }: EventFilter,
  before: string | undefined,
  count: number,
): Promise<Omit<EventWithTask, 'raw' | 'payload'>[]> {
  const query = withTasks(db)
    .select(...LISTED, 't.task_id as platform_task_id')
    .orderBy('e.id', 'desc')
    .limit(count);
  if (channelId !== undefined) void query.where('e.channel_id', channelId);
  if (type !== undefined) void query.where('e.type', type);
  if (outcome !== undefined) void query.where('e.outcome', outcome);
  if (taskId !== undefined)
    void query.whereIn(
      'e.approval_id',
      db('approvals')
        .whereIn('task_id', db('tasks').select('id').where({ task_id: taskId }))
        .select('id'),
    );
  if (before !== undefined) void query.where('e.id', '<', before);
  return (await query) as EventWithTask[];
}

/** One event in full with the ids of its runs, newest first; undefined when there is none. */
export async function readEvent(
  db: Db,
  id: string,
): Promise<{ row: EventWithTask; executionIds: string[] } | undefined> {
  if (!isId(id)) return undefined;
  const row: unknown = await withTasks(db).where('e.id', id).first('e.*', 't.task_id as platform_task_id');
  if (row === undefined) return undefined;
  const runs = await db('executions').where({ event_id: id }).orderBy('id', 'desc').select('id');
  return { row: row as EventWithTask, executionIds: runs.map((run) => run.id) };
}
