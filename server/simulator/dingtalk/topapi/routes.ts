import type { Route } from '../api/call.ts';
import { TopapiRefusal } from '../refusals.ts';
import { create, get as getInstance, listIdsOld, terminate } from './approvals.ts';
import { failedResult, failRecords, get as getCallback, register, remove, update } from './callbacks.ts';
import { getByMobile, getUser, listId, listParentByUser, listSub } from './contacts.ts';
import { robotSend, workNotice } from './messages.ts';
import { gettoken } from './token.ts';

interface OldRoute extends Route {
  readonly method: 'GET' | 'POST';
}

/** The old family's endpoints by path (protocols/dingtalk.md §14 item 1). */
const ROUTES: Readonly<Record<string, OldRoute>> = {
  '/gettoken': { method: 'GET', run: gettoken, open: true },
  '/topapi/v2/user/getbymobile': { method: 'POST', run: getByMobile },
  '/topapi/v2/user/get': { method: 'POST', run: getUser },
  '/topapi/v2/department/listsub': { method: 'POST', run: listSub },
  '/topapi/user/listid': { method: 'POST', run: listId },
  '/topapi/v2/department/listparentbyuser': { method: 'POST', run: listParentByUser },
  '/topapi/processinstance/create': { method: 'POST', run: create, creates: true },
  '/topapi/processinstance/get': { method: 'POST', run: getInstance },
  '/topapi/processinstance/listids': { method: 'POST', run: listIdsOld },
  '/topapi/process/instance/terminate': { method: 'POST', run: terminate },
  '/topapi/message/corpconversation/asyncsend_v2': { method: 'POST', run: workNotice },
  '/topapi/callback/failrecord/list': { method: 'POST', run: failRecords },
  '/robot/send': { method: 'POST', run: robotSend, open: true },
  '/call_back/register_call_back': { method: 'POST', run: register },
  '/call_back/update_call_back': { method: 'POST', run: update },
  '/call_back/get_call_back': { method: 'GET', run: getCallback },
  '/call_back/delete_call_back': { method: 'GET', run: remove },
  '/call_back/get_call_back_failed_result': { method: 'GET', run: failedResult },
};

/** The endpoint of a path. Throws TopapiRefusal 22 for an unknown name, 43001 or 43002 for the wrong method (§12). */
export function findRoute(method: string, path: string): Route {
  const route = Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
  if (!route) {
    const sub_msg = `不合法的ApiName, ${path}`;
    throw new TopapiRefusal(22, `不合法的ApiName`, { sub_code: 'isv.invalid-method', sub_msg });
  }
  if (route.method !== method)
    throw route.method === 'GET'
      ? new TopapiRefusal(43001, '需要GET请求')
      : new TopapiRefusal(43002, '需要POST请求');
  return route;
}
