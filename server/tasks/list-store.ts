import type { TaskStatus } from '../contract/task.ts';
import type { Db } from '../db/database.ts';
import type { TaskRow } from '../db/tables.ts';

export interface TaskFilter {
  readonly status?: TaskStatus | undefined;
  readonly taskType?: string | undefined;
  /** A part of the taskId, TASK_NAME or SUBMITTER. */
  readonly q?: string | undefined;
}

/** What a list shows of a task. */
export type TaskListed = Omit<TaskRow, 'variables'> & { task_name: string; submitter: string };

export interface TaskPage {
  readonly rows: TaskListed[];
  /** The id after which the next page begins; null after the last. */
  readonly next: string | null;
}

interface Range {
  readonly limit: number;
  /** The id after which the page begins. */
  readonly after: string | undefined;
}

/** How many tasks one page of a search reads: bounded, because no index helps to find a part of a text. */
const SEARCHED = 2_000;

/** One page of tasks, newest first. */
export async function listTasks(db: Db, filter: TaskFilter, range: Range): Promise<TaskPage> {
  if (filter.q !== undefined) return searchTasks(db, filter, filter.q, range);
  const rows = await newest(db, filter, range.after)
    .limit(range.limit + 1)
    .select<TaskListed[]>(shown(db));
  return pageOf(rows, range.limit, null);
}

/** One page of a search among the next SEARCHED tasks; a page with few rows, or none, may have a `next`. */
async function searchTasks(
  db: Db,
  filter: TaskFilter,
  q: string,
  { limit, after }: Range,
): Promise<TaskPage> {
  const pattern = `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`;
  // The searched text is in an index: the rows themselves are read only for matches.
  const found = db
    .from(newest(db, filter, after).limit(SEARCHED).select('id', 'search').as('looked_at'))
    .whereRaw('search ilike ?', [pattern])
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .select('id');
  const rows = await db('tasks').whereIn('id', found).orderBy('id', 'desc').select<TaskListed[]>(shown(db));
  // A task submitted between the two queries makes this a newer one: the next page then reads some twice, but misses none.
  const last = await newest(db, filter, after)
    .offset(SEARCHED - 1)
    .first<{ id: string } | undefined>('id');
  return pageOf(rows, limit, last?.id ?? null);
}

const newest = (db: Db, { status, taskType }: TaskFilter, after: string | undefined) =>
  db('tasks')
    .modify((query) => {
      if (status !== undefined) void query.where({ status });
      if (taskType !== undefined) void query.where({ task_type: taskType });
      if (after !== undefined) void query.where('id', '<', after);
    })
    .orderBy('id', 'desc');

const shown = (db: Db): (string | ReturnType<Db['raw']>)[] => [
  ...['id', 'task_id', 'task_type', 'task_subtype', 'status', 'reason_code', 'reason_message', 'generation'],
  ...['revoke_requested_at', 'revoke_reason', 'submitted_by', 'created_at', 'updated_at'],
  db.raw("variables ->> 'TASK_NAME' as task_name"),
  db.raw("variables ->> 'SUBMITTER' as submitter"),
];

/** @param beyond where the next page begins when this one has no more rows to give */
function pageOf(rows: TaskListed[], limit: number, beyond: string | null): TaskPage {
  const page = rows.slice(0, limit);
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : beyond };
}
