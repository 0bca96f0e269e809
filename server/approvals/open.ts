import { isDatabaseAway } from '../db/away.ts';
import type { Trx } from '../db/database.ts';
import type { ApprovalDeps } from './deps.ts';
import { takeOverEarlier } from './earlier.ts';
import { failTask, revokeUnsent } from './ends.ts';
import { createGate } from './gate.ts';
import { withdrawIntent } from './intent-store.ts';
import { judgeCreate } from './judge.ts';
import type { Verdict, Why } from './judge.ts';
import { EARLY_MS, tellOnce, tryLater } from './later.ts';
import { ANOTHERS, linkInstance } from './link.ts';
import type { Found } from './link.ts';
import { searchApproval } from './search.ts';
import { fromNow, lockSubject, updateApproval } from './store.ts';
import { contextOf, loadWork, variablesOf } from './work.ts';
import type { Work } from './work.ts';

/**
 * Opens the approval of a task, or continues where an earlier attempt ended. Safe to repeat and to run twice at once: only the attempt that
 * moves it from `ready` to `sending` sends; in `sending` it is searched for, never sent again.
 * @param signal aborted when the job belongs to another process by now
 */
export async function openApproval(
  deps: ApprovalDeps,
  approvalId: string,
  signal?: AbortSignal,
): Promise<void> {
  const work = await loadWork(deps, approvalId);
  // Resuming a paused channel enqueues its approvals again.
  if (work === undefined || work.channel.paused) return;
  if (work.approval.opening === 'sending') return searchApproval(deps, work, signal);
  if (work.approval.opening !== 'ready' || work.task.status !== 'submitted') return;
  // Two jobs for one approval become one here: the one that comes too early does nothing.
  if (work.dueInMs > EARLY_MS) return;
  if (await takeOverEarlier(deps, work, signal)) return;
  if (work.task.revoke_requested_at !== null)
    return deps.knex.transaction((trx) => revokeIfReady(trx, deps, approvalId));
  await create(deps, work, signal);
}

async function create(deps: ApprovalDeps, work: Work, signal: AbortSignal | undefined): Promise<void> {
  const { knex, caller, log } = deps;
  const { task, approval, channel, scripts } = work;
  const gate = createGate(deps, work);
  const verdict = await caller
    .call({
      ...{ scripts, channel, stage: 'create', variables: variablesOf(task, scripts), signal },
      beforeCall: gate.beforeCall,
      context: contextOf(task, approval),
    })
    .then(async (end) => judgeCreate(end, await gate.ended()))
    .catch(async (error: unknown): Promise<Verdict> => {
      log.error(
        { err: error, taskId: task.task_id, approvalId: approval.id },
        'The create stage could not be run.',
      );
      if (isDatabaseAway(error)) throw error;
      return { do: (await gate.ended()) === 'untouched' ? 'again' : 'search', why: COULD_NOT_RUN };
    });
  const isGivenBack = signal?.aborted === true && (verdict.do === 'again' || verdict.do === 'fail');
  await knex.transaction((trx) =>
    isGivenBack
      ? giveBack(trx, deps, approval.id, gate.attempt)
      : settle(trx, deps, work, gate.attempt, verdict),
  );
  if (isGivenBack) signal.throwIfAborted();
}

const COULD_NOT_RUN: Why = {
  code: 'INTERNAL',
  message: 'The create stage could not be run; the log of the server says why.',
};

/** A run that this hub cut short says nothing about the task: the process that has the job now continues. */
async function giveBack(trx: Trx, deps: ApprovalDeps, approvalId: string, attempt: string): Promise<void> {
  await lockSubject(trx, approvalId);
  await withdrawIntent(trx, approvalId, attempt);
  await revokeIfReady(trx, deps, approvalId);
}

/** Ends a task that was to be revoked while its create call was on its way, if that call opened nothing. */
async function revokeIfReady(trx: Trx, deps: ApprovalDeps, approvalId: string): Promise<void> {
  const subject = await lockSubject(trx, approvalId);
  if (subject?.approval.opening !== 'ready' || subject.task.status !== 'submitted') return;
  if (subject.task.revoke_requested_at !== null) await revokeUnsent(trx, deps, subject);
}

/** Stores the outcome of an attempt, unless another one has got further meanwhile. */
async function settle(
  trx: Trx,
  deps: ApprovalDeps,
  work: Work,
  attempt: string,
  verdict: Verdict,
): Promise<void> {
  const {
    approval: { id, opening_attempts },
    channel,
  } = work;
  if (verdict.do === 'leave') return;
  if (verdict.do === 'link') {
    if (await linkInstance(trx, deps, id, foundBy(verdict, channel.lastCallbackAt))) return;
    return settle(trx, deps, work, attempt, { do: 'search', why: ANOTHERS });
  }
  const subject = await lockSubject(trx, id);
  if (subject === undefined) return;
  const { task, approval } = subject;
  if (verdict.do === 'search') {
    if (approval.intent?.attempt !== attempt || approval.opening !== 'sending') return;
    const waitMs = deps.waits.search[0] ?? 0;
    await updateApproval(trx, id, { next_sync_at: fromNow(trx, waitMs) });
    await tellOnce(trx, task.id, 'searching', verdict.why);
    return deps.queue.enqueue(trx, 'open-approval', { approvalId: id }, { afterMs: waitMs });
  }
  // Nothing was opened. Withdraw this attempt's intent: its call did not leave or was refused.
  const isReady = (await withdrawIntent(trx, id, attempt)) || approval.opening === 'ready';
  if (!isReady || task.status !== 'submitted' || approval.opening_attempts !== opening_attempts) return;
  if (task.revoke_requested_at !== null) return revokeUnsent(trx, deps, subject);
  if (verdict.do === 'fail') return failTask(trx, deps, subject, verdict.why);
  await tryLater(trx, deps, subject, verdict.why);
}

const foundBy = (
  { instanceId, by, note }: Extract<Verdict, { do: 'link' }>,
  lastCallbackAt: Date | null,
): Found => ({
  instanceId,
  by,
  note,
  lastCallbackAt,
});
