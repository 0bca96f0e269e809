import { findCurrent } from '../approvals/store.ts';
import type { TaskDeps } from './deps.ts';
import { getTask } from './store.ts';

/**
 * Polls a task's approval soon because somebody is reading its page, if that is worthwhile.
 * @returns whether it will be polled
 * @throws AppError NOT_FOUND
 */
export async function lookAtTask({ knex, approvals }: TaskDeps, taskId: string): Promise<boolean> {
  const approval = await findCurrent(knex, await getTask(knex, taskId));
  return approval !== undefined && (await approvals.lookSoon(approval.id));
}
