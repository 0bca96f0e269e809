import type { ScriptFailure } from '../contract/execution.ts';
import type { StageOutcome } from '../executions/stage-run.ts';
import type { Trx } from '../db/database.ts';
import type { ApprovalDeps } from './deps.ts';
import { isPassing, kindOf, whyOf } from './judge.ts';
import type { Why } from './judge.ts';
import { EARLY_MS, tellOnce } from './later.ts';
import { forgetRevoke, lockSubject, sinceLinked, updateApproval } from './store.ts';
import type { Subject } from './store.ts';
import { addTimeline } from './timeline-store.ts';
import { contextOf, loadWork, variablesOf } from './work.ts';

/** What follows from a run of the revoke stage. */
export type RevokeVerdict =
  /** Asked for, and not refused: the provider says by a sync whether it is so. */
  | { readonly do: 'look' }
  | {
      readonly do: 'again';
      readonly after: 'early' | 'retry';
      readonly mayBeDone: boolean;
      readonly why: Why;
    }
  | { readonly do: 'refused'; readonly why: Why };

/** Judges a run of the revoke stage. Asking twice does no harm, so that what may have been done is asked for again. */
function judgeRevoke({ execution: { error, http } }: Pick<StageOutcome, 'execution'>): RevokeVerdict {
  if (error === undefined) return { do: 'look' };
  const why = whyOf(error);
  const kind = kindOf(error);
  if (kind === 'tooEarly') return { do: 'again', after: 'early', mayBeDone: false, why };
  // Over already, or gone: the sync tells which.
  if (kind === 'notFound') return { do: 'look' };
  const mayBeDone = wasSent(error);
  if (isPassing(error, http)) return { do: 'again', after: 'retry', mayBeDone, why };
  return { do: 'refused', why };
}

const wasSent = ({ alreadySent }: ScriptFailure): boolean => (alreadySent ?? []).length > 0;

/**
 * The job that takes an approval back. The provider decides: the task stays pending until a sync or a callback says that it agreed.
 * Waits for the time after creation in which it would refuse (protocols/dingtalk.md §3). Safe to repeat.
 */
export async function revokeApproval(
  deps: ApprovalDeps,
  approvalId: string,
  signal?: AbortSignal,
): Promise<void> {
  const work = await loadWork(deps, approvalId);
  if (work === undefined || !isWanted(work) || work.channel.paused) return;
  const { task, approval, channel, scripts } = work;
  const early = deps.waits.revokeAfter - (await sinceLinked(deps.knex, approvalId));
  if (early > EARLY_MS) return deps.knex.transaction((trx) => again(trx, deps, approvalId, early));
  const { outcome } = await deps.caller.call({
    ...{ scripts, channel, stage: 'revoke', variables: variablesOf(task, scripts), signal },
    approvalInstanceId: approval.approval_instance_id ?? '',
    revokeReason: task.revoke_reason ?? '',
    context: contextOf(task, approval),
  });
  signal?.throwIfAborted();
  await deps.knex.transaction(async (trx) => {
    const subject = await lockSubject(trx, approvalId);
    // Of two runs of this job one goes on.
    if (subject === undefined || !isWanted(subject)) return;
    if (subject.approval.revoke_attempts !== approval.revoke_attempts) return;
    await settle(trx, deps, subject, judgeRevoke(outcome));
  });
}

/** Whether the approval stands undecided, and a person wants it back. */
const isWanted = ({ task, approval }: Subject): boolean =>
  approval.opening === 'linked' &&
  approval.status === 'pending' &&
  task.generation === approval.generation &&
  task.revoke_requested_at !== null;

async function settle(trx: Trx, deps: ApprovalDeps, subject: Subject, verdict: RevokeVerdict): Promise<void> {
  const { task, approval } = subject;
  const { queue, waits } = deps;
  const approvalId = approval.id;
  await updateApproval(trx, approvalId, { revoke_attempts: approval.revoke_attempts + 1 });
  if (verdict.do === 'look') return queue.enqueue(trx, 'sync-approval', { approvalId, why: 'revoke' });
  if (verdict.do === 'refused') return refuse(trx, deps, subject, verdict.why);
  const retryMs = waits.retry[approval.revoke_attempts];
  if (retryMs === undefined) return refuse(trx, deps, subject, verdict.why);
  await tellOnce(trx, task.id, 'revoke delayed', verdict.why);
  if (verdict.mayBeDone) await queue.enqueue(trx, 'sync-approval', { approvalId, why: 'confirm' });
  await again(trx, deps, approvalId, verdict.after === 'early' ? waits.revokeAfter : retryMs);
}

const again = (trx: Trx, { queue }: ApprovalDeps, approvalId: string, afterMs: number): Promise<void> =>
  queue.enqueue(trx, 'revoke-approval', { approvalId }, { afterMs });

/** The provider does not take it back. The request ends here, so that it can be made again; if the approval is over, a sync tells. */
async function refuse(
  trx: Trx,
  { queue }: ApprovalDeps,
  { task, approval }: Subject,
  why: Why,
): Promise<void> {
  await forgetRevoke(trx, task.id);
  await updateApproval(trx, approval.id, { revoke_attempts: 0 });
  await addTimeline(trx, [{ taskRowId: task.id, what: 'revoke refused', detail: { ...why } }]);
  await queue.enqueue(trx, 'sync-approval', { approvalId: approval.id, why: 'confirm' });
}
