// Reading an event (protocols/dingtalk.md §8).

/** By the event's `type`; `finish` by its `result` too. */
const EVENT_STATUS = new Map(
  /** @type {[string, ApprovalStatus][]} */ ([
    ['start', 'pending'],
    ['finish agree', 'approved'],
    ['finish refuse', 'rejected'],
    ['terminate', 'revoked'],
  ]),
);

/** @type {DingtalkClient['callback']} */
function callback(payload = event, type = eventType) {
  const told = plain(payload);
  // Only the instance's own events decide: tasks are steps on the way. The second name is that of third-party apps.
  if (!/^(bpms_instance_change$|workflow_instance_change_)/.test(type || told.EventType)) return null;
  const status = EVENT_STATUS.get(told.type === 'finish' ? `finish ${told.result}` : told.type);
  if (status === undefined || !told.processInstanceId) return null;
  const at = isoTime(told.finishTime ?? told.EventTime ?? told.createTime);
  return { approvalInstanceId: told.processInstanceId, status, at };
}
