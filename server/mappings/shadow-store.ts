import type { TracedCall } from '../contract/execution.ts';
import type { Db } from '../db/database.ts';
import { cursorId } from '../http/paging.ts';
import type { Page } from '../http/paging.ts';

/** The run that opened a real task's approval, with the task. */
export interface OpenedTask {
  /** Of the execution. */
  readonly id: string;
  readonly version: number;
  readonly started_at: Date;
  readonly http: readonly TracedCall[];
  readonly prepared: unknown;
  readonly task_id: string;
  readonly task_type: string;
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * The tasks that a mapping opened, newest first: one page and one row more (see pageOf). A task that was opened more than once is there
 * with its last time.
 * @throws AppError INVALID_INPUT for a cursor that no list gave out
 */
export async function listOpenedTasks(db: Db, mappingId: string, page: Page): Promise<OpenedTask[]> {
  const after = cursorId(page);
  const query = db('executions')
    .join('tasks', 'tasks.id', 'executions.task_id')
    .select('executions.id', 'executions.version', 'executions.started_at')
    .select('tasks.task_id', 'tasks.task_type', 'tasks.variables')
    .select(db.raw("executions.execution -> 'http' as http"))
    .select(db.raw("executions.execution -> 'prepared' as prepared"))
    .where('executions.mapping_id', mappingId)
    .where('executions.stage', 'create')
    .where('executions.kind', 'live')
    .where('executions.ok', true)
    .whereNotNull('executions.version')
    .whereNotExists(
      db('executions as later')
        .select(db.raw('1'))
        .whereRaw('later.task_id = executions.task_id and later.id > executions.id')
        .where('later.mapping_id', mappingId)
        .where({ 'later.stage': 'create', 'later.ok': true }),
    )
    .orderBy('executions.id', 'desc')
    .limit(page.limit + 1);
  if (after !== undefined) void query.where('executions.id', '<', after);
  return (await query) as OpenedTask[];
}
