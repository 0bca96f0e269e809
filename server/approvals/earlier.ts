import type { StageResult } from '../contract/stage.ts';
import type { Trx } from '../db/database.ts';
import type { ApprovalRow } from '../db/tables.ts';
import type { ApprovalDeps } from './deps.ts';
import { failUnknown } from './ends.ts';
import { findInstances } from './find-instances.ts';
import type { Listing, Sought } from './find-instances.ts';
import { linkedAmong, siblingsOf, unknownBefore } from './intent-store.ts';
import { whyUnsearchable } from './searchable.ts';
import { whyOf } from './judge.ts';
import type { Why } from './judge.ts';
import { tellOnce, tryLater } from './later.ts';
import { linkInstance } from './link.ts';
import { unknownWords } from './reconcile.ts';
import { fromNow, lockSubject, updateApproval } from './store.ts';
import type { Subject } from './store.ts';
import { contextOf, loadWork, variablesOf } from './work.ts';
import type { Work } from './work.ts';

/**
 * A retried task may have left a create behind of which nobody learnt what became of it. Before anything is sent for it again, the
 * provider is searched once more, and what is found is taken over: a task must never stand twice.
 * @returns whether this decided on the task, or has it decided later; false: nothing of it stands, and the create may leave
 */
export async function takeOverEarlier(
  deps: ApprovalDeps,
  work: Work,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (work.approval.generation === 1) return false;
  const { settle: settleMs, absentApart } = deps.waits;
  let waitMs = 0;
  for (const earlier of await unknownBefore(deps.knex, work.approval)) {
    const { intent, intent_at: intentAt } = earlier;
    const ageMs = Number(earlier.age_ms);
    const asked = await loadWork(deps, earlier.id);
    // That it cannot be searched for was said to the person who retries all the same.
    if (intent === null || intentAt === null || asked === undefined) continue;
    const unsearchable = whyUnsearchable(intent, asked.channel);
    if (unsearchable === 'unreadable') continue;
    const listing = unsearchable ?? (await listStanding(deps, asked, { intent, intentAt, ageMs, signal }));
    signal?.throwIfAborted();
    if (listing !== 'moved' && isEmpty(listing)) {
      waitMs = Math.max(waitMs, settleMs + absentApart - ageMs);
      continue;
    }
    await settle(deps, work, earlier, listing, asked.channel.lastCallbackAt);
    return true;
  }
  if (waitMs > 0) await lookLater(deps, work, waitMs);
  return waitMs > 0;
}

/** A person may be quicker than the provider's listing: as long as it may lag behind, absence proves nothing (reconcile.ts). */
async function lookLater(
  deps: ApprovalDeps,
  { approval: { id, opening_attempts } }: Work,
  waitMs: number,
): Promise<void> {
  await deps.knex.transaction(async (trx) => {
    const subject = await lockUntouched(trx, id, opening_attempts);
    if (subject === undefined) return;
    await updateApproval(trx, id, { next_sync_at: fromNow(trx, waitMs) });
    await tellOnce(trx, subject.task.id, 'searching', NOT_LISTED);
    await deps.queue.enqueue(trx, 'open-approval', { approvalId: id }, { afterMs: waitMs });
  });
}

/** The task and its approval, held, unless somebody else came further with it meanwhile. */
async function lockUntouched(trx: Trx, approvalId: string, attempts: number): Promise<Subject | undefined> {
  const subject = await lockSubject(trx, approvalId);
  if (subject?.approval.opening !== 'ready' || subject.task.status !== 'submitted') return undefined;
  return subject.approval.opening_attempts === attempts ? subject : undefined;
}

const isEmpty = (listing: Listing): boolean =>
  !('failed' in listing) && listing.complete && listing.candidates.length === 0;

/** Searches for an earlier create, without what was taken back since. */
async function listStanding(deps: ApprovalDeps, asked: Work, sought: Sought): Promise<Listing> {
  const listed = await findInstances(deps, asked, sought);
  return 'failed' in listed ? listed : withoutRevoked(deps, asked, listed, sought.signal);
}

/** More than so many are not looked at one by one; somebody else has to. */
const MOST_LOOKS = 5;

/** Leaves out what was taken back at the provider since: that is how a person makes room for another try. */
async function withoutRevoked(
  { caller }: ApprovalDeps,
  { task, approval, channel, scripts }: Work,
  { candidates, near, complete }: Exclude<Listing, { failed: Why }>,
  signal: AbortSignal | undefined,
): Promise<Listing> {
  if (candidates.length > MOST_LOOKS) return { candidates, near, complete };
  const left: string[] = [];
  for (const approvalInstanceId of candidates) {
    const { outcome } = await caller.call({
      ...{
        scripts,
        channel,
        stage: 'sync',
        variables: variablesOf(task, scripts),
        signal,
        approvalInstanceId,
      },
      context: contextOf(task, approval),
    });
    const { error } = outcome.execution;
    if (error !== undefined) return { failed: whyOf(error) };
    if ((outcome.result as StageResult<'sync'>).status !== 'revoked') left.push(approvalInstanceId);
  }
  return { candidates: left, near, complete };
}

async function settle(
  deps: ApprovalDeps,
  { approval: { id, opening_attempts } }: Work,
  earlier: ApprovalRow,
  listing: Listing | 'moved',
  lastCallbackAt: Date | null,
): Promise<void> {
  await deps.knex.transaction(async (trx) => {
    const subject = await lockUntouched(trx, id, opening_attempts);
    if (subject === undefined) return;
    if (listing === 'moved') return failUnknown(trx, deps, subject, unknownWords('moved', []));
    if ('failed' in listing) return tryLater(trx, deps, subject, listing.failed);
    // What was found may be what another call, on its way just now, has opened, or have become its meanwhile. Whoever retries was told of
    // what a test has lost.
    const siblings = await siblingsOf(trx, earlier);
    if (siblings.some(({ test }) => test !== 'lost')) return tryLater(trx, deps, subject, NOT_YET);
    const taken = await linkedAmong(trx, earlier.channel_id, listing.candidates);
    if (taken.size > 0) return tryLater(trx, deps, subject, NOT_YET);
    const [only, ...others] = listing.candidates;
    if (only === undefined || others.length > 0 || !listing.complete) {
      const words = unknownWords(others.length > 0 ? 'several' : 'undecided', listing.candidates);
      return failUnknown(trx, deps, subject, words, listing.candidates);
    }
    const { channel_id, mapping_id, version } = earlier;
    const openedFor = { channel_id, mapping_id, version };
    const found = { instanceId: only, by: 'search', openedFor, lastCallbackAt } as const;
    if (!(await linkInstance(trx, deps, id, found))) await tryLater(trx, deps, subject, NOT_YET);
  });
}

const NOT_LISTED: Why = {
  code: 'CREATE_UNKNOWN',
  message:
    'The provider does not list what was sent before, and may be late: it is searched once more before anything is sent.',
};

const NOT_YET: Why = {
  code: 'CREATE_UNKNOWN',
  message:
    'Another task, or a test run, of the same content is being opened; whose approval the provider has is seen when that is done.',
};
