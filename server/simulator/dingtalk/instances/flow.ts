import { ApiRefusal } from '../refusals.ts';
import type { People } from '../people.ts';
import { actorKey, flowOf, type FlowNode, type NodeAction, type Template } from '../templates.ts';
import type { Instance } from './instance.ts';

const MAX_NODES = 20;
const MAX_CC = 50;

const invalid = (message: string): ApiRefusal => new ApiRefusal('processInstanceInvalidParameter', message);

type Body = Readonly<Record<string, unknown>>;

/** Whether the request brings its own flow, which then replaces the template's (protocols/dingtalk.md §2). */
export const bringsApprovers = (body: Body): boolean =>
  Array.isArray(body.approvers) && body.approvers.length > 0;

/**
 * The steps an instance will go through: `approvers` of the request, else the template's, with the initiator's picks filled in.
 * Throws ApiRefusal: processInstanceInvalidParameter, targetSelectApproverMissing, targetSelectApproverScopeError.
 */
export function flowFor(body: Body, template: Template, people: People): readonly FlowNode[] {
  if (body.approvers !== undefined && body.approvers !== null && !Array.isArray(body.approvers))
    throw invalid('审批人参数错误: approvers must be an array');
  if (bringsApprovers(body)) return requestedFlow(body.approvers as readonly unknown[], people);
  const picks = picksOf(body, people);
  return flowOf(template).map((node, index) => {
    if (node.userIds.length === 0) {
      const userIds = picks.get(actorKey(index));
      if (!userIds) throw new ApiRefusal('targetSelectApproverMissing', `自选审批人缺失: ${actorKey(index)}`);
      return { actionType: actionFor(node.actionType, userIds.length), userIds };
    }
    assertEmployed(node.userIds, people, `template ${template.processCode}`);
    return node;
  });
}

const actionFor = (wanted: NodeAction, people: number): NodeAction =>
  people === 1 ? 'NONE' : wanted === 'NONE' ? 'AND' : wanted;

function requestedFlow(approvers: readonly unknown[], people: People): FlowNode[] {
  if (approvers.length > MAX_NODES) throw invalid(`审批人参数错误: at most ${MAX_NODES} approvers nodes`);
  return approvers.map((entry, index) => {
    const where = `approvers[${index}]`;
    const node = typeof entry === 'object' && entry !== null ? (entry as Body) : {};
    const userIds = textList(node.userIds, `${where}.userIds`);
    assertEmployed(userIds, people, where);
    if (new Set(userIds).size !== userIds.length)
      throw invalid(`审批人参数错误: ${where} names somebody twice`);
    const given = node.actionType ?? (userIds.length === 1 ? 'NONE' : 'AND');
    if (given !== 'AND' && given !== 'OR' && given !== 'NONE')
      throw invalid(`审批人参数错误: ${where}.actionType must be AND, OR or NONE`);
    // AND and OR need two people or more, NONE exactly one (stated in the legacy document, §2).
    if (given === 'NONE' ? userIds.length !== 1 : userIds.length < 2)
      throw invalid(`审批人参数错误: ${where} is ${given} and names ${userIds.length} user(s)`);
    return { actionType: given, userIds };
  });
}

function picksOf(body: Body, people: People): Map<string, readonly string[]> {
  const given = body.targetSelectActioners ?? [];
  if (!Array.isArray(given) || given.length > MAX_NODES)
    throw invalid(`targetSelectActioners must be an array of at most ${MAX_NODES}`);
  const picks = new Map<string, readonly string[]>();
  for (const [index, entry] of (given as readonly unknown[]).entries()) {
    const pick = typeof entry === 'object' && entry !== null ? (entry as Body) : {};
    const where = `targetSelectActioners[${index}]`;
    if (typeof pick.actionerKey !== 'string') throw invalid(`${where}.actionerKey is missing`);
    const userIds = textList(pick.actionerUserIds, `${where}.actionerUserIds`);
    if (userIds.some((userId) => !people.byId(userId)))
      throw new ApiRefusal(
        'targetSelectApproverScopeError',
        `自选审批人不在规定范围内: ${userIds.join(', ')}`,
      );
    picks.set(pick.actionerKey, userIds);
  }
  return picks;
}

/** Who gets copies, and when. Ignored altogether unless the request brings approvers (§2 ccList). */
export function copiesFor(body: Body, people: People): Instance['cc'] {
  const nobody = { userIds: [], atStart: false, atFinish: false };
  if (!bringsApprovers(body) || body.ccList === undefined || body.ccList === null) return nobody;
  if (!Array.isArray(body.ccList) || body.ccList.length > MAX_CC)
    throw invalid(`抄送人参数错误: ccList has at most ${MAX_CC} entries`);
  if (body.ccList.length === 0) return nobody;
  const userIds = textList(body.ccList, 'ccList');
  assertEmployed(userIds, people, 'ccList');
  const position = body.ccPosition ?? 'FINISH';
  if (position !== 'START' && position !== 'FINISH' && position !== 'START_FINISH')
    throw invalid('抄送时间参数错误: ccPosition must be START, FINISH or START_FINISH');
  return { userIds, atStart: position !== 'FINISH', atFinish: position !== 'START' };
}

function textList(value: unknown, where: string): string[] {
  const texts = Array.isArray(value)
    ? (value as readonly unknown[]).filter((entry) => typeof entry === 'string')
    : [];
  if (!Array.isArray(value) || texts.length !== value.length || texts.length === 0)
    throw invalid(`${where} must be a list of at least one user id`);
  return texts;
}

function assertEmployed(userIds: readonly string[], people: People, where: string): void {
  const stranger = userIds.find((userId) => !people.byId(userId));
  if (stranger !== undefined) throw invalid(`审批实例参数错误: ${where} names the unknown user ${stranger}`);
}
