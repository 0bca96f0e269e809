import { findCurrent } from '../approvals/store.ts';
import { AppError } from '../errors.ts';
import type { TaskDeps } from './deps.ts';
import { getTask } from './store.ts';

/**
 * Asks the provider where a task's approval stands, for a person who waits for the answer.
 * @throws AppError NOT_FOUND; NO_INSTANCE when none is known; CONFLICT when the channel is paused; PROVIDER_FAILED with the provider's
 *   words; SANDBOX_BUSY
 */
export async function syncTask(
  { knex, approvals }: TaskDeps,
  taskId: string,
  options: { readonly signal: AbortSignal; readonly runBy: string },
): Promise<void> {
  const task = await getTask(knex, taskId);
  const approval = await findCurrent(knex, task);
  if (approval?.approval_instance_id == null)
    throw new AppError(
      'NO_INSTANCE',
      `No approval of the task "${taskId}" is known at the provider; it is ${task.status}.`,
    );
  const end = await approvals.syncNow(approval.id, options);
  if ('skipped' in end)
    throw new AppError(
      'CONFLICT',
      'The channel of this task is paused: resume it before asking the provider.',
    );
  if (!('failed' in end)) return;
  const { code, message } = end.failed;
  if (code === 'SANDBOX_BUSY') throw new AppError('SANDBOX_BUSY', message, { retryAfter: 1 });
  throw new AppError('PROVIDER_FAILED', message, { more: { failure: end.failed } });
}
