import { budgetOf, mayPoll } from '../channels/budget.ts';
import type { StageResult } from '../contract/stage.ts';
import type { Trx } from '../db/database.ts';
import type { ApprovalRow } from '../db/tables.ts';
import type { JobData } from '../jobs/queue.ts';
import { applyNews } from './apply.ts';
import type { ApprovalDeps } from './deps.ts';
import { tomorrow } from './due-store.ts';
import { failGone } from './ends.ts';
import { isPassing, kindOf, whyOf } from './judge.ts';
import type { Why } from './judge.ts';
import { tellOnce } from './later.ts';
import { untilNextPoll } from './poll-schedule.ts';
import { lockSubject, sinceLinked, updateApproval } from './store.ts';
import { contextOf, loadWork, variablesOf } from './work.ts';
import type { Work } from './work.ts';

export type SyncWhy = JobData['sync-approval']['why'] | 'asked';

export type SyncEnd =
  | { readonly status: StageResult<'sync'>['status'] }
  /** The provider does not have the approval any more; the task says so. */
  | { readonly gone: true }
  | { readonly failed: Why; readonly passing: boolean }
  /** Nothing to ask about, the channel is paused, or it has used up what it may look without being asked. */
  | { readonly skipped: 'nothing' | 'paused' | 'budget' };

export interface SyncOptions {
  readonly signal?: AbortSignal | undefined;
  /** The person who asks, for the record of executions. */
  readonly runBy?: string | undefined;
}

/**
 * Asks the provider where an approval stands, and applies what it says. Never fails a task for a script that does not work: only the
 * provider's own word that the approval is gone does.
 */
export async function syncApproval(
  deps: ApprovalDeps,
  approvalId: string,
  why: SyncWhy,
  { signal, runBy }: SyncOptions = {},
): Promise<SyncEnd> {
  const work = await loadWork(deps, approvalId);
  const instanceId = work?.approval.approval_instance_id ?? null;
  if (work === undefined || instanceId === null) return { skipped: 'nothing' };
  const { task, approval, channel, scripts } = work;
  if (channel.paused) {
    await postpone(deps, work);
    return { skipped: 'paused' };
  }
  // The job may have waited while others used up the budget that it was enqueued for.
  if (why === 'poll' && !mayPoll(await budgetOf(deps.knex, channel))) {
    await putOff(deps, work);
    return { skipped: 'budget' };
  }
  const context = contextOf(task, approval, {
    poll: why === 'poll',
    ...(runBy === undefined ? {} : { runBy }),
  });
  const { outcome } = await deps.caller.call({
    ...{ scripts, channel, stage: 'sync', variables: variablesOf(task, scripts), signal, context },
    approvalInstanceId: instanceId,
  });
  signal?.throwIfAborted();
  const { error, http, result } = outcome.execution;
  if (error === undefined) {
    const { status } = outcome.result as StageResult<'sync'>;
    // What is kept and shown is the masked copy: a script may put its token anywhere.
    return takeAnswer(deps, approval, { ...(result as StageResult<'sync'>), status });
  }
  const isGone =
    kindOf(error) === 'notFound' && (await probedGone(deps, work, instanceId, { signal, runBy }));
  const passing = isGone || isPassing(error, http);
  if (isGone && (await endGone(deps, approval.id))) return { gone: true };
  await noteFailure(deps, work, whyOf(error), why);
  return { failed: whyOf(error), passing };
}

async function takeAnswer(
  deps: ApprovalDeps,
  { id }: ApprovalRow,
  { status, title, form, records, approvers }: StageResult<'sync'>,
): Promise<SyncEnd> {
  await deps.knex.transaction(async (trx) => {
    await applyNews(trx, deps, id, {
      source: 'sync',
      trusted: true,
      status,
      title,
      form,
      records,
      approvers,
    });
    const subject = await lockSubject(trx, id);
    // Decided, and the details are there: nothing is left to ask.
    if (subject?.approval.status === status && status !== 'pending')
      await updateApproval(trx, id, { next_sync_at: null });
  });
  return { status };
}

/** Asks in the hub's own words, for a script may call anything "not found". False when that cannot be told. */
async function probedGone(
  { caller, log }: ApprovalDeps,
  { task, approval, channel, scripts }: Work,
  approvalInstanceId: string,
  { signal, runBy }: SyncOptions,
): Promise<boolean> {
  const context = contextOf(task, approval, runBy === undefined ? {} : { runBy });
  const input = { approvalInstanceId };
  const { value, failure } = await caller.ask({
    channel,
    scripts,
    question: 'probe',
    input,
    context,
    signal,
  });
  signal?.throwIfAborted();
  if (failure !== undefined) log.warn({ approvalId: approval.id, code: failure.code }, 'A probe failed.');
  return typeof value === 'object' && value !== null && 'exists' in value && value.exists === false;
}

/** @returns false when the approval is so young that the provider may not know it yet, or has been decided */
async function endGone(deps: ApprovalDeps, approvalId: string): Promise<boolean> {
  return deps.knex.transaction(async (trx) => {
    const subject = await lockSubject(trx, approvalId);
    if (subject === undefined || (await sinceLinked(trx, approvalId)) < deps.waits.absentApart) return false;
    const isOpen = subject.approval.status === 'pending' && subject.task.status === 'pending';
    if (isOpen) await failGone(trx, deps, subject);
    return true;
  });
}

async function noteFailure(
  deps: ApprovalDeps,
  { task, approval }: Work,
  why: Why,
  by: SyncWhy,
): Promise<void> {
  await deps.knex.transaction(async (trx) => {
    await tellOnce(trx, task.id, 'sync failed', why);
    // A decided approval is asked about for its details only as long as there is hope, see syncJob.
    if (by === 'poll' || approval.status !== 'pending') return;
    await updateApproval(trx, approval.id, { next_sync_at: soonest(trx, deps) });
  });
}

/** The first of the polling waits from now on, unless a look is due earlier. */
const soonest = (trx: Trx, { waits, random }: ApprovalDeps): unknown => {
  const ms = untilNextPoll(waits, { step: 0, callbacksArrive: false, random: random() });
  return trx.raw("least(next_sync_at, now() + ? * interval '1 millisecond')", [ms]);
};

/** A poll that nothing is left for is tomorrow's. */
async function putOff({ knex, random }: ApprovalDeps, { approval }: Work): Promise<void> {
  await knex.transaction((trx) =>
    updateApproval(trx, approval.id, { next_sync_at: tomorrow(trx, random()) }),
  );
}

/** A paused channel's approval is due at once when the channel goes on. */
async function postpone({ knex }: ApprovalDeps, { approval }: Work): Promise<void> {
  await knex.transaction((trx) => updateApproval(trx, approval.id, { next_sync_at: trx.fn.now() }));
}
