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
  progress: 'Tour: {{done}} of {{all}} done',
  stepDone: '(done)',
  follow: 'Follow task {{taskId}}',
  toTask: 'To the task',
  toMapping: 'Open the mapping',
  change: {
    title: 'Change a field',
    text: "In the create script, fill Remarks with words of your own: field('Remarks', 'Hello'). Or paste a create script of yours over it.",
  },
  test: {
    title: 'Test it',
    text: 'Press Run create, beside the script. You see the form as the approvers will, and every call that was made.',
  },
  publish: {
    title: 'Publish it',
    text: 'Press Publish, above the script: new tasks get the new version. Approvals under way stay on theirs.',
  },
  submit: {
    title: 'Submit a sample task',
    text: 'As your platform would, with the sample variables.',
    action: 'Submit a task …',
  },
  decide: {
    title: 'Decide it in the simulator',
    text: 'It opens in another tab. Press Approve, once for each approver, then come back: the task turns approved by itself.',
    action: 'To the simulator',
  },
};

const zh = {
  title: '五分钟上手体验',
  text: '在编辑器和内置的模拟器中完整走一遍审批流程，所有数据都不会离开本机。',
  doneTitle: '体验完成',
  doneText:
    '脚本已试运行并发布，任务已在审批应用中处理，结果已返回。下一步：在“审批渠道”中接入您自己的渠道。',
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
    text: "在“发起审批”脚本中，将 Remarks 改为您自己的内容：field('Remarks', '你好')。也可以直接粘贴您自己的脚本。",
  },
  test: {
    title: '试运行',
    text: '点击脚本右侧的“运行发起审批”，即可看到审批人将看到的表单，以及发出的每次调用。',
  },
  publish: {
    title: '发布',
    text: '点击脚本上方的“发布”：新任务将使用新版本，进行中的审批仍使用原版本。',
  },
  submit: {
    title: '提交示例任务',
    text: '用示例变量提交一个任务，与您的平台提交时一样。',
    action: '提交任务…',
  },
  decide: {
    title: '在模拟器中审批',
    text: '模拟器会在新标签页中打开。点击“同意”（有多位审批人时逐一同意），然后返回此页：任务会自动变为“已通过”。',
    action: '打开模拟器',
  },
} satisfies Same<typeof en>;

/** Texts of the first-run tour. */
export const tour = { en, zh };
