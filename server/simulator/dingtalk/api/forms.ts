import { randomUUID } from 'node:crypto';
import { CORP_ID, type Company } from '../company.ts';
import { ApiRefusal } from '../refusals.ts';
import { actorKey, COMPONENT_TYPES, flowOf, schemaOf, type Field, type Template } from '../templates.ts';
import { minuteTime } from '../instances/ids.ts';
import { activityId } from '../instances/instance.ts';
import type { Fields } from '../http.ts';
import { textOf, type Endpoint } from './call.ts';

const MAX_TEMPLATES = 100;

/** `GET /v1.0/workflow/forms/schemas/processCodes?processCode=` (official page obtain-the-form-schema). */
export const schema: Endpoint = ({ company, query }) => {
  const processCode = query.get('processCode') ?? '';
  if (processCode === '')
    throw new ApiRefusal('invalidParameter', 'processCode is mandatory for this action.');
  const template = company.templates.get(processCode);
  if (!template) throw new ApiRefusal('aflowProcessCodeIsError', '获取审批模板失败或审批模板已被删除');
  return { result: schemaOf(template, CORP_ID) };
};

/** `GET /v1.0/workflow/processes/userVisibilities/templates` (protocols/dingtalk.md §2 "Templates"). */
export const visible: Endpoint = ({ company, query }) => {
  const start = wholeNumber(query.get('nextToken'));
  if (start === null)
    throw new ApiRefusal('invalidNextToken', '获取指定用户可见的审批表单列表，分页查询的游标不能为空');
  const size = wholeNumber(query.get('maxResults'));
  if (size === null || size < 1 || size > MAX_TEMPLATES)
    throw new ApiRefusal(
      'invalidMaxResults',
      '获取指定用户可见的审批表单列表，分页参数非法，每页大小，最多传100。',
    );
  const userId = query.get('userId');
  if (userId && !company.people.byId(userId))
    throw new ApiRefusal('invalidParameter', '获取指定用户可见的审批表单列表参数错误: userId');
  const all = [...company.templates.values()];
  const end = start + size;
  const processList = all.slice(start, end).map((template) => ({
    name: template.name,
    url: `https://aflow.dingtalk.com/dingtalk/mobile/homepage.htm?corpid=${CORP_ID}&processCode=${template.processCode}`,
    iconUrl: '',
    processCode: template.processCode,
    dirId: 'other',
    dirName: '其他',
  }));
  return { result: { processList, ...(end < all.length ? { nextToken: end } : {}) } };
};

/** `GET /v1.0/workflow/processCentres/schemaNames/processCodes?name=` */
export const byName: Endpoint = ({ company, query }) => {
  const template = named(company, query.get('name') ?? '');
  if (!template) throw new ApiRefusal('process.error', '模板不存在');
  return { result: { processCode: template.processCode, gmtModified: minuteTime(template.modifiedAt) } };
};

/** `POST /v1.0/workflow/forms`: creates a template, or changes the one of `processCode`. Names are unique in a company (§2). */
export const save: Endpoint = ({ company, body }) => {
  const name = textOf(body.name);
  if (name === null) throw new ApiRefusal('formName.error', '表单名称错误');
  const given = textOf(body.processCode);
  const before = given === null ? undefined : company.templates.get(given);
  if (given !== null && !before) throw new ApiRefusal('processcode.error', 'processCode对应的审批流程不存在');
  const same = named(company, name);
  if (same && same !== before) throw new ApiRefusal('formName.error', '已有相同名称表单');
  const at = company.clock.now();
  const processCode = before?.processCode ?? `PROC-${randomUUID().toUpperCase()}`;
  company.templates.set(processCode, {
    processCode,
    name,
    fields: fieldsOf(body.formComponents),
    nodes: before?.nodes ?? [],
    createdAt: before?.createdAt ?? at,
    modifiedAt: at,
  });
  return { result: { processCode } };
};

/** `POST /v1.0/workflow/processes/forecast`: the steps a request would go through, with the keys of those the initiator picks (§2). */
export const forecast: Endpoint = ({ company, body }) => {
  const userId = textOf(body.userId);
  if (userId === null) throw new ApiRefusal('invalidUserId', '用户userId为空');
  if (!company.people.byId(userId)) throw new ApiRefusal('userNotExist', '用户不存在');
  const processCode = textOf(body.processCode);
  if (processCode === null || typeof body.deptId !== 'number')
    throw new ApiRefusal('invalidParameter', '参数错误');
  const template = company.templates.get(processCode);
  if (!template) throw new ApiRefusal('processCodeError', '获取审批模板失败或模板已删除');
  if (!Array.isArray(body.formComponentValues)) throw new ApiRefusal('componentIsNull', '表单数据为空');
  return {
    result: {
      isForecastSuccess: true,
      processCode,
      userId,
      isStaticWorkflow: true,
      workflowActivityRules: flowOf(template).map((node, index) => ({
        activityId: activityId(index),
        activityName: '审批人',
        activityType: node.userIds.length === 0 ? 'target_select' : 'target_approval',
        isTargetSelect: node.userIds.length === 0,
        workflowActor: {
          actorKey: actorKey(index),
          actorType: 'approver',
          actorSelectionType: 'allStaff',
          allowedMulti: true,
          approvalType: 'MANUAL',
          approvalMethod: node.actionType === 'NONE' ? 'ONE_BY_ONE' : node.actionType,
          required: true,
        },
        activityActioners: node.userIds.map((id) => ({
          userId: id,
          name: company.people.byId(id)?.name ?? '',
        })),
      })),
    },
  };
};

const named = (company: Company, name: string): Template | undefined =>
  company.templates.values().find((template) => template.name === name);

const wholeNumber = (text: string | null): number | null =>
  text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;

function fieldsOf(components: unknown): Field[] {
  const wrong = (why: string): ApiRefusal => new ApiRefusal('formschema.error', `表单schema不合法: ${why}`);
  if (!Array.isArray(components) || components.length === 0) throw wrong('formComponents is empty');
  return (components as readonly unknown[]).map((component, index) => {
    const { componentType, props } = (component ?? {}) as Fields;
    const { label, required, options } = (props ?? {}) as Fields;
    if (!COMPONENT_TYPES.some((known) => known === componentType))
      throw wrong(`formComponents[${index}].componentType`);
    if (typeof label !== 'string' || label === '') throw wrong(`formComponents[${index}].props.label`);
    const words = Array.isArray(options) ? (options as readonly unknown[]).map(optionText) : [];
    if (words.includes(null)) throw wrong(`formComponents[${index}].props.options`);
    return {
      name: label,
      componentType: componentType as string,
      required: required === true,
      options: words.filter((word) => word !== null),
    };
  });
}

/** An option is text, or an object with the text under `value`. */
function optionText(option: unknown): string | null {
  if (typeof option === 'string') return option;
  const value = (option as Fields | null)?.value;
  return typeof value === 'string' ? value : null;
}
