import type { Db, Trx } from '../db/database.ts';
import type { ApprovalRow, TaskRow } from '../db/tables.ts';
import { notFound } from '../errors.ts';

/** A task to insert, with the version that will open its approval. */
export interface NewTask {
  readonly id: string;
  readonly approvalId: string;
  /** Id of the timeline entry of the submission. */
  readonly lineId: string;
  readonly taskId: string;
  readonly taskType: string;
  readonly taskSubtype: string | null;
  readonly variables: Readonly<Record<string, string>>;
  readonly submittedBy: string;
  readonly opener: Opener;
}

/** Which version of which mapping opens an approval. */
export interface Opener {
  readonly channelId: string;
  readonly mappingId: string;
  readonly version: number;
}

/**
 * Inserts the tasks whose taskId is not taken, each with its approval and first timeline entry, in one statement, because submitting must
 * be fast.
 * @returns the row ids of those that were inserted
 */
export async function insertTasks(trx: Trx, tasks: readonly NewTask[]): Promise<Set<string>> {
  if (tasks.length === 0) return new Set();
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(INSERT_TASKS, [JSON.stringify(tasks)]);
  return new Set(rows.map(({ id }) => id));
}

// In the order of taskIds, so that two processes that accept the same tasks cannot deadlock. By next_sync_at the approval is found should
// its job be lost.
const INSERT_TASKS = `
  with given as (
    select * from jsonb_to_recordset(?::jsonb) as given (
      id uuid, "approvalId" uuid, "lineId" uuid, "taskId" text, "taskType" text, "taskSubtype" text, variables jsonb,
      "submittedBy" text, opener jsonb)
  ), inserted as (
    insert into tasks (id, task_id, task_type, task_subtype, variables, submitted_by)
    select id, "taskId", "taskType", "taskSubtype", variables, "submittedBy" from given order by "taskId"
    on conflict (task_id) do nothing returning id
  ), opened as (
    insert into approvals (id, task_id, channel_id, mapping_id, version, next_sync_at)
    select "approvalId", id, (opener ->> 'channelId')::uuid, (opener ->> 'mappingId')::uuid, (opener ->> 'version')::int, now()
      from given join inserted using (id)
  ), told as (
    insert into timeline (id, task_id, what, by, detail)
    select "lineId", id, 'submitted', "submittedBy", opener - 'channelId' from given join inserted using (id)
  )
  select id from inserted`;

/** Adds the approval of a retried task's next generation. */
export async function insertApproval(
  trx: Trx,
  approval: { id: string; taskRowId: string; generation: number; opener: Opener },
): Promise<void> {
  const { id, taskRowId, generation, opener } = approval;
  await trx('approvals').insert({
    ...{ id, task_id: taskRowId, generation },
    channel_id: opener.channelId,
    mapping_id: opener.mappingId,
    version: opener.version,
    next_sync_at: trx.fn.now(),
  });
}

/** Tasks by the platform's ids. */
export function findTasks(db: Db | Trx, taskIds: readonly string[]): Promise<TaskRow[]> {
  return taskIds.length === 0
    ? Promise.resolve([])
    : db('tasks').whereRaw('task_id = any(?)', [[...taskIds]]);
}

/** One task by the platform's id. @throws AppError NOT_FOUND */
export async function getTask(db: Db | Trx, taskId: string): Promise<TaskRow> {
  const row = await db('tasks').where({ task_id: taskId }).first();
  if (row === undefined) throw notFound('task', taskId);
  return row;
}

/** A task and the approval of its current generation, both locked until the transaction ends. @throws AppError NOT_FOUND */
export async function lockTask(trx: Trx, taskId: string): Promise<{ task: TaskRow; approval: ApprovalRow }> {
  const task = await trx('tasks').where({ task_id: taskId }).forNoKeyUpdate().first();
  if (task === undefined) throw notFound('task', taskId);
  const approval = await trx('approvals')
    .where({ task_id: task.id, generation: task.generation })
    .forNoKeyUpdate()
    .first();
  if (approval === undefined)
    throw new Error(`Task ${task.id} has no approval of generation ${task.generation}.`);
  return { task, approval };
}

/** Stores that a person wants a task revoked. */
export async function requestRevoke(trx: Trx, id: string, reason: string): Promise<void> {
  await trx('tasks')
    .where({ id })
    .update({ revoke_requested_at: trx.fn.now(), revoke_reason: reason, updated_at: trx.fn.now() });
}

/** Starts a failed task's next generation. */
export async function startGeneration(trx: Trx, id: string, generation: number): Promise<void> {
  await trx('tasks').where({ id }).update({
    generation,
    status: 'submitted',
    reason_code: null,
    reason_message: null,
    revoke_requested_at: null,
    revoke_reason: null,
    updated_at: trx.fn.now(),
  });
}
