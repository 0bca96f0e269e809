import { budgetOf, mayPollEarly } from '../channels/budget.ts';
import type { ApprovalDeps } from './deps.ts';
import { claimUnseen } from './due-store.ts';
import { callbacksArrive, untilNextPoll } from './poll-schedule.ts';
import { fromNow, updateApproval } from './store.ts';

/**
 * Brings the hub's own next look at an approval forward, for somebody who reads of it. It takes the place of the look that was planned,
 * so that the provider is asked sooner rather than more often. Of many who read at the same time, one brings it about.
 * @returns false when there is nothing more to know, it is being asked already, or the channel's budget is not ample
 */
export async function lookSoon(deps: ApprovalDeps, approvalId: string): Promise<boolean> {
  const { knex, channels, queue, waits, random } = deps;
  return knex.transaction(async (trx) => {
    const due = await claimUnseen(trx, approvalId);
    const channel = due && (await channels.find(trx, due.channel_id));
    if (channel === undefined || !mayPollEarly(await budgetOf(trx, channel))) return false;
    const step = Math.max(1, due?.sync_step ?? 0);
    const arrive = callbacksArrive(channel.lastCallbackAt, waits, Date.now());
    const wait = untilNextPoll(waits, { step, callbacksArrive: arrive, random: random() });
    await updateApproval(trx, approvalId, { sync_step: step, next_sync_at: fromNow(trx, wait) });
    await queue.enqueue(trx, 'sync-approval', { approvalId, why: 'poll' });
    return true;
  });
}
