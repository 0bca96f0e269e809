import { CORP_ID, type Company } from '../company.ts';
import { newDetail } from '../instances/detail.ts';
import { looksLikeInstanceId } from '../instances/ids.ts';
import type { Instance } from '../instances/instance.ts';
import { terminate, StepRefused } from '../instances/steps.ts';
import { ApiRefusal } from '../refusals.ts';
import { textOf, type Endpoint } from './call.ts';
import { deptName } from './departments.ts';

const MAX_REMARK = 1024;

/** `POST /v1.0/workflow/processInstances` (protocols/dingtalk.md §2). The answer is not wrapped in `result`. */
export const create: Endpoint = ({ company, body }) => ({ instanceId: company.open(body).instanceId });

/** `GET /v1.0/workflow/processInstances?processInstanceId=` (§4). */
export const detail: Endpoint = ({ company, query }) => {
  const id = query.get('processInstanceId') ?? '';
  if (id === '') throw new ApiRefusal('invalidParameter', '获取单个审批实例详情参数错误: processInstanceId');
  if (!looksLikeInstanceId(id))
    throw new ApiRefusal('processInstanceIdError', `processInstanceId参数无效: ${id}`);
  const instance = company.instances.get(id);
  if (!instance) throw new ApiRefusal('processInstanceNotExist', '审批实例不存在');
  return { result: newDetail(instance, CORP_ID, deptName(company, instance)), success: true };
};

/** `POST /v1.0/workflow/processInstances/terminate` (§3). */
export const revoke: Endpoint = ({ company, body }) => {
  const id = textOf(body.processInstanceId);
  if (id === null) throw new ApiRefusal('invalidInstanceId', '审批实例ID不能为空');
  if (typeof body.isSystem !== 'boolean')
    throw new ApiRefusal('invalidInstanceTerminateIsSystem', '撤销审批实例，是否通过系统操作参数不能为空');
  const userId = textOf(body.operatingUserId);
  if (!body.isSystem && userId === null)
    throw new ApiRefusal(
      'invalidInstanceTerminateOperatingUserId',
      '撤销审批实例，当isSystem为false时，操作人的userId不能为空',
    );
  if (userId !== null && !company.people.byId(userId)) throw new ApiRefusal('userNotExist', '用户不存在');
  const remark = remarkOf(body.remark, MAX_REMARK, 'invalidParameter');
  const instance = company.instances.get(id);
  if (!instance) throw new ApiRefusal('aflowProcessInstNotExist', '审批实例不存在');
  revokeNow(company, instance, body.isSystem ? null : userId, remark);
  return { result: true, success: true };
};

/** Revokes as the API does, 15-second rule included. Throws ApiRefusal with the codes of §3. */
export function revokeNow(
  company: Company,
  instance: Instance,
  userId: string | null,
  remark: string | null,
): void {
  const now = company.clock.now();
  if (instance.status === 'RUNNING' && now < instance.createdAt + company.revokeLockMs())
    throw new ApiRefusal('aflowProcessInstStatusException', '提交审批后 15 秒内不允许撤销');
  try {
    company.take(terminate(instance, userId, now, remark));
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error;
    if (error.fault === 'finished')
      throw new ApiRefusal('aflowProcessInstStatusException', '审批单状态异常: 审批单已结束');
    throw new ApiRefusal('internalError', '您没有任务处理的权限');
  }
}

/** A remark of at most `max` characters, null when there is none. */
export function remarkOf(value: unknown, max: number, code: string): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string' || value.length > max)
    throw new ApiRefusal(code, `remark must be text of at most ${max} characters`);
  return value;
}
