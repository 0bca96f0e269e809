import { addTimeline } from '../approvals/timeline-store.ts';
import { observeStatus } from '../approvals/observe.ts';
import { recordAudit } from '../audit/record.ts';
import { resolveBindings } from '../bindings/resolve.ts';
import type { TaskStatus } from '../contract/task.ts';
import type { Trx } from '../db/database.ts';
import type { TaskRow } from '../db/tables.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { TaskDeps, Who } from './deps.ts';
import { noBinding, notPublished } from './refusals.ts';
import { getTask, insertApproval, lockTask, startGeneration } from './store.ts';
import type { Opener } from './store.ts';

/**
 * Retries a failed task, with the mapping that is bound and published now. If an earlier create call may have opened an approval, that is
 * searched for before anything is sent. If the approval is known and not gone, it is synced instead.
 * @throws AppError NOT_FOUND, TASK_NOT_FAILED, NO_BINDING, NOT_PUBLISHED
 */
export async function retryTask(
  { knex, queue, observe }: TaskDeps,
  taskId: string,
  who: Who,
): Promise<{ status: TaskStatus }> {
  await knex.transaction(async (trx) => {
    const { task, approval } = await lockTask(trx, taskId);
    if (task.status !== 'failed')
      throw new AppError(
        'TASK_NOT_FAILED',
        `The task "${taskId}" is ${task.status}: only a failed one can be retried.`,
      );
    const { reason_code: code, reason_message: message } = task;
    await recordAudit(trx, {
      ...who,
      action: 'retry',
      objectType: 'task',
      objectId: taskId,
      before: { code, message },
    });
    if (approval.opening === 'linked' && approval.status !== null)
      return queue.enqueue(trx, 'sync-approval', { approvalId: approval.id, why: 'confirm' });
    const opener = await openerOf(trx, task);
    const generation = task.generation + 1;
    await startGeneration(trx, task.id, generation);
    await addTimeline(trx, [
      {
        taskRowId: task.id,
        what: 'retried',
        by: who.by,
        detail: { mappingId: opener.mappingId, version: opener.version },
      },
    ]);
    const approvalId = newId();
    await insertApproval(trx, { id: approvalId, taskRowId: task.id, generation, opener });
    await queue.enqueue(trx, 'open-approval', { approvalId });
    observeStatus(trx, observe, 'submitted');
  });
  const { status } = await getTask(knex, taskId);
  return { status };
}

async function openerOf(trx: Trx, { task_type, task_subtype }: TaskRow): Promise<Opener> {
  const kind = { taskType: task_type, taskSubtype: task_subtype };
  const [binding] = await resolveBindings(trx, [kind]);
  if (binding === undefined) throw noBinding(kind);
  const { channelId, mappingId, publishedVersion: version } = binding;
  if (version === null) throw notPublished(binding);
  return { channelId, mappingId, version };
}
