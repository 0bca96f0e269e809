import type { Same } from './same.ts';

const en = {
  title: 'Submit a sample task',
  text: 'Submits a task as your platform would: a real one, that opens an approval at the channel to which its type is bound.',
  loading: 'Fetching the samples …',
  type: 'Task type',
  subtype: 'Subtype (may be empty)',
  taskId: 'Task id',
  variables_one: '{{count}} variable, filled with a sample',
  variables_other: '{{count}} variables, filled with samples',
  cancel: 'Cancel',
  submit: 'Submit the task',
  submitting: 'Submitting …',
  done: 'Task {{taskId}} is submitted.',
};

const zh = {
  title: '提交示例任务',
  text: '与您的平台一样提交一个任务。这是真实任务，会在其类型所绑定的审批渠道中发起审批。',
  loading: '正在获取示例…',
  type: '任务类型',
  subtype: '子类型（可为空）',
  taskId: '任务 ID',
  variables_one: '{{count}} 个变量，已填入示例值',
  variables_other: '{{count}} 个变量，已填入示例值',
  cancel: '取消',
  submit: '提交任务',
  submitting: '正在提交…',
  done: '任务 {{taskId}} 已提交。',
} satisfies Same<typeof en>;

/** Texts of the dialog that submits a sample task. */
export const sample = { en, zh };
