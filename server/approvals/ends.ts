import type { Trx } from '../db/database.ts';
import type { ApprovalDeps } from './deps.ts';
import type { Why } from './judge.ts';
import { observeAlarm, observeStatus } from './observe.ts';
import { updateApproval, updateTask } from './store.ts';
import type { Subject } from './store.ts';
import { addTimeline } from './timeline-store.ts';

type Deps = Pick<ApprovalDeps, 'observe'>;

/** Ends a task as failed; nothing of it stands at the provider, so that a person may retry it. */
export async function failTask(trx: Trx, deps: Deps, { task, approval }: Subject, why: Why): Promise<void> {
  await closeApproval(trx, approval.id, {
    intent: null,
    intent_hash: null,
    intent_at: null,
    absent_since: null,
  });
  await becomeFailed(trx, deps, task.id, why);
}

/**
 * Ends a task whose create may stand at the provider without anybody knowing as which instance. The intent is kept: before a retry
 * sends anything, the provider is searched for it once more.
 * @param found instances that could be it
 */
export async function failUnknown(
  trx: Trx,
  deps: Deps,
  { task, approval }: Subject,
  message: string,
  found: readonly string[] = [],
): Promise<void> {
  await closeApproval(trx, approval.id);
  await becomeFailed(trx, deps, task.id, { code: 'CREATE_UNKNOWN', message }, { found });
  observeAlarm(trx, deps.observe, 'create-unknown');
}

/** Ends a task as revoked, without the provider: nothing of it stands there. */
export async function revokeUnsent(trx: Trx, deps: Deps, { task, approval }: Subject): Promise<void> {
  await closeApproval(trx, approval.id, {
    intent: null,
    intent_hash: null,
    intent_at: null,
    absent_since: null,
  });
  await updateTask(trx, task.id, { status: 'revoked' });
  const message = 'The approval had not been opened yet.';
  await addTimeline(trx, [{ taskRowId: task.id, what: 'revoked', detail: { message } }]);
  observeStatus(trx, deps.observe, 'revoked');
}

/** Ends a task whose approval the provider does not have any more. Should it come back, its news still counts. */
export async function failGone(trx: Trx, deps: Deps, { task, approval }: Subject): Promise<void> {
  await updateApproval(trx, approval.id, { status: null, next_sync_at: null });
  const message = `The provider does not have the approval ${approval.approval_instance_id ?? ''} any more: it was deleted there.`;
  await becomeFailed(trx, deps, task.id, { code: 'INSTANCE_GONE', message });
}

async function becomeFailed(
  trx: Trx,
  deps: Deps,
  taskRowId: string,
  why: Why,
  more: object = {},
): Promise<void> {
  const { code, message } = why;
  await updateTask(trx, taskRowId, { status: 'failed', reason: { code, message } });
  await addTimeline(trx, [{ taskRowId, what: 'failed', detail: { code, message, ...more } }]);
  observeStatus(trx, deps.observe, 'failed');
}

const closeApproval = (trx: Trx, id: string, more: Readonly<Record<string, unknown>> = {}): Promise<void> =>
  updateApproval(trx, id, { opening: 'closed', next_sync_at: null, ...more });
