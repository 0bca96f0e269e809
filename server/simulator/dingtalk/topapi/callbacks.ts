import { bareUrl, mayCall, type App, type Callback } from '../apps.ts';
import type { Call, Endpoint } from '../api/call.ts';
import { CORP_ID } from '../company.ts';
import { isAesKey } from '../crypto.ts';
import type { EventPayload } from '../events/payload.ts';
import type { Fields } from '../http.ts';
import { TopapiRefusal } from '../refusals.ts';
import { optionalFlag, optionalWhole, text } from './read.ts';

/** Callback registration by API, and the list of events that could not be pushed (protocols/dingtalk.md §9). */

const TAGS = [
  'bpms_instance_change',
  'bpms_task_change',
  'user_add_org',
  'user_modify_org',
  'user_leave_org',
  'user_active_org',
  'org_dept_create',
  'org_dept_modify',
  'org_dept_remove',
];
const MAX_FAILED = 200;
const MAX_PAGE = 100;

/** `POST /call_back/register_call_back` {call_back_tag, token, aes_key, url}: check_url is pushed during the call. */
export const register: Endpoint = async (call) => {
  if (call.app.callback) throw new TopapiRefusal(71006, '回调地址已经存在');
  return save(call);
};

/** `POST /call_back/update_call_back`, the same body. */
export const update: Endpoint = async (call) => {
  registered(call.app);
  return save(call);
};

/** `GET /call_back/get_call_back`: answers the secrets too, as the real one does. */
export const get: Endpoint = ({ app }) => {
  const { tags, token, aesKey, url } = registered(app);
  return { call_back_tag: tags ?? TAGS, token, aes_key: aesKey, url };
};

/** `GET /call_back/delete_call_back` */
export const remove: Endpoint = ({ company, app }) => {
  registered(app);
  company.apps.set(app.appKey, { ...app, callback: null });
  return {};
};

/** `GET /call_back/get_call_back_failed_result`: at most 200, oldest first; what was read is off the list. */
export const failedResult: Endpoint = ({ company, app }) => {
  const open = company.pushes.failed(app.appKey).filter((failure) => !failure.confirmed);
  const page = open.slice(0, MAX_FAILED);
  company.pushes.forget(new Set(page.map((failure) => failure.id)));
  const failed_list = page.map(({ payload, failedAt }) => ({
    call_back_tag: payload.EventType,
    event_time: failedAt,
    [payload.EventType]: { corpid: CORP_ID, ...failedData(payload) },
  }));
  return { has_more: open.length > page.length, failed_list };
};

/**
 * `POST /topapi/callback/failrecord/list` {req: {tags?, cursor?, status?, page_size?, begin_time?, end_time? (s), confirm?}}:
 * nothing is removed, `confirm` marks what was read; status 0 asks for confirmed ones, 1 for the others; cursor is the last id seen.
 */
export const failRecords: Endpoint = ({ company, app, body }) => {
  const req = (body.req ?? {}) as Fields;
  const tags = Array.isArray(req.tags) ? (req.tags as readonly unknown[]) : [];
  const cursor = optionalWhole(req, 'cursor') ?? 0;
  const status = optionalWhole(req, 'status');
  const size = optionalWhole(req, 'page_size') ?? MAX_PAGE;
  if (size < 1 || size > MAX_PAGE)
    throw new TopapiRefusal(400002, `无效的参数: page_size (at most ${MAX_PAGE})`);
  const begin = (optionalWhole(req, 'begin_time') ?? 0) * 1000;
  const end = (optionalWhole(req, 'end_time') ?? Number.MAX_SAFE_INTEGER) * 1000;
  const matching = company.pushes
    .failed(app.appKey)
    .filter(
      (failure) =>
        failure.id > cursor &&
        (tags.length === 0 || tags.includes(failure.payload.EventType)) &&
        (status === null || failure.confirmed === (status === 0)) &&
        failure.failedAt >= begin &&
        failure.failedAt < end,
    );
  const page = matching.slice(0, size);
  const failed_list = page.map(({ id, payload, failedAt }) => ({
    id,
    call_back_tag: payload.EventType,
    call_back_data: JSON.stringify(payload),
    corpid: CORP_ID,
    event_time: failedAt,
  }));
  if (optionalFlag(req, 'confirm') === true) for (const failure of page) failure.confirmed = true;
  return { has_more: matching.length > page.length, failed_list };
};

/** Users by their ids, approvals under a key of their own (§9 "failed_list item"). */
const failedData = (payload: EventPayload): object =>
  payload.EventType.startsWith('user_') ? { userid: payload.userId } : { bpmsCallBackData: payload };

function registered(app: App): Callback {
  if (app.callback?.source !== 'api') throw new TopapiRefusal(71007, '回调地址已不存在');
  return app.callback;
}

async function save({ company, app, body }: Call): Promise<object> {
  const url = text(body, 'url');
  const token = text(body, 'token');
  const aesKey = text(body, 'aes_key');
  const tags = body.call_back_tag;
  if (
    !Array.isArray(tags) ||
    tags.length === 0 ||
    !tags.every((tag) => typeof tag === 'string' && TAGS.includes(tag))
  )
    throw new TopapiRefusal(71008, '回调call_back_tag必须在指定的call_back_tag列表中');
  if (!/^[A-Za-z0-9]{3,63}$/.test(token) || !isAesKey(aesKey))
    throw new TopapiRefusal(
      71010,
      'POST的JSON数据不包含所需要的参数字段或包含的参数格式非法: token, aes_key',
    );
  if (!URL.canParse(url)) throw new TopapiRefusal(71011, '传入的url参数不是合法的url格式');
  if (!mayCall(url, company.publicUrl)) throw new TopapiRefusal(71013, '此域名或IP不能注册或者接收回调事件');
  // Registered by API, an internal app's events carry the corpId (§7 step 5).
  const callback: Callback = {
    source: 'api',
    url,
    token,
    aesKey,
    receiveId: CORP_ID,
    tags: tags as string[],
  };
  const checked = await company.pushes.check({ ...app, callback });
  if (!checked.ok)
    throw checked.unreachable
      ? new TopapiRefusal(71012, `url地址访问异常: ${checked.detail}`)
      : new TopapiRefusal(71009, `返回文本非success: ${checked.detail}`);
  company.apps.set(app.appKey, { ...app, callback });
  company.log(`app ${app.appKey} registered a callback by API, its events go to ${bareUrl(url)}`);
  return {};
}
