import type { Trx } from '../db/database.ts';
import type { ApprovalDeps } from './deps.ts';
import { failTask } from './ends.ts';
import type { Why } from './judge.ts';
import { fromNow, updateApproval } from './store.ts';
import type { Subject } from './store.ts';
import { addTimeline, lastLine } from './timeline-store.ts';
import type { TimelineWhat } from './timeline-store.ts';

/** A job that comes so much before its time was meant for now. */
export const EARLY_MS = 500;

/** By so much of its length a wait may be longer, so that what failed together does not come back together. */
const SPREAD = 0.2;

/**
 * Has the opening of an approval, of which nothing stands at the provider, tried again after the next of `waits.retry`; the task
 * stays `submitted`. When they are used up, it fails with the last words.
 */
export async function tryLater(trx: Trx, deps: ApprovalDeps, subject: Subject, why: Why): Promise<void> {
  const { task, approval } = subject;
  const planned = deps.waits.retry[approval.opening_attempts];
  if (planned === undefined) return failTask(trx, deps, subject, why);
  const waitMs = Math.round(planned * (1 + SPREAD * deps.random()));
  await updateApproval(trx, approval.id, {
    opening_attempts: approval.opening_attempts + 1,
    next_sync_at: fromNow(trx, waitMs),
  });
  await tellOnce(trx, task.id, 'retrying', why);
  await deps.queue.enqueue(trx, 'open-approval', { approvalId: approval.id }, { afterMs: waitMs });
}

/** Tells the timeline of a trouble unless the last line about it was of the same kind: an outage is one line, not a hundred. */
export async function tellOnce(trx: Trx, taskRowId: string, what: TimelineWhat, why: Why): Promise<void> {
  const last = await lastLine(trx, taskRowId, what);
  if (last?.detail['code'] === why.code && (last.detail['kind'] ?? '') === (why.kind ?? '')) return;
  await addTimeline(trx, [{ taskRowId, what, detail: { ...why } }]);
}
