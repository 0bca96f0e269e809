import type { EventShown, EventSummary, RawPush } from '../contract/event.ts';
import type { EventWithTask } from './read-store.ts';

/** An event as a list shows it; what is unknown is left out. */
export function showSummary(row: Omit<EventWithTask, 'raw' | 'payload'>): EventSummary {
  return {
    id: row.id,
    channelId: row.channel_id,
    type: row.type,
    receivedAt: row.received_at.toISOString(),
    outcome: row.outcome,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.definition_id !== null && { definitionId: row.definition_id }),
    ...(row.approval_instance_id !== null && { approvalInstanceId: row.approval_instance_id }),
    ...(row.platform_task_id !== null && { taskId: row.platform_task_id }),
  };
}

/** An event in full. */
export function showEvent(row: EventWithTask, executionIds: string[]): EventShown {
  return {
    ...showSummary(row),
    raw: row.raw as RawPush | null,
    payload: row.payload as EventShown['payload'],
    executionIds,
  };
}
