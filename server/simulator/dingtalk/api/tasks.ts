import type { Company } from '../company.ts';
import type { Instance } from '../instances/instance.ts';
import { agree, comment, redirect, refuse, StepRefused, type Step } from '../instances/steps.ts';
import { ApiRefusal } from '../refusals.ts';
import { textOf, type Endpoint } from './call.ts';
import { remarkOf } from './instances.ts';

const MAX_REMARK = 1024;
const MAX_REDIRECT_REMARK = 256;

/** `POST /v1.0/workflow/processInstances/execute`: agree or refuse one task (protocols/dingtalk.md §3 "Related writes"). */
export const execute: Endpoint = ({ company, body }) => {
  const instanceId = textOf(body.processInstanceId);
  if (instanceId === null) throw new ApiRefusal('invalidInstanceId', '审批实例ID不能为空');
  const userId = textOf(body.actionerUserId);
  if (userId === null)
    throw new ApiRefusal('invalidInstanceExecuteActionerUserId', '同意拒绝审批任务，操作人的userId不能为空');
  if (typeof body.taskId !== 'number')
    throw new ApiRefusal('invalidInstanceExecuteTaskId', '同意拒绝审批任务，任务节点id不能为空');
  if (body.result !== 'agree' && body.result !== 'refuse')
    throw new ApiRefusal(
      'invalidInstanceExecuteResult',
      '同意拒绝审批任务，审批操作取值必填 且值必须为agree/refuse',
    );
  assertEmployed(company, userId);
  const act = {
    taskId: body.taskId,
    userId,
    at: company.clock.now(),
    remark: remarkOf(body.remark, MAX_REMARK, 'invalidParameter'),
  };
  const instance = company.instances.get(instanceId);
  if (!instance) throw new ApiRefusal('aflowProcessNotExist', '审批流不存在');
  const decide = body.result === 'agree' ? agree : refuse;
  takeOr(company, () => decide(instance, act, company.nextTaskId), {
    finished: ['aflowProcessInstStatusException', '审批单状态异常'],
    other: ['aflowProcessInstCanNotBeExecuted', '审批状态异常，无法执行'],
  });
  return { result: true, success: true };
};

/** `POST /v1.0/workflow/tasks/redirect`: hand a task over (official page transfer-the-oa-approval-task). */
export const hand: Endpoint = ({ company, body }) => {
  const toUserId = textOf(body.toUserId);
  const userId = textOf(body.operateUserId);
  if (typeof body.taskId !== 'number') throw new ApiRefusal('param.blank', 'taskId参数不能为空');
  if (toUserId === null) throw new ApiRefusal('param.blank', 'toUserId参数不能为空');
  if (userId === null) throw new ApiRefusal('param.blank', 'operateUserId参数不能为空');
  const remark = remarkOf(body.remark, MAX_REDIRECT_REMARK, 'param.illegal');
  if (!company.people.byId(toUserId)) throw new ApiRefusal('param.illegal', '不合法的参数toUserId');
  const instance = company.ofTask(body.taskId);
  const task = instance?.tasks.find((known) => known.taskId === body.taskId);
  if (!instance || !task) throw new ApiRefusal('param.illegal', '不合法的参数taskId');
  if (instance.status !== 'RUNNING')
    throw new ApiRefusal('instance.status.error', '当前流程实例状态不是运行中不支持转交操作');
  if (task.status !== 'RUNNING')
    throw new ApiRefusal('task.status.error', '当前任务状态不是运行中不支持转交操作');
  if (task.userId !== userId) throw new ApiRefusal('param.illegal.operator', '不合法的参数operateUserId');
  const act = { taskId: task.taskId, userId, at: company.clock.now(), remark };
  takeOr(company, () => redirect(instance, act, toUserId, company.nextTaskId), {
    finished: ['instance.status.error', '当前流程实例状态不是运行中不支持转交操作'],
    other: ['param.illegal', '不合法的参数toUserId'],
  });
  return { result: true };
};

/** `POST /v1.0/workflow/processInstances/comments` (official page official-approval-adds-approval-comments). */
export const remark: Endpoint = ({ company, body }) => {
  const instanceId = textOf(body.processInstanceId);
  if (instanceId === null) throw new ApiRefusal('invalidInstanceId', '审批实例ID不能为空');
  const text = remarkOf(body.text, MAX_REMARK, 'invalidParameter');
  if (text === null) throw new ApiRefusal('invalidInstanceCommentText', '审批实例评论内容不能为空');
  const userId = textOf(body.commentUserId);
  if (userId === null) throw new ApiRefusal('invalidInstanceCommentUserId', '审批实例评论人userId不能为空');
  assertEmployed(company, userId);
  const instance = company.instances.get(instanceId);
  if (!instance) throw new ApiRefusal('aflowProcessInstNotExist', '审批实例不存在');
  const refused = ['aflowProcessInstCanNotBeExecuted', '审批状态异常，无法执行'] as const;
  takeOr(company, () => comment(instance, userId, company.clock.now(), text), {
    finished: refused,
    other: refused,
  });
  return { result: true, success: true };
};

function assertEmployed(company: Company, userId: string): void {
  if (!company.people.byId(userId)) throw new ApiRefusal('userNotExist', '用户不存在');
}

type Words = readonly [code: string, message: string];

function takeOr(
  company: Company,
  step: () => Step,
  codes: { readonly finished: Words; readonly other: Words },
): Instance {
  try {
    return company.take(step());
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error;
    const [code, message] = error.fault === 'finished' ? codes.finished : codes.other;
    throw new ApiRefusal(code, message);
  }
}
