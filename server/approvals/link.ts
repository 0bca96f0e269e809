import type { Trx } from '../db/database.ts';
import type { ApprovalRow } from '../db/tables.ts';
import { untilNextPoll, callbacksArrive } from './poll-schedule.ts';
import type { ApprovalDeps } from './deps.ts';
import { failTask } from './ends.ts';
import { findOwner } from './intent-store.ts';
import type { Why } from './judge.ts';
import { observeAlarm, observeStatus } from './observe.ts';
import {
  fromNow,
  lockInstance,
  lockSubject,
  taskIdOf,
  updateApproval,
  updateTask,
  wakeEvents,
} from './store.ts';
import type { Subject } from './store.ts';
import { addTimeline } from './timeline-store.ts';

/** How an instance became known: the create call's answer, the provider's listing, or the script's word alone. */
export type LinkedBy = 'answer' | 'search' | 'script';

export interface Found {
  readonly instanceId: string;
  readonly by: LinkedBy;
  /** For the timeline: what is odd about it. */
  readonly note?: string | undefined;
  /** The approval whose create opened it, when that is an earlier generation's: its version goes on reading its events. */
  readonly openedFor?: Pick<ApprovalRow, 'channel_id' | 'mapping_id' | 'version'>;
  /** When callbacks of the channel last arrived. */
  readonly lastCallbackAt: Date | null;
}

/**
 * Links an instance to the approval that it was opened for, and makes the task pending. Safe against everything that may have happened
 * meanwhile: the same instance twice is one link; a second instance of a task is told and never linked.
 * @returns false when another task has become the owner of what the provider itself named: their forms are the same, and which of them
 *   an instance belongs to cannot be told. Then nothing was changed, and the provider is to be searched for the one that is left.
 */
export async function linkInstance(
  trx: Trx,
  deps: ApprovalDeps,
  approvalId: string,
  found: Found,
): Promise<boolean> {
  const subject = await lockSubject(trx, approvalId);
  if (subject === undefined) return true;
  const { task, approval } = subject;
  if (approval.approval_instance_id === found.instanceId) return true;
  const isMine =
    task.generation === approval.generation && (task.status === 'submitted' || task.status === 'failed');
  if (approval.opening === 'linked' || !isMine) {
    // What this late answer tells of may have been taken over since, by a retry or by a task of the same content.
    const owner = await findOwner(trx, approval.channel_id, found.instanceId);
    if (owner === undefined) await noteSecond(trx, deps, subject, found.instanceId);
    return true;
  }
  const channelId = found.openedFor?.channel_id ?? approval.channel_id;
  await lockInstance(trx, channelId, found.instanceId);
  const other = await findOwner(trx, channelId, found.instanceId);
  if (other === undefined) await link(trx, deps, subject, found, channelId);
  else if (found.by === 'script')
    await failTask(trx, deps, subject, await belongsTo(trx, found.instanceId, other));
  else return false;
  return true;
}

/** Why a search goes on after `linkInstance` answered false. */
export const ANOTHERS: Why = {
  code: 'CREATE_UNKNOWN',
  message: 'The approval that was found has become that of another task of the same content meanwhile.',
};

async function link(
  trx: Trx,
  deps: ApprovalDeps,
  { task, approval }: Subject,
  { instanceId, by, note, openedFor, lastCallbackAt }: Found,
  channelId: string,
): Promise<void> {
  const { waits, queue, observe } = deps;
  const schedule = {
    step: 0,
    callbacksArrive: callbacksArrive(lastCallbackAt, waits, Date.now()),
    random: deps.random(),
  };
  await updateApproval(trx, approval.id, {
    ...(openedFor ?? {}),
    opening: 'linked',
    approval_instance_id: instanceId,
    linked_at: trx.fn.now(),
    status: 'pending',
    sync_step: 0,
    next_sync_at: fromNow(trx, untilNextPoll(waits, schedule)),
    absent_since: null,
  });
  await updateTask(trx, task.id, { status: 'pending' });
  const detail = { approvalInstanceId: instanceId, by, ...(note === undefined ? {} : { note }) };
  await addTimeline(trx, [{ taskRowId: task.id, what: 'opened', detail }]);
  if (task.revoke_requested_at !== null)
    await queue.enqueue(trx, 'revoke-approval', { approvalId: approval.id }, { afterMs: waits.revokeAfter });
  await wakeEvents(trx, queue, { channelId, approvalInstanceId: instanceId }, approval.id);
  observeStatus(trx, observe, 'pending');
}

/** An instance came to light that the task has no use for: it stands at the provider beside another one, or after the task's end. */
async function noteSecond(
  trx: Trx,
  { observe }: Pick<ApprovalDeps, 'observe'>,
  { task, approval }: Subject,
  instanceId: string,
): Promise<void> {
  const kept = approval.approval_instance_id ?? 'another one';
  const message = `The provider opened ${instanceId} for this task too; the task goes with ${kept}. Revoke the other one there.`;
  const detail = { alarm: 'two-instances', message, approvalInstanceId: instanceId };
  await addTimeline(trx, [{ taskRowId: task.id, what: 'alarm', detail }]);
  observeAlarm(trx, observe, 'two-instances');
}

async function belongsTo(trx: Trx, instanceId: string, other: ApprovalRow): Promise<Why> {
  const owner = await taskIdOf(trx, other);
  const whose = owner === undefined ? 'a test run' : `the task "${owner}"`;
  return {
    code: 'SCRIPT_RESULT',
    message: `The create stage named the approval ${instanceId}, which belongs to ${whose} already.`,
  };
}
