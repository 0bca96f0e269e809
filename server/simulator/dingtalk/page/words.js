/* global localStorage, navigator */

/** What the page says, in both languages. A function takes what it speaks of. */
export const WORDS = {
  en: {
    title: 'DingTalk simulator',
    summary: (count, waiting) => `${count} ${count === 1 ? 'instance' : 'instances'}, ${waiting} waiting`,
    emptyTitle: 'No approval instance yet',
    emptyText: 'Open one from a second terminal:',
    emptyHint: 'It appears here by itself; then approve, refuse, transfer or withdraw it.',
    openedBy: (name) => `opened by ${name}`,
    form: 'Form',
    tasks: 'Tasks',
    records: 'Records',
    emptyForm: 'The form is empty.',
    actAs: 'Acting as',
    next: (name) => `${name} (next)`,
    remark: 'Remark (optional)',
    approve: 'Approve',
    refuse: 'Refuse',
    transferTo: 'Transfer to',
    redirect: 'Transfer',
    withdraw: 'Withdraw',
    comment: 'Comment',
    undelivered: 'Undelivered events',
    undeliveredText: 'Pushed three times without a correct answer; kept for get_call_back_failed_result.',
    faults: 'Faults',
    faultsText: 'Make the simulated DingTalk misbehave. Rates are from 0 to 1; an empty box is off.',
    faultsOn: (count) => (count === 0 ? '(none)' : `(${count} on)`),
    apply: 'Apply',
    unreachable: 'The simulator does not answer; trying again.',
    status: { RUNNING: 'Pending', agree: 'Approved', refuse: 'Refused', TERMINATED: 'Withdrawn' },
    task: {
      RUNNING: 'deciding',
      AGREE: 'approved',
      REFUSE: 'refused',
      REDIRECTED: 'handed over',
      CANCELED: 'no longer needed',
      TERMINATED: 'ended',
    },
    record: {
      START_PROCESS_INSTANCE: 'opened',
      AGREE: 'approved',
      REFUSE: 'refused',
      REDIRECT_TASK: 'handed over',
      TERMINATE_PROCESS_INSTANCE: 'withdrawn',
      FINISH_PROCESS_INSTANCE: 'finished',
      ADD_REMARK: 'commented',
      PROCESS_CC: 'copies sent to',
    },
    fault: {
      latencyMs: 'Answer every call late, by ms',
      throttleRate: 'Throttle, share of calls',
      http500Rate: 'Answer 500, share of calls',
      htmlRate: 'Answer 200 with HTML, share of calls',
      dropCreateResponses: 'Cut the connection after the next creates',
      listingLagMs: 'List new instances late, by ms',
      tokenExpiresAfterCalls: 'A token is good for this many calls',
      revokeLockMs: 'No revoke after creation, for ms (15000)',
      duplicateEvents: 'Push every event twice',
      reorderEvents: 'Push events out of order',
      dropEvents: 'Lose every event',
    },
  },
  zh: {
    title: '钉钉模拟器',
    summary: (count, waiting) => `共 ${count} 个审批实例，${waiting} 个待审批`,
    emptyTitle: '还没有审批实例',
    emptyText: '在另一个终端里发起一个：',
    emptyHint: '发起后会自动显示在这里，然后可以同意、拒绝、转交或撤销。',
    openedBy: (name) => `由 ${name} 发起`,
    form: '表单',
    tasks: '任务',
    records: '记录',
    emptyForm: '表单为空。',
    actAs: '操作人',
    next: (name) => `${name}（当前审批人）`,
    remark: '备注（可选）',
    approve: '同意',
    refuse: '拒绝',
    transferTo: '转交给',
    redirect: '转交',
    withdraw: '撤销',
    comment: '评论',
    undelivered: '推送失败的事件',
    undeliveredText: '推送三次都没有得到正确应答，保留给 get_call_back_failed_result 读取。',
    faults: '故障开关',
    faultsText: '让模拟的钉钉出错。比例取 0 到 1；留空表示关闭。',
    faultsOn: (count) => (count === 0 ? '（无）' : `（已开启 ${count} 项）`),
    apply: '应用',
    unreachable: '模拟器没有应答，正在重试。',
    status: { RUNNING: '审批中', agree: '已同意', refuse: '已拒绝', TERMINATED: '已撤销' },
    task: {
      RUNNING: '审批中',
      AGREE: '已同意',
      REFUSE: '已拒绝',
      REDIRECTED: '已转交',
      CANCELED: '无需处理',
      TERMINATED: '已终止',
    },
    record: {
      START_PROCESS_INSTANCE: '发起审批',
      AGREE: '同意',
      REFUSE: '拒绝',
      REDIRECT_TASK: '转交',
      TERMINATE_PROCESS_INSTANCE: '撤销',
      FINISH_PROCESS_INSTANCE: '审批结束',
      ADD_REMARK: '评论',
      PROCESS_CC: '抄送给',
    },
    fault: {
      latencyMs: '每次调用延迟应答（毫秒）',
      throttleRate: '限流比例',
      http500Rate: '返回 500 的比例',
      htmlRate: '返回 200 和 HTML 的比例',
      dropCreateResponses: '接下来几次创建成功后断开连接',
      listingLagMs: '新实例延迟进入列表（毫秒）',
      tokenExpiresAfterCalls: '每个 token 可调用的次数',
      revokeLockMs: '创建后不可撤销的时间（毫秒，默认 15000）',
      duplicateEvents: '每个事件推送两次',
      reorderEvents: '打乱事件顺序',
      dropEvents: '丢弃所有事件',
    },
  },
};

const KEY = 'countersign.simulator.language';

/** 'en' or 'zh': what was chosen last, else what the browser asks for first. */
export function chosenLanguage() {
  const kept = localStorage.getItem(KEY);
  if (kept === 'en' || kept === 'zh') return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Remembers the choice on this machine. */
export function rememberLanguage(language) {
  localStorage.setItem(KEY, language);
}
