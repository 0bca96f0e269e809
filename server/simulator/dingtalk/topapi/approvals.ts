import { revokeNow, remarkOf } from '../api/instances.ts';
import { checkWindow, listIds } from '../api/listing.ts';
import { deptName } from '../api/departments.ts';
import type { Endpoint } from '../api/call.ts';
import { CORP_ID, type Company } from '../company.ts';
import type { Fields } from '../http.ts';
import { oldDetail } from '../instances/detail.ts';
import type { Instance } from '../instances/instance.ts';
import { ApiRefusal, TopapiRefusal } from '../refusals.ts';
import { commaList, nested, optionalFlag, optionalText, optionalWhole, text, whole } from './read.ts';

/** The old family's workflow calls (protocols/dingtalk.md §2–§5 "Legacy"): the same rules, other names and codes. */

const MAX_SIZE = 20;
const MAX_CONTROLS = 200;
const MAX_CC = 20;
const MAX_REMARK = 1024;

/** Codes of the old table (server-api-error-codes-1) for the new family's refusals; 820001 is its "create failed". */
const OLD_CODES: Readonly<Record<string, number>> = {
  invalidParameter: 400002,
  processCodeError: 830001,
  userNotExist: 60121,
  aflowProcessInstNotExist: 820005,
  aflowProcessInstStatusException: 820005,
  internalError: 820008,
  invalidInstanceListIdsStartTime: 400002,
  invalidEndTime: 400002,
};
const CREATE_FAILED = 820001;

function inOldWords<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    throw new TopapiRefusal(OLD_CODES[error.code] ?? CREATE_FAILED, error.message);
  }
}

function instanceOf(company: Company, id: string): Instance {
  const instance = company.instances.get(id);
  if (!instance) throw new TopapiRefusal(820005, '审批单状态异常: 审批实例不存在');
  return instance;
}

/** `POST /topapi/processinstance/create`: dept_id required (-1 root), `approvers` "u1,u2" in sequence or `approvers_v2`. */
export const create: Endpoint = ({ company, body }) => {
  const values = body.form_component_values;
  if (!Array.isArray(values) || values.length > MAX_CONTROLS)
    throw new TopapiRefusal(400002, `无效的参数: form_component_values (at most ${MAX_CONTROLS})`);
  const ccList = commaList(body, 'cc_list');
  if (ccList.length > MAX_CC) throw new TopapiRefusal(400002, `无效的参数: cc_list (at most ${MAX_CC})`);
  const request = {
    processCode: text(body, 'process_code'),
    originatorUserId: text(body, 'originator_user_id'),
    deptId: whole(body, 'dept_id'),
    approvers: approversOf(body),
    formComponentValues: (values as readonly (Fields | null)[]).map((entry) => ({
      name: entry?.name,
      value: entry?.value,
      extValue: entry?.ext_value,
    })),
    ...(ccList.length > 0 ? { ccList, ccPosition: optionalText(body, 'cc_position') ?? undefined } : {}),
  };
  return { process_instance_id: inOldWords(() => company.open(request)).instanceId };
};

function approversOf(body: Fields): readonly Fields[] {
  const v2 = body.approvers_v2;
  if (Array.isArray(v2))
    return (v2 as readonly (Fields | null)[]).map((node) => ({
      actionType: node?.task_action_type,
      userIds: node?.user_ids,
    }));
  return commaList(body, 'approvers').map((userId) => ({ actionType: 'NONE', userIds: [userId] }));
}

/** `POST /topapi/processinstance/get` {process_instance_id} */
export const get: Endpoint = ({ company, body }) => {
  const instance = instanceOf(company, text(body, 'process_instance_id'));
  return { process_instance: oldDetail(instance, CORP_ID, deptName(company, instance)) };
};

/** `POST /topapi/processinstance/listids` {process_code, start_time, end_time?, size, cursor, userid_list?} */
export const listIdsOld: Endpoint = ({ company, body }) => {
  const startTime = whole(body, 'start_time');
  const endTime = optionalWhole(body, 'end_time');
  const cursor = optionalWhole(body, 'cursor') ?? 0;
  const size = optionalWhole(body, 'size') ?? MAX_SIZE;
  if (size < 1 || size > MAX_SIZE) throw new TopapiRefusal(400002, `无效的参数: size (at most ${MAX_SIZE})`);
  if (cursor < 0) throw new TopapiRefusal(400002, '无效的参数: cursor');
  inOldWords(() => checkWindow(startTime, endTime, company.clock.now()));
  const userIds = commaList(body, 'userid_list');
  const all = listIds(company, {
    processCode: text(body, 'process_code'),
    startTime,
    endTime: endTime ?? company.clock.now(),
    userIds: userIds.length > 0 ? userIds : null,
    statuses: null,
  });
  const end = cursor + size;
  return { result: { list: all.slice(cursor, end), ...(end < all.length ? { next_cursor: end } : {}) } };
};

/** `POST /topapi/process/instance/terminate` {request: {process_instance_id, is_system, remark, operating_userid}} */
export const terminate: Endpoint = ({ company, body }) => {
  const request = nested(body, 'request');
  const instance = instanceOf(company, text(request, 'process_instance_id'));
  const isSystem = optionalFlag(request, 'is_system');
  if (isSystem === null) throw new TopapiRefusal(400002, '无效的参数: is_system');
  const userId = isSystem ? null : text(request, 'operating_userid');
  if (userId !== null && !company.people.byId(userId)) throw new TopapiRefusal(60121, '找不到该用户');
  inOldWords(() =>
    revokeNow(company, instance, userId, remarkOf(request.remark, MAX_REMARK, 'invalidParameter')),
  );
  return { result: true };
};
