import { findCurrent } from '../approvals/store.ts';
import type { TaskDeps } from './deps.ts';
import { getTask } from './store.ts';

/**
 * Somebody reads of a task: has the provider asked where its approval stands, if that is worth it.
 * @returns whether it will be asked
 * @throws AppError NOT_FOUND
 */
export async function lookAtTask({ knex, approvals }: TaskDeps, taskId: string): Promise<boolean> {
  const approval = await findCurrent(knex, await getTask(knex, taskId));
  return approval !== undefined && (await approvals.lookSoon(approval.id));
}
