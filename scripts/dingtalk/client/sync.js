// Reading where an approval stands (protocols/dingtalk.md §4).

/** An actor of tasks whom no lookup knows. */
const SYSTEM_USER = 'bpms_system';

/** What somebody did: by a record's type, or by a task's result. */
const ACTIONS = new Map(
  Object.entries({
    START_PROCESS_INSTANCE: 'submitted',
    AGREE: 'approved',
    REFUSE: 'rejected',
    REDIRECTED: 'transferred',
    REDIRECT_TASK: 'transferred',
    REDIRECT_PROCESS: 'sent back',
    APPEND_TASK_BEFORE: 'added an approver before',
    APPEND_TASK_AFTER: 'added an approver after',
    TERMINATE_PROCESS_INSTANCE: 'revoked',
    FINISH_PROCESS_INSTANCE: 'finished',
    ADD_REMARK: 'commented',
    PROCESS_CC: 'copied',
  }),
);

/** @type {DingtalkClient['sync']} */
async function sync(id = approvalInstanceId) {
  const detail = await instance(id);
  const tasks = list(detail.tasks);
  const records = list(detail.operationRecords);
  await lookUpNames([...tasks, ...records].map((each) => each.userId));
  const person = (/** @type {any} */ each) => ({
    userId: each.userId,
    userName: names.get(each.userId) ?? null,
  });
  return {
    status: instanceStatus(detail),
    title: String(detail.title ?? ''),
    form: list(detail.formComponentValues)
      .filter((field) => field.name)
      .map((field) => ({ name: field.name, value: field.value ?? null })),
    records: records.map((record) => ({
      ...person(record),
      action: action(record),
      comment: record.remark ?? null,
      at: isoTime(record.date),
    })),
    approvers: tasks.map((task) => ({ ...person(task), status: taskStatus(task) })),
  };
}

/** Rejection is no status at DingTalk: it is COMPLETED with another result. @param {any} detail @returns {ApprovalStatus} */
function instanceStatus({ status, result }) {
  if (status === 'TERMINATED' || status === 'CANCELED') return 'revoked';
  if (status !== 'COMPLETED') return 'pending';
  return result === 'agree' ? 'approved' : result === 'refuse' ? 'rejected' : 'pending';
}

/** pending, approved, rejected, transferred; canceled: somebody else decided. @param {any} task */
function taskStatus({ status, result }) {
  if (status === 'CANCELED' || status === 'TERMINATED') return 'canceled';
  return (status === 'COMPLETED' && ACTIONS.get(result)) || 'pending';
}

/** @param {any} record */
function action({ type, result }) {
  // EXECUTE_TASK_NORMAL, EXECUTE_TASK_AGENT, EXECUTE_TASK_AUTO
  const decision = String(type).startsWith('EXECUTE_TASK') ? ACTIONS.get(result) : undefined;
  return decision ?? ACTIONS.get(type) ?? String(type).toLowerCase().replaceAll('_', ' ');
}
