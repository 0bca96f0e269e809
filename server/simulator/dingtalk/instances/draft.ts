import { ApiRefusal } from '../refusals.ts';
import { ROOT_DEPT, type People, type User } from '../people.ts';
import type { Template } from '../templates.ts';
import { bringsApprovers, copiesFor, flowFor } from './flow.ts';
import { fillForm } from './form.ts';
import { newBusinessId, newInstanceId } from './ids.ts';
import type { Draft } from './steps.ts';

type Body = Readonly<Record<string, unknown>>;

/** The root department as workflow calls spell it; the address book calls it 1 (protocols/dingtalk.md §6). */
export const WORKFLOW_ROOT_DEPT = -1;

const MAX_URL = 1024;

/**
 * Checks the body of `POST /v1.0/workflow/processInstances` (protocols/dingtalk.md §2) and answers the instance to open.
 * Throws ApiRefusal with the documented code. `at` is epoch milliseconds.
 */
export function draftInstance(
  body: Body,
  known: { readonly templates: ReadonlyMap<string, Template>; readonly people: People },
  at: number,
): Draft {
  const { originatorUserId, processCode } = body;
  if (typeof originatorUserId !== 'string' || originatorUserId === '') throw wrong('originatorUserId');
  if (typeof processCode !== 'string' || processCode === '') throw wrong('processCode');
  checkExtras(body);
  const template = known.templates.get(processCode);
  if (!template) throw new ApiRefusal('processCodeError', `获取审批模板失败或者模板已被删除: ${processCode}`);
  const originator = known.people.byId(originatorUserId);
  if (!originator)
    throw new ApiRefusal(
      'processInstanceInvalidParameter',
      `审批实例参数错误: 发起人 ${originatorUserId} 不存在`,
    );
  const originatorDeptId = departmentFor(body, originator);
  const nodes = flowFor(body, template, known.people);
  const cc = copiesFor(body, known.people);
  return {
    instanceId: newInstanceId(at),
    businessId: newBusinessId(at),
    processCode,
    title: `${originator.name} submitted ${template.name}`,
    originatorUserId,
    originatorDeptId,
    form: fillForm(body.formComponentValues, template, known.people),
    nodes,
    cc,
    createdAt: at,
  };
}

const wrong = (name: string): ApiRefusal => new ApiRefusal('invalidParameter', `发起审批参数错误: ${name}`);

function checkExtras(body: Body): void {
  const { microappAgentId, bizDetailPageUrl } = body;
  if (microappAgentId !== undefined && microappAgentId !== null && !Number.isSafeInteger(microappAgentId))
    throw new ApiRefusal('invalidAgentId', '无效的微应用ID: microappAgentId must be a number');
  if (bizDetailPageUrl === undefined || bizDetailPageUrl === null) return;
  if (typeof bizDetailPageUrl !== 'string' || bizDetailPageUrl.length > MAX_URL)
    throw wrong('bizDetailPageUrl');
  // Paid tier only; the simulated company has the standard one.
  throw new ApiRefusal(
    'benefitStatusInvalid',
    '权益校验失败。指定bizDetailPageUrl为OA高级版专享功能，请开通高级版后再重试。',
  );
}

/** Required without approvers, ignored with them; -1 for the root, else a department the originator is in (§2 deptId). */
function departmentFor(body: Body, originator: User): number {
  const own = originator.deptIds[0] ?? ROOT_DEPT;
  if (bringsApprovers(body)) return own === ROOT_DEPT ? WORKFLOW_ROOT_DEPT : own;
  const { deptId } = body;
  if (deptId === undefined || deptId === null)
    throw new ApiRefusal(
      'processInstanceInvalidParameter',
      '审批实例参数错误: deptId is required when approvers are not given',
    );
  if (typeof deptId !== 'number' || !Number.isSafeInteger(deptId)) throw wrong('deptId must be a number');
  if (deptId === WORKFLOW_ROOT_DEPT) return deptId;
  if (deptId === ROOT_DEPT || !originator.deptIds.includes(deptId))
    throw new ApiRefusal(
      'processInstanceInvalidParameter',
      `审批实例参数错误: 发起人不在发起部门中 (${originator.userId}, ${deptId}; the root department is -1 here)`,
    );
  return deptId;
}
