import type { Trx } from '../db/database.ts';
import type { ApprovalRow } from '../db/tables.ts';
import { storable } from '../executions/storable.ts';
import type { JobQueue } from '../jobs/queue.ts';
import type { Observer } from '../metrics.ts';
import { observeAlarm, observeStatus } from './observe.ts';
import { newRecords, recordLine } from './records.ts';
import { decide } from './status.ts';
import type { News } from './status.ts';
import { lockSubject, updateApproval, updateTask } from './store.ts';
import type { Subject } from './store.ts';
import { addTimeline } from './timeline-store.ts';

export type { News } from './status.ts';

export interface NewsDeps {
  readonly queue: JobQueue;
  readonly observe: Observer;
}

/**
 * Applies what a callback or a sync says of an approval. Both go through here, so that a lost callback and a late one end alike.
 * Changes approval and task together, adds to the timeline, and enqueues the sync that follows. Safe to repeat.
 * @returns `unchanged` when nothing changed: repeated, late or contradicting news, or news that is confirmed with the provider first
 */
export async function applyNews(
  trx: Trx,
  deps: NewsDeps,
  approvalId: string,
  news: News,
): Promise<'applied' | 'unchanged'> {
  const subject = await lockSubject(trx, approvalId);
  // The approval of a test run has no task; one that is not linked cannot have news.
  if (subject?.approval.opening !== 'linked') return 'unchanged';
  await keepDetails(trx, subject, news);
  if (subject.approval.generation !== subject.task.generation)
    return applyToEarlier(trx, deps, subject, news);
  const decision = decide(subject.task.status, news);
  switch (decision.do) {
    case 'nothing':
      return 'unchanged';
    case 'ask':
      await deps.queue.enqueue(trx, 'sync-approval', { approvalId, why: decision.why });
      return 'unchanged';
    case 'note':
      await noteContradiction(trx, deps, subject, news);
      return 'unchanged';
    case 'move':
      await move(trx, deps, subject, news);
      return 'applied';
  }
}

/**
 * Whether a callback changes nothing for an approval as it was read. It will not change anything later either, so no lock is needed.
 */
export const isNoNews = ({ task, approval }: Subject, news: News): boolean =>
  news.source === 'callback' &&
  approval.generation === task.generation &&
  decide(task.status, news).do === 'nothing';

/** Stores the details of a sync (title, form, records, approvers), unless it was made before the approval was decided. */
async function keepDetails(trx: Trx, { task, approval }: Subject, news: News): Promise<void> {
  const { title, form, records, approvers } = news;
  const isStale = approval.status !== null && approval.status !== 'pending' && news.status === 'pending';
  if (news.source !== 'sync' || isStale) return;
  const json = (value: unknown): string => JSON.stringify(storable(value));
  await updateApproval(trx, approval.id, {
    synced_at: trx.fn.now(),
    ...(title === undefined ? {} : { title: storable(title) }),
    ...(form === undefined ? {} : { form: json(form) }),
    ...(approvers === undefined ? {} : { approvers: json(approvers) }),
    ...(records === undefined ? {} : { records: json(records) }),
  });
  const known = storable(approval.records) as unknown[];
  const told = storable(records ?? []) as NonNullable<News['records']>;
  await addTimeline(
    trx,
    newRecords(known, told).map((record) => recordLine(task.id, record)),
  );
}

async function move(trx: Trx, deps: NewsDeps, { task, approval }: Subject, news: News): Promise<void> {
  const { source, status, at, eventId } = news;
  const isOver = status !== 'pending';
  await updateApproval(trx, approval.id, {
    status,
    // No polling any more; the sync below adds who decided.
    ...(isOver ? { next_sync_at: null, sync_step: 0 } : { next_sync_at: trx.fn.now() }),
  });
  await updateTask(trx, task.id, { status });
  const told = { source, ...(at === undefined ? {} : { at }), ...(eventId === undefined ? {} : { eventId }) };
  await addTimeline(trx, [{ taskRowId: task.id, what: status, detail: told }]);
  observeStatus(trx, deps.observe, status);
  if (isOver && source === 'callback')
    await deps.queue.enqueue(trx, 'sync-approval', { approvalId: approval.id, why: 'terminal' });
}

async function noteContradiction(
  trx: Trx,
  deps: NewsDeps,
  { task, approval }: Subject,
  { status }: News,
): Promise<void> {
  const message = `The provider now says that the approval is ${status}; the task stays ${task.status}, as it said before.`;
  const detail = {
    alarm: 'contradiction',
    message,
    approvalInstanceId: approval.approval_instance_id,
    status,
  };
  await addTimeline(trx, [{ taskRowId: task.id, what: 'alarm', detail }]);
  observeAlarm(trx, deps.observe, 'contradiction');
}

/**
 * Applies news of an approval of an earlier generation (it was gone at the provider, and a person retried the task). Only that approval
 * changes; if it is decided after all, that is a second decision about one task, which a person must know.
 */
async function applyToEarlier(
  trx: Trx,
  deps: NewsDeps,
  { task, approval }: Subject,
  { status }: News,
): Promise<'applied' | 'unchanged'> {
  const isKnown = approval.status === status || isOver(approval.status);
  // As pending it would count as the task's open approval, but the task has a newer one.
  if (isKnown || status === 'pending') return 'unchanged';
  await updateApproval(trx, approval.id, { status, next_sync_at: null });
  const message = `An earlier approval of this task, believed gone, is ${status} at the provider.`;
  const detail = {
    alarm: 'two-instances',
    message,
    approvalInstanceId: approval.approval_instance_id,
    status,
  };
  await addTimeline(trx, [{ taskRowId: task.id, what: 'alarm', detail }]);
  observeAlarm(trx, deps.observe, 'two-instances');
  return 'applied';
}

const isOver = (status: ApprovalRow['status']): boolean => status !== null && status !== 'pending';
