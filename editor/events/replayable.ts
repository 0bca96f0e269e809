import type { EventShown } from '../../server/contract/event.ts';

/**
 * Why an event cannot be replayed (words/events.ts), as server/events/replay.ts refuses it; undefined when it can.
 * An event that is decided and names an approval but no task is of an approval that a test opened.
 */
export function whyNotReplayable({
  outcome,
  approvalInstanceId,
  taskId,
}: Pick<EventShown, 'outcome' | 'approvalInstanceId' | 'taskId'>):
  'noReplayForeign' | 'noReplayNoApproval' | 'noReplayOfTest' | undefined {
  if (outcome === 'foreign') return 'noReplayForeign';
  if (approvalInstanceId === undefined) return 'noReplayNoApproval';
  return taskId === undefined && outcome === 'unchanged' ? 'noReplayOfTest' : undefined;
}
