import type { Same } from './same.ts';

const en = {
  title: 'Home',
  loading: 'Looking how things stand …',
  submitSample: 'Submit a sample task',
  counts: 'Tasks by status',
  attentionTitle: 'Needs attention',
  allWell: 'Nothing does. Stages run, tasks move, callbacks arrive.',
  showAll: 'Show all {{count}}',
  urgency: { bad: 'Does not work', warning: 'Look at it soon', quiet: 'Good to know' },
  attention: {
    stageFails: {
      what: 'Stage {{stage}} of “{{mapping}}” fails',
      todo: '{{message}}',
    },
    tasksFailed: {
      what_one: '{{count}} task has failed',
      what_other: '{{count}} tasks have failed',
      todo: 'See why, mend it, then try them again: all from their list, or one on its page.',
    },
    notSent: {
      what: 'Task {{task}} has not reached the approval app',
      todo: 'Its page says what the hub is waiting for, and when it tries next.',
    },
    undecided: {
      what: 'Task {{task}} waits for its approvers',
      todo: 'Its page says who has not decided yet.',
    },
    eventsFailed: {
      what_one: 'The callback script failed for {{count}} event',
      what_other: 'The callback script failed for {{count}} events',
      todo: 'Mend the callback stage and publish, then replay them.',
    },
    paused: {
      what: 'Channel “{{channel}}” is paused',
      todo: 'Nothing is sent to the provider until somebody resumes it. Events that it pushes are still taken in; a persistent connection is closed.',
    },
    callsUsed: {
      what: 'Channel “{{channel}}” has used up this month’s calls ({{used}} of {{limit}})',
      todo: 'Statuses come by callbacks only until the next month. Raise the channel’s monthly calls if the provider allows more.',
    },
    callsNearlyUsed: {
      what: 'Channel “{{channel}}” has used {{used}} of this month’s {{limit}} calls',
      todo: 'When they are used up, statuses come by callbacks only until the next month.',
    },
    noKeys: {
      what: 'Channel “{{channel}}” takes no callbacks',
      todo: 'It has no keys to verify them with: every decision is found by asking only, later and at the cost of calls.',
    },
    noCallback: {
      what: 'No callback has ever come to channel “{{channel}}”',
      todo: 'Is its callback URL set at the provider, and reachable from there? Until then decisions are found by asking only.',
    },
    notConnected: {
      what: 'Channel “{{channel}}” is not connected to its provider',
      todo: '{{message}} Until it is, decisions are found by asking only.',
    },
    noEvent: {
      what: 'No event has ever come to channel “{{channel}}”',
      todo: 'Is the push method at the provider set to Stream (long connection), with the approval events turned on? Until then decisions are found by asking only.',
    },
  },
  latest: 'Latest tasks',
  allTasks: 'All tasks',
  noTasks:
    'No task has been submitted yet. The platform submits them over the HTTP API; a sample task shows what happens.',
  ways: 'Beside the editor',
  simulator: '{{label}} simulator',
  simulatorText: 'See approvals as approvers do, and decide them.',
  openApi: 'HTTP API (OpenAPI 3.1)',
  openApiText: 'What the platform calls to submit tasks.',
  first: {
    title: 'Nothing is set up yet',
    text: 'Four things, and the first task reaches its approvers:',
    textOthers: 'An administrator begins with a channel. Then the first task is not far:',
    channel: 'A channel: the app at the provider, with its keys.',
    mapping: 'A mapping: the five scripts for one approval form. The default ones work at once.',
    binding: 'A binding: which task types the mapping is for.',
    task: 'A task: from the platform, or a sample from this page.',
    action: 'Make a channel',
  },
};

const zh = {
  title: '首页',
  loading: '正在查看当前状况…',
  submitSample: '提交示例任务',
  counts: '各状态的任务数',
  attentionTitle: '需要关注',
  allWell: '一切正常：各阶段运行正常，任务流转正常，回调接收正常。',
  showAll: '显示全部 {{count}} 项',
  urgency: { bad: '无法运行', warning: '请尽快查看', quiet: '提示' },
  attention: {
    stageFails: {
      what: '“{{mapping}}”的“$t(executions:stages.{{stage}})”阶段失败',
      todo: '{{message}}',
    },
    tasksFailed: {
      what_one: '{{count}} 个任务失败',
      what_other: '{{count}} 个任务失败',
      todo: '查看原因并修复，然后在列表中全部重试，或在任务页面单独重试。',
    },
    notSent: {
      what: '任务 {{task}} 尚未到达审批应用',
      todo: '任务页面会说明正在等待什么，以及下次重试的时间。',
    },
    undecided: {
      what: '任务 {{task}} 正在等待审批人',
      todo: '任务页面会说明谁尚未处理。',
    },
    eventsFailed: {
      what_one: '回调脚本处理 {{count}} 个事件时失败',
      what_other: '回调脚本处理 {{count}} 个事件时失败',
      todo: '修复“回调通知”阶段并发布，然后重放这些事件。',
    },
    paused: {
      what: '审批渠道“{{channel}}”已暂停',
      todo: '恢复之前不会向审批应用发送任何请求；审批应用推送的事件仍会接收，长连接则会断开。',
    },
    callsUsed: {
      what: '审批渠道“{{channel}}”本月调用次数已用完（{{used}} / {{limit}}）',
      todo: '本月内只能通过回调获知状态。如审批应用允许，可提高该渠道的每月调用次数。',
    },
    callsNearlyUsed: {
      what: '审批渠道“{{channel}}”本月已用 {{used}} / {{limit}} 次调用',
      todo: '用完之后，本月内只能通过回调获知状态。',
    },
    noKeys: {
      what: '审批渠道“{{channel}}”不接收回调',
      todo: '缺少验证回调的密钥：只能通过主动查询获知审批结果，较慢且消耗调用次数。',
    },
    noCallback: {
      what: '审批渠道“{{channel}}”从未收到回调',
      todo: '是否已在审批应用中设置回调地址，且该地址可从外部访问？在此之前只能通过主动查询获知审批结果。',
    },
    notConnected: {
      what: '审批渠道“{{channel}}”未能连接到审批应用',
      todo: '{{message}}在连接恢复之前只能通过主动查询获知审批结果。',
    },
    noEvent: {
      what: '审批渠道“{{channel}}”从未收到事件',
      todo: '审批应用中的推送方式是否已设置为 Stream（长连接），并已开启审批事件？在此之前只能通过主动查询获知审批结果。',
    },
  },
  latest: '最新任务',
  allTasks: '全部任务',
  noTasks: '尚无任务。平台通过 HTTP API 提交任务；也可以提交一个示例任务看看效果。',
  ways: '其他入口',
  simulator: '{{label}}模拟器',
  simulatorText: '以审批人的视角查看并处理审批。',
  openApi: 'HTTP API（OpenAPI 3.1）',
  openApiText: '平台提交任务所调用的接口。',
  first: {
    title: '尚未进行任何配置',
    text: '完成以下四步，第一个任务即可到达审批人：',
    textOthers: '首先需要管理员添加审批渠道，然后即可处理第一个任务：',
    channel: '审批渠道：审批应用中的企业应用及其密钥。',
    mapping: '审批流程映射：一个审批表单的五段脚本，默认脚本可直接使用。',
    binding: '绑定：指定映射适用于哪些任务类型。',
    task: '任务：由平台提交，或在此页提交示例任务。',
    action: '添加审批渠道',
  },
} satisfies Same<typeof en>;

/** Texts of the home page. */
export const home = { en, zh };
