import { findCurrent } from '../approvals/store.ts';
import { timelineOf } from '../approvals/timeline-store.ts';
import type { TaskShown, TaskSummary } from '../contract/task.ts';
import { cursorId } from '../http/paging.ts';
import type { Page } from '../http/paging.ts';
import type { TaskDeps } from './deps.ts';
import { listTasks } from './list-store.ts';
import type { TaskFilter } from './list-store.ts';
import { showSummary, showTask } from './show.ts';
import { getTask } from './store.ts';

/** One task in full. @throws AppError NOT_FOUND */
export async function readTask(
  { knex, channels }: Pick<TaskDeps, 'knex' | 'channels'>,
  taskId: string,
): Promise<TaskShown> {
  const task = await getTask(knex, taskId);
  const approval = await findCurrent(knex, task);
  if (approval === undefined)
    throw new Error(`Task ${task.id} has no approval of generation ${task.generation}.`);
  const timeline = await timelineOf(knex, task.id);
  return showTask(task, approval, timeline, await channels.find(knex, approval.channel_id));
}

/** A page of tasks, newest first. @throws AppError INVALID_INPUT for a cursor that no list gave out */
export async function readTasks(
  { knex }: Pick<TaskDeps, 'knex'>,
  filter: TaskFilter,
  page: Page,
): Promise<{ items: TaskSummary[]; nextCursor: string | null }> {
  const { rows, next } = await listTasks(knex, filter, { limit: page.limit, after: cursorId(page) });
  return { items: rows.map(showSummary), nextCursor: next };
}
