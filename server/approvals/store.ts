import type { Db, Trx } from '../db/database.ts';
import type { ApprovalRow, TaskRow } from '../db/tables.ts';
import { storableText } from '../executions/storable.ts';
import type { JobQueue } from '../jobs/queue.ts';

/** An approval and the task that it was opened for. */
export interface Subject {
  readonly task: TaskRow;
  readonly approval: ApprovalRow;
}

/** The approval of a task's current generation. */
export function findCurrent(
  db: Db | Trx,
  task: Pick<TaskRow, 'id' | 'generation'>,
): Promise<ApprovalRow | undefined> {
  return db('approvals').where({ task_id: task.id, generation: task.generation }).first();
}

/**
 * Reads an approval with its task and locks both until the end of the transaction. Always the task first, and always here, so that there
 * are no deadlocks. Rows that only refer to them (a run, an event being acknowledged) are not blocked.
 */
export async function lockSubject(trx: Trx, approvalId: string): Promise<Subject | undefined> {
  const taskOf = trx('approvals').where({ id: approvalId }).select('task_id');
  const task = await trx('tasks').where('id', taskOf).forNoKeyUpdate().first();
  if (task === undefined) return undefined;
  const approval = await trx('approvals').where({ id: approvalId }).forNoKeyUpdate().first();
  return approval === undefined ? undefined : { task, approval };
}

/** The platform's id of the task that an approval was opened for; undefined for a test run's. */
export async function taskIdOf(
  db: Db | Trx,
  approval: Pick<ApprovalRow, 'task_id'>,
): Promise<string | undefined> {
  if (approval.task_id === null) return undefined;
  const task = await db('tasks').where({ id: approval.task_id }).first('task_id');
  return task?.task_id;
}

/** How long ago an approval was linked, in milliseconds. */
export async function sinceLinked(db: Db | Trx, approvalId: string): Promise<number> {
  const row = await db('approvals')
    .where({ id: approvalId })
    .first<{ ms: string } | undefined>(
      db.raw('coalesce(extract(epoch from now() - linked_at) * 1000, 0) as ms'),
    );
  return Number(row?.ms ?? 0);
}

/** How long ago anything about an approval changed, in milliseconds. */
export async function sinceChanged(db: Db | Trx, approvalId: string): Promise<number> {
  const row = await db('approvals')
    .where({ id: approvalId })
    .first<{ ms: string } | undefined>(db.raw('extract(epoch from now() - updated_at) * 1000 as ms'));
  return Number(row?.ms ?? 0);
}

/** Changes columns of an approval. jsonb columns are given as JSON text. */
export async function updateApproval(
  trx: Trx,
  id: string,
  change: Readonly<Record<string, unknown>>,
): Promise<void> {
  await trx('approvals')
    .where({ id })
    .update({ ...change, updated_at: trx.fn.now() } as object);
}

/** The database's now plus so many milliseconds, as a value to store. */
export const fromNow = (db: Db | Trx, ms: number): unknown =>
  db.raw("now() + ? * interval '1 millisecond'", [ms]);

/** A provider's instance as a channel knows it. */
export interface Instance {
  readonly channelId: string;
  readonly approvalInstanceId: string;
}

/** Serialises linking an instance and storing its events, over all channels of the same app, since they share its id. */
export async function lockInstance(trx: Trx, channelId: string, approvalInstanceId: string): Promise<void> {
  await trx.raw(
    "select pg_advisory_xact_lock(hashtextextended(concat_ws(' ', type, app_id, ?::text), 0)) from channels where id = ?",
    [approvalInstanceId, channelId],
  );
}

/**
 * Takes the same locks without waiting.
 * @returns for each instance whether this transaction got the lock: then a link of it waits until the end and sees what was written
 */
export async function tryLockInstances(trx: Trx, instances: readonly Instance[]): Promise<boolean[]> {
  const { rows } = await trx.raw<{ rows: { is_ours: boolean }[] }>(
    `select pg_try_advisory_xact_lock(hashtextextended(concat_ws(' ', c.type, c.app_id, i.instance_id), 0)) as is_ours
       from unnest(?::uuid[], ?::text[]) with ordinality as i (channel_id, instance_id, n)
       join channels c on c.id = i.channel_id
      order by i.n`,
    [
      instances.map(({ channelId }) => channelId),
      instances.map(({ approvalInstanceId }) => approvalInstanceId),
    ],
  );
  return instances.map((_, n) => rows[n]?.is_ours === true);
}

/** Moves a task to a status. `reason` is there exactly for `failed`. */
export async function updateTask(
  trx: Trx,
  id: string,
  change: {
    readonly status: TaskRow['status'];
    readonly reason?: { readonly code: string; readonly message: string };
  },
): Promise<void> {
  await trx('tasks')
    .where({ id })
    .update({
      status: change.status,
      reason_code: change.reason?.code ?? null,
      reason_message: change.reason === undefined ? null : storableText(change.reason.message),
      updated_at: trx.fn.now(),
    });
}

/** Withdraws the request to revoke a task, so that it can be made again. */
export async function forgetRevoke(trx: Trx, id: string): Promise<void> {
  await trx('tasks')
    .where({ id })
    .update({ revoke_requested_at: null, revoke_reason: null, updated_at: trx.fn.now() });
}

/** Assigns the events that waited for an instance to its approval, now that it is linked, and enqueues them. */
export async function wakeEvents(
  trx: Trx,
  queue: JobQueue,
  { channelId, approvalInstanceId }: Instance,
  approvalId: string,
): Promise<void> {
  const rows = await trx('events')
    .where({ channel_id: channelId, approval_instance_id: approvalInstanceId, outcome: 'waiting' })
    .update({ approval_id: approvalId })
    .returning('id');
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id).sort();
  await queue.enqueueAll(
    trx,
    'process-event',
    ids.map((eventId) => ({ eventId })),
  );
}
