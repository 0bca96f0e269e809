import type { Trx } from '../db/database.ts';
import type { ApprovalDeps } from './deps.ts';
import { failTask, failUnknown, revokeUnsent } from './ends.ts';
import { findInstances } from './find-instances.ts';
import type { Listing } from './find-instances.ts';
import { findUncertain, linkedAmong, siblingsOf, withdrawIntent } from './intent-store.ts';
import type { Uncertain } from './intent-store.ts';
import { whyUnsearchable } from './searchable.ts';
import type { Unsearchable } from './searchable.ts';
import type { Why } from './judge.ts';
import { EARLY_MS, tellOnce } from './later.ts';
import { ANOTHERS, linkInstance } from './link.ts';
import { decideSearch, unknownWords } from './reconcile.ts';
import { fromNow, lockSubject, updateApproval } from './store.ts';
import type { Subject } from './store.ts';
import { addTimeline, countLines, lastLine } from './timeline-store.ts';
import type { Work } from './work.ts';

/**
 * Finds out what became of a create call whose answer nobody has: killed, timed out, cut off, unclear. Searches the provider once and
 * does what follows (reconcile.ts); never sends anything that changes something.
 */
export async function searchApproval(
  deps: ApprovalDeps,
  work: Work,
  signal: AbortSignal | undefined,
): Promise<void> {
  const asked = await findUncertain(deps.knex, work.approval.id);
  if (asked === undefined || asked.dueInMs > EARLY_MS) return;
  const { intent, intentAt, ageMs } = asked;
  const listing: Listing | Unsearchable =
    whyUnsearchable(intent, work.channel) ??
    (await findInstances(deps, work, { intent, intentAt, ageMs, signal }));
  signal?.throwIfAborted();
  await deps.knex.transaction((trx) => settle(trx, deps, work, asked, listing));
}

/** Who adds to a search's count settles it: of two that searched at the same time, and of a search and a late answer, one does. */
async function settle(
  trx: Trx,
  deps: ApprovalDeps,
  work: Work,
  asked: Uncertain,
  listing: Listing | Unsearchable,
): Promise<void> {
  const subject = await lockSubject(trx, work.approval.id);
  if (subject === undefined) return;
  const { approval } = subject;
  const isSame =
    approval.intent?.attempt === asked.intent.attempt && approval.searches === asked.approval.searches;
  if (approval.opening !== 'sending' || !isSame) return;
  if (typeof listing === 'string') return failUnknown(trx, deps, subject, unknownWords(listing, []));
  if ('failed' in listing) return searchLater(trx, deps, subject, asked, listing.failed);
  await decide(trx, deps, work, subject, asked, listing);
}

async function decide(
  trx: Trx,
  deps: ApprovalDeps,
  { channel }: Work,
  subject: Subject,
  asked: Uncertain,
  listing: Exclude<Listing, { failed: Why }>,
): Promise<void> {
  const { task, approval } = subject;
  // In this order: a sibling that is linked between the two statements is counted by both, so that this one waits for another look.
  // The other way round it would be missed by both, and its instance taken for one too many, or for this task's.
  const siblings = await siblingsOf(trx, approval);
  const taken = await linkedAmong(trx, channel.id, [...listing.candidates, ...listing.near]);
  const isFree = (id: string): boolean => !taken.has(id);
  const candidates = listing.candidates.filter(isFree);
  const near = listing.near.filter(isFree);
  const decision = decideSearch(
    {
      ...{ candidates, near, complete: listing.complete, ageMs: asked.ageMs, absentMs: asked.absentMs },
      siblings,
      searches: approval.searches,
      resends: await countLines(trx, task.id, 'sending again'),
    },
    deps.waits,
  );
  switch (decision.do) {
    case 'adopt': {
      const { lastCallbackAt } = channel;
      const found = { instanceId: decision.instanceId, by: 'search', lastCallbackAt } as const;
      if (!(await linkInstance(trx, deps, approval.id, found)))
        await searchLater(trx, deps, subject, asked, ANOTHERS);
      return;
    }
    case 'wait':
      return wait(trx, deps, subject, decision.waitMs, decision.isProof ? asked : undefined);
    case 'send again':
      return sendAgain(trx, deps, subject);
    case 'give up':
      return failTask(trx, deps, subject, await firstWords(trx, task.id));
    case 'unknown': {
      const found = decision.because === 'near' ? near : candidates;
      return failUnknown(trx, deps, subject, unknownWords(decision.because, found), found);
    }
  }
}

/** The search itself failed: later, when there are tries left. */
async function searchLater(
  trx: Trx,
  deps: ApprovalDeps,
  subject: Subject,
  asked: Uncertain,
  why: Why,
): Promise<void> {
  const waitMs = deps.waits.search[asked.approval.searches + 1];
  if (waitMs === undefined)
    return failUnknown(
      trx,
      deps,
      subject,
      `${unknownWords('undecided', [])} The last search failed: ${why.message}`,
    );
  await tellOnce(trx, subject.task.id, 'searching', why);
  await wait(trx, deps, subject, waitMs);
}

/** @param proof the search that proved absence for the first time, at the moment when it began */
async function wait(
  trx: Trx,
  { queue }: ApprovalDeps,
  { approval }: Subject,
  waitMs: number,
  proof?: Uncertain,
): Promise<void> {
  await updateApproval(trx, approval.id, {
    searches: approval.searches + 1,
    next_sync_at: fromNow(trx, waitMs),
    ...(proof === undefined ? {} : { absent_since: new Date(proof.intentAt.getTime() + proof.ageMs) }),
  });
  await queue.enqueue(trx, 'open-approval', { approvalId: approval.id }, { afterMs: waitMs });
}

/** Nothing stands: the create starts anew, or, when somebody wants the task back meanwhile, it ends here. */
async function sendAgain(trx: Trx, deps: ApprovalDeps, subject: Subject): Promise<void> {
  const { task, approval } = subject;
  if (task.revoke_requested_at !== null) return revokeUnsent(trx, deps, subject);
  await withdrawIntent(trx, approval.id);
  const message = 'The provider has no approval of this content: the call is sent once more.';
  await addTimeline(trx, [{ taskRowId: task.id, what: 'sending again', detail: { message } }]);
  await deps.queue.enqueue(trx, 'open-approval', { approvalId: approval.id });
}

/** What went wrong in the first place. */
async function firstWords(trx: Trx, taskRowId: string): Promise<Why> {
  const line = await lastLine(trx, taskRowId, 'searching');
  const { code, message } = line?.detail ?? {};
  return {
    code: typeof code === 'string' ? code : 'HTTP_ERROR',
    message:
      typeof message === 'string' ? message : 'The provider gave no clear answer, and opened no approval.',
  };
}
