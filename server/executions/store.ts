import type { Db, Statement, Trx } from '../db/database.ts';
import type { ExecutionRow } from '../db/tables.ts';
import { newId } from '../ids.ts';
import type { Page } from '../http/paging.ts';
import { cursorId } from '../http/paging.ts';
import type { CallContext } from './scripts.ts';
import type { Execution } from './stage-run.ts';
import { storable, storableText } from './storable.ts';

/** One run to store, already masked. */
export interface ExecutionRecord extends Omit<CallContext, 'poll'> {
  /** Made by newId() before the run; absent: one is made here. */
  readonly id?: string;
  /** One of the five stages, or the hub's own question (`find`, `probe`, `form`). */
  readonly stage: string;
  readonly channelId: string;
  /** null: what the hub asks for a channel alone. */
  readonly mappingId: string | null;
  /** null: the draft ran. */
  readonly version: number | null;
  /** What the script was given: variables, ids, event. Never the access token. */
  readonly input: unknown;
  readonly execution: Execution;
}

/**
 * Stores one run. Texts that jsonb cannot hold are replaced (see storable.ts).
 * @param counted a statement that is executed as part of this one
 * @returns the execution's id
 */
export async function insertExecution(
  db: Db | Trx,
  record: ExecutionRecord,
  counted?: Statement,
): Promise<string> {
  const { ok, durationMs, cpuMs, memoryBytes, error } = record.execution;
  const { result, warnings, logs, http, prepared } = record.execution;
  const id = record.id ?? newId();
  const query = db('executions').insert({
    id,
    kind: record.kind,
    stage: record.stage,
    channel_id: record.channelId,
    mapping_id: record.mappingId,
    version: record.version,
    task_id: record.taskId ?? null,
    approval_id: record.approvalId ?? null,
    event_id: record.eventId ?? null,
    ok,
    error_code: error?.code ?? null,
    input: JSON.stringify(storable(record.input)),
    execution: JSON.stringify(storable({ result, error, warnings, logs, http, prepared })),
    duration_ms: durationMs,
    cpu_ms: cpuMs,
    memory_bytes: String(Math.round(memoryBytes)),
    run_by: storableText(record.runBy),
    // Runs are stored when they have ended.
    started_at: db.raw("now() - ? * interval '1 millisecond'", [durationMs]),
  });
  if (counted !== undefined) void query.with('counted', counted);
  await query;
  return id;
}

/** Which executions a list shows; `taskId` is the platform's. */
export interface ExecutionFilter {
  readonly mappingId?: string | undefined;
  readonly stage?: string | undefined;
  readonly taskId?: string | undefined;
  readonly eventId?: string | undefined;
  readonly kind?: 'test' | 'live' | undefined;
  readonly ok?: boolean | undefined;
}

/** An execution's facts without its logs and calls. */
export type ExecutionHead = Omit<ExecutionRow, 'input' | 'execution' | 'task_id'> & {
  /** The platform's task id. */
  task_id: string | null;
  error_message: string | null;
};

const HEAD = [
  ...['id', 'kind', 'stage', 'channel_id', 'mapping_id', 'version', 'approval_id', 'event_id', 'ok'],
  ...['error_code', 'duration_ms', 'cpu_ms', 'memory_bytes', 'run_by', 'started_at'],
].map((column) => `executions.${column}`);

/** One page and one row more, newest first; see pageOf. @throws AppError INVALID_INPUT for a cursor that no list gave out */
export async function listExecutions(
  db: Db | Trx,
  filter: ExecutionFilter,
  page: Page,
): Promise<ExecutionHead[]> {
  const after = cursorId(page);
  const query = db('executions')
    .leftJoin('tasks', 'tasks.id', 'executions.task_id')
    .select(HEAD)
    .select('tasks.task_id', db.raw("executions.execution -> 'error' ->> 'message' as error_message"))
    .orderBy('executions.id', 'desc')
    .limit(page.limit + 1);
  if (after !== undefined) void query.where('executions.id', '<', after);
  if (filter.mappingId !== undefined) void query.where('executions.mapping_id', filter.mappingId);
  if (filter.stage !== undefined) void query.where('executions.stage', filter.stage);
  if (filter.kind !== undefined) void query.where('executions.kind', filter.kind);
  if (filter.ok !== undefined) void query.where('executions.ok', filter.ok);
  if (filter.eventId !== undefined) void query.where('executions.event_id', filter.eventId);
  if (filter.taskId !== undefined)
    void query.whereIn('executions.task_id', db('tasks').select('id').where({ task_id: filter.taskId }));
  return (await query) as ExecutionHead[];
}

/** One whole execution; undefined when there is none. `task_id` is the platform's. */
export async function findExecution(
  db: Db | Trx,
  id: string,
): Promise<(ExecutionHead & Pick<ExecutionRow, 'input' | 'execution'>) | undefined> {
  const row: unknown = await db('executions')
    .leftJoin('tasks', 'tasks.id', 'executions.task_id')
    .select(HEAD)
    .select('executions.input', 'executions.execution', 'tasks.task_id')
    .select(db.raw("executions.execution -> 'error' ->> 'message' as error_message"))
    .where('executions.id', id)
    .first();
  return row as (ExecutionHead & Pick<ExecutionRow, 'input' | 'execution'>) | undefined;
}

/** What a test of create opened, and the events about it since. */
export interface OpenedByTest {
  readonly approvalInstanceId: string;
  readonly events: readonly { id: string; type: string; received_at: Date; payload: unknown }[];
}

/** More events than any approval has. */
const MOST_EVENTS = 200;

/** The approval that a test execution opened, with its events in order of arrival; undefined when it opened none. */
export async function openedByTest(db: Db | Trx, executionId: string): Promise<OpenedByTest | undefined> {
  const approval = await db('approvals')
    .select('id', 'approval_instance_id')
    .where({ test_execution_id: executionId })
    .first();
  if (approval?.approval_instance_id == null) return undefined;
  const events = await db('events')
    .select('id', 'type', 'received_at', 'payload')
    .where({ approval_id: approval.id })
    .orderBy('id')
    .limit(MOST_EVENTS);
  return { approvalInstanceId: approval.approval_instance_id, events };
}
