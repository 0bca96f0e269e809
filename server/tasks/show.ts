import type { Channel } from '../channels/store.ts';
import type { ApprovalShown } from '../contract/approval.ts';
import type { TaskShown, TaskSummary } from '../contract/task.ts';
import type { ApprovalRow, TaskRow, TimelineRow } from '../db/tables.ts';
import type { TaskListed } from './list-store.ts';

/** A task's row as the API shows it in lists. */
export function showSummary(row: TaskListed): TaskSummary {
  const { reason_code: code, reason_message: message, revoke_requested_at: revokeRequestedAt } = row;
  return {
    taskId: row.task_id,
    taskType: row.task_type,
    taskSubtype: row.task_subtype,
    status: row.status,
    ...(code === null ? {} : { reason: { code, message: message ?? '' } }),
    taskName: row.task_name,
    submitter: row.submitter,
    submittedBy: row.submitted_by,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    ...(revokeRequestedAt === null ? {} : { revokeRequestedAt: revokeRequestedAt.toISOString() }),
  };
}

/** A task in full. @param channel of the approval; undefined: no links can be made */
export function showTask(
  task: TaskRow,
  approval: ApprovalRow,
  timeline: readonly TimelineRow[],
  channel: Channel | undefined,
): TaskShown {
  const { variables } = task;
  const nextTryAt =
    approval.opening === 'ready' || approval.opening === 'sending' ? approval.next_sync_at : null;
  return {
    ...showSummary({
      ...task,
      task_name: variables['TASK_NAME'] ?? '',
      submitter: variables['SUBMITTER'] ?? '',
    }),
    variables,
    approval: showApproval(approval, channel),
    opening: {
      channelId: approval.channel_id,
      mappingId: approval.mapping_id,
      version: approval.version ?? 0,
      state: approval.opening,
      ...(nextTryAt === null ? {} : { nextTryAt: nextTryAt.toISOString() }),
    },
    timeline: timeline.map(({ at, what, by, detail }) => ({ at: at.toISOString(), what, by, detail })),
  };
}

function showApproval(row: ApprovalRow, channel: Channel | undefined): ApprovalShown | null {
  const { approval_instance_id: approvalInstanceId, linked_at: openedAt } = row;
  if (approvalInstanceId === null || openedAt === null) return null;
  const url = channel === undefined ? undefined : urlOf(channel, approvalInstanceId);
  return {
    channelId: row.channel_id,
    mappingId: row.mapping_id,
    version: row.version ?? 0,
    approvalInstanceId,
    status: row.status,
    title: row.title,
    form: row.form,
    approvers: row.approvers as ApprovalShown['approvers'],
    records: row.records as ApprovalShown['records'],
    ...(url === undefined ? {} : { url }),
    openedAt: openedAt.toISOString(),
    ...(row.synced_at === null ? {} : { syncedAt: row.synced_at.toISOString() }),
    ...(row.next_sync_at === null ? {} : { nextSyncAt: row.next_sync_at.toISOString() }),
  };
}

/** Where people look at an approval; undefined when the provider has no such page or wants a company id that the channel lacks. */
function urlOf({ provider, stage }: Channel, approvalInstanceId: string): string | undefined {
  const template = provider.approvalUrl;
  if (template === undefined || (template.includes('{corpId}') && stage.corpId === '')) return undefined;
  return template
    .replaceAll('{corpId}', encodeURIComponent(stage.corpId))
    .replaceAll('{approvalInstanceId}', encodeURIComponent(approvalInstanceId));
}
