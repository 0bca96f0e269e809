import type { Found } from '../contract/find.ts';
import type { Db } from '../db/database.ts';
import { isId } from '../ids.ts';

/**
 * Everything that has exactly this id: a task, by its own id or by its approval's at the provider (also of one that a test opened, which
 * is found as that test's execution), an execution, an event. Each part reads an index.
 */
export async function findById(db: Db, id: string): Promise<Found['items']> {
  const tasks = db('tasks')
    .where('task_id', id)
    .orWhereIn('id', approvalsOf(db, id).whereNotNull('task_id').select('task_id'))
    .orderBy('id', 'desc')
    .select<{ id: string; name: string | null }[]>(
      'task_id as id',
      db.raw("variables ->> 'TASK_NAME' as name"),
    );
  const own = isId(id) ? [id] : [];
  const executions = db('executions')
    .whereIn('id', own)
    .orWhereIn('id', approvalsOf(db, id).whereNotNull('test_execution_id').select('test_execution_id'))
    .select<{ id: string; name: string }[]>('id', 'stage as name');
  const events = db('events').whereIn('id', own).select<{ id: string; name: string }[]>('id', 'type as name');
  const kinds = { task: await tasks, execution: await executions, event: await events } as const;
  return (['task', 'execution', 'event'] as const).flatMap((kind) =>
    kinds[kind].map((row) => ({ kind, id: row.id, name: row.name ?? '' })),
  );
}

/** The index on instances begins with the channel. */
const approvalsOf = (db: Db, instanceId: string) =>
  db('approvals')
    .whereIn('channel_id', db('channels').select('id'))
    .where('approval_instance_id', instanceId);
