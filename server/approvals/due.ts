import { budgetOf, mayPoll } from '../channels/budget.ts';
import type { Trx } from '../db/database.ts';
import type { JobQueue } from '../jobs/queue.ts';
import type { ApprovalDeps } from './deps.ts';
import { claimDue, claimStranded, tomorrow, waitingOf, waitingPolls } from './due-store.ts';
import type { Due } from './due-store.ts';
import { callbacksArrive, untilNextPoll } from './poll-schedule.ts';
import { fromNow, updateApproval } from './store.ts';

/** So many at a time, which keeps the transactions short, and so many times: what is left is next tick's. */
const MOST = 100;
const ROUNDS = 10;
/** So many ticks without a sign of life, and an opening's job counts as lost. */
const STRANDED_TICKS = 40;
/** So often a decided approval is asked for its details, beyond the tries of the first job. */
const MOST_DETAIL_LOOKS = 5;
/** So long a poll counts as waiting in the queue; one that failed counts with those, and is forgotten then. */
const POLL_WAITS_MS = 5 * 60_000;

/**
 * Puts into the queue what is due without anybody's doing: looks at pending approvals, as far as the channel's budget goes, and
 * openings whose job got lost. Any number of processes may do this at the same time.
 */
export async function lookForDue(deps: ApprovalDeps): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) if ((await lookOnce(deps)) < MOST) break;
  await deps.knex.transaction(async (trx) => {
    const lost = await claimStranded(trx, STRANDED_TICKS * deps.waits.tick, MOST);
    if (lost.length > 0)
      deps.log.warn({ approvals: lost.length }, 'Openings without a job were put into the queue again.');
    await enqueueAll(trx, deps.queue, 'open-approval', lost);
  });
}

/** @returns how many were due */
function lookOnce(deps: ApprovalDeps): Promise<number> {
  return deps.knex.transaction(async (trx) => {
    const due = await claimDue(trx, MOST);
    for (const [channelId, approvals] of Map.groupBy(due, ({ channel_id }) => channel_id))
      await lookAll(trx, deps, channelId, approvals);
    return due.length;
  });
}

async function lookAll(
  trx: Trx,
  deps: ApprovalDeps,
  channelId: string,
  approvals: readonly Due[],
): Promise<void> {
  const { channels, queue, waits } = deps;
  const channel = await channels.find(trx, channelId);
  if (channel === undefined) return;
  const budget = await budgetOf(trx, channel);
  const allowed = mayPoll(budget)
    ? Math.min(budget.pollLimitToday - budget.polled, budget.limit - budget.used)
    : 0;
  let left = allowed === 0 ? 0 : allowed - (await waitingPolls(trx, channelId, POLL_WAITS_MS));
  const arrive = callbacksArrive(channel.lastCallbackAt, waits, Date.now());
  for (const { id, status, sync_step, revoking } of approvals) {
    const why = status === 'pending' ? (revoking ? 'revoke' : 'poll') : 'terminal';
    if (why === 'poll' && (left -= 1) < 0) {
      // While something is left, though others wait for it, what they really cost shows soon.
      const next = allowed === 0 ? tomorrow(trx, deps.random()) : fromNow(trx, POLL_WAITS_MS);
      await updateApproval(trx, id, { next_sync_at: next });
      continue;
    }
    const step = sync_step + 1;
    const wait = untilNextPoll(waits, { step, callbacksArrive: arrive, random: deps.random() });
    const isLast = why === 'terminal' && step > MOST_DETAIL_LOOKS;
    await updateApproval(trx, id, { sync_step: step, next_sync_at: isLast ? null : fromNow(trx, wait) });
    await queue.enqueue(trx, 'sync-approval', { approvalId: id, why });
  }
}

/** Puts into the queue what waited while a channel was paused. Call it in the transaction that ends the pause. */
export async function resumeChannel(trx: Trx, queue: JobQueue, channelId: string): Promise<void> {
  const { open, revoke } = await waitingOf(trx, channelId);
  await enqueueAll(trx, queue, 'open-approval', open);
  await enqueueAll(trx, queue, 'revoke-approval', revoke);
}

async function enqueueAll(
  trx: Trx,
  queue: JobQueue,
  name: 'open-approval' | 'revoke-approval',
  ids: readonly string[],
): Promise<void> {
  for (let from = 0; from < ids.length; from += MOST)
    await queue.enqueueAll(
      trx,
      name,
      ids.slice(from, from + MOST).map((approvalId) => ({ approvalId })),
    );
}
