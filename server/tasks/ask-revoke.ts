import { revokeUnsent } from '../approvals/ends.ts';
import { unknownBefore } from '../approvals/intent-store.ts';
import { isTerminal } from '../approvals/status.ts';
import { sinceChanged, sinceLinked, updateApproval } from '../approvals/store.ts';
import type { Subject } from '../approvals/store.ts';
import { addTimeline } from '../approvals/timeline-store.ts';
import { recordAudit } from '../audit/record.ts';
import type { TaskStatus } from '../contract/task.ts';
import type { Trx } from '../db/database.ts';
import type { ApprovalRow } from '../db/tables.ts';
import { AppError } from '../errors.ts';
import type { TaskDeps, Who } from './deps.ts';
import { getTask, lockTask, requestRevoke } from './store.ts';

/**
 * Requests that a task be revoked. Before its create call has left, it is revoked at once, without the provider: the call must lock the same
 * row, so one of the two wins. After that the provider decides, and the request stays until it does. A repeated request changes nothing,
 * except that after a while it is sent to the provider again.
 * @throws AppError NOT_FOUND; TASK_TERMINAL when there is nothing to take back
 */
export async function askRevoke(
  deps: TaskDeps,
  taskId: string,
  reason: string,
  who: Who,
): Promise<{ status: TaskStatus }> {
  const { knex, queue, waits } = deps;
  await knex.transaction(async (trx) => {
    const { task, approval } = await lockTask(trx, taskId);
    if (isTerminal(task.status) || task.status === 'failed') throw over(taskId, task.status);
    if (task.revoke_requested_at !== null) return askAgain(trx, deps, approval);
    await requestRevoke(trx, task.id, reason);
    await addTimeline(trx, [
      { taskRowId: task.id, what: 'revoke requested', by: who.by, detail: { reason } },
    ]);
    await recordAudit(trx, {
      ...who,
      action: 'revoke',
      objectType: 'task',
      objectId: taskId,
      after: { reason },
    });
    if (approval.opening === 'ready') return revokeReady(trx, deps, { task, approval });
    if (approval.opening !== 'linked') return;
    await updateApproval(trx, approval.id, {});
    const afterMs = Math.max(0, waits.revokeAfter - (await sinceLinked(trx, approval.id)));
    await queue.enqueue(trx, 'revoke-approval', { approvalId: approval.id }, { afterMs });
  });
  const { status } = await getTask(knex, taskId);
  return { status };
}

/** An earlier create call of a retried task may have opened an approval: then that is searched for first, and revoked at the provider. */
async function revokeReady(trx: Trx, deps: TaskDeps, subject: Subject): Promise<void> {
  const { id } = subject.approval;
  if ((await unknownBefore(trx, subject.approval)).length === 0) return revokeUnsent(trx, deps, subject);
  await updateApproval(trx, id, { next_sync_at: trx.fn.now() });
  await deps.queue.enqueue(trx, 'open-approval', { approvalId: id });
}

/** Sends the request again, since its job may have been given up, but not more often than a job would. */
async function askAgain(trx: Trx, { queue, waits }: TaskDeps, approval: ApprovalRow): Promise<void> {
  const { id, opening, status } = approval;
  if (opening !== 'linked' || status !== 'pending' || (await sinceChanged(trx, id)) < waits.revokeAfter)
    return;
  await updateApproval(trx, id, {});
  await queue.enqueue(trx, 'revoke-approval', { approvalId: id });
}

const over = (taskId: string, status: TaskStatus): AppError =>
  new AppError(
    'TASK_TERMINAL',
    status === 'failed'
      ? `The task "${taskId}" failed: there is nothing to revoke. If its approval may stand at the provider, revoke it there.`
      : `The task "${taskId}" is ${status} already: it cannot be revoked any more.`,
  );
