import type { JobRun } from '../jobs/handlers.ts';
import type { JobData } from '../jobs/queue.ts';
import type { ApprovalDeps } from './deps.ts';
import { observeAlarm } from './observe.ts';
import { lockSubject } from './store.ts';
import { syncApproval } from './sync.ts';
import { addTimeline } from './timeline-store.ts';

/** The provider may need a moment until it shows what it told: so often the hub asks. */
const LOOKS = 4;

/** Not a fault: the queue tries the job again. */
class TryAgain extends Error {
  override readonly name = 'TryAgain';
}

/**
 * The job that asks where an approval stands. What an urgent one (all but `poll`) did not find out is tried again by the queue, a few
 * times; after that the polls go on.
 * @throws TryAgain to be tried again
 */
export async function syncJob(
  deps: ApprovalDeps,
  { approvalId, why }: JobData['sync-approval'],
  { signal, attempt, last }: JobRun,
): Promise<void> {
  const end = await syncApproval(deps, approvalId, why, { signal });
  if (why === 'poll' || 'skipped' in end || 'gone' in end) return;
  if ('failed' in end) {
    if (end.passing && !last) throw new TryAgain(`The provider could not be asked: ${end.failed.message}`);
    return;
  }
  if (end.status !== 'pending') return;
  if (attempt < LOOKS && !last) throw new TryAgain('The provider does not show yet what it told.');
  if (why === 'terminal' || why === 'contradiction') await noteUndecided(deps, approvalId);
}

/** A callback said that the approval was decided, and the provider goes on saying that it was not. */
async function noteUndecided(deps: ApprovalDeps, approvalId: string): Promise<void> {
  await deps.knex.transaction(async (trx) => {
    const subject = await lockSubject(trx, approvalId);
    if (subject === undefined || subject.task.status === 'pending') return;
    const { task, approval } = subject;
    const message = `A callback said that the approval is ${task.status}; asked, the provider says that it is pending.`;
    const detail = { alarm: 'contradiction', message, approvalInstanceId: approval.approval_instance_id };
    await addTimeline(trx, [{ taskRowId: task.id, what: 'alarm', detail }]);
    observeAlarm(trx, deps.observe, 'contradiction');
  });
}
