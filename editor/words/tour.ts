import type { Same } from './same.ts';

const en = {
  title: 'Five minutes with the demo',
  text: 'Go once through the whole way of an approval, here and in the simulator that runs within this hub. Nothing leaves this machine.',
  doneTitle: 'You have seen it all',
  doneText:
    'A script, tested and published; a task, decided in the approval app and back. Next: a channel of your own under Channels.',
  hide: 'Put the tour away',
  finish: 'Close',
  start: 'Take the tour',
  progress: 'Tour: {{done}} of {{all}} steps done',
  stepDone: '(done)',
  follow: 'Follow task {{taskId}}',
  toTask: 'To the task',
  toMapping: 'Open the mapping',
  change: {
    title: 'Change a field',
    text: "In the create script, fill Remarks with words of your own: field('Remarks', 'Hello'). Then save the draft.",
  },
  test: {
    title: 'Test it',
    text: 'Run the create stage beside the script. You see the form as the approvers will, and every call that was made.',
  },
  publish: {
    title: 'Publish it',
    text: 'Publish makes a version that new tasks get. Approvals under way stay on theirs.',
  },
  submit: {
    title: 'Submit a sample task',
    text: 'As your platform would, with the sample variables.',
    action: 'Submit a task …',
  },
  decide: {
    title: 'Decide it in the simulator',
    text: 'Agree as each approver, in another tab. Then come back: the task turns approved by itself.',
    action: 'Open the simulator',
  },
};

const zh = {
  title: '五分钟体验演示',
  text: '在此处以及本服务内置的模拟器中，完整走一遍审批流程。所有内容都不会离开本机。',
  doneTitle: '已全部体验',
  doneText: '脚本已试运行并发布，任务已在审批应用中处理并返回结果。下一步：在“审批渠道”中接入您自己的渠道。',
  hide: '收起引导',
  finish: '关闭',
  start: '开始引导',
  progress: '引导：已完成 {{done}} / {{all}} 步',
  stepDone: '（已完成）',
  follow: '查看任务 {{taskId}}',
  toTask: '查看任务',
  toMapping: '打开映射',
  change: {
    title: '修改一个字段',
    text: "在“发起审批”脚本中，将 Remarks 改为您自己的内容：field('Remarks', '你好')，然后保存草稿。",
  },
  test: {
    title: '试运行',
    text: '在脚本旁运行“发起审批”阶段。您会看到审批人将看到的表单，以及发出的每个调用。',
  },
  publish: {
    title: '发布',
    text: '发布会生成新任务所用的版本，进行中的审批仍使用原来的版本。',
  },
  submit: {
    title: '提交示例任务',
    text: '像您的平台一样，用示例变量提交一个任务。',
    action: '提交任务……',
  },
  decide: {
    title: '在模拟器中审批',
    text: '在另一个标签页中依次以各审批人身份同意，然后返回：任务会自动变为已通过。',
    action: '打开模拟器',
  },
} satisfies Same<typeof en>;

/** Texts of the first-run tour. */
export const tour = { en, zh };
