import { randomUUID } from 'node:crypto';
import type { Company } from '../company.ts';
import { parseObject, BadBody } from '../http.ts';
import { ApiRefusal } from '../refusals.ts';
import type { Family } from '../gateway.ts';
import { findRoute } from './routes.ts';

const TOKEN_HEADER = 'x-acs-dingtalk-access-token';

/** The new family: token in a header, camelCase, HTTP status tells, failures are `{code, requestid, message}` (protocols/dingtalk.md §0). */
export const newFamily: Family = {
  find(method, path) {
    const found = findRoute(method, path);
    if (!found)
      throw new ApiRefusal(
        'InvalidAction.NotFound',
        'Specified api is not found, please check your url and method.',
        404,
      );
    return found;
  },

  authenticate: (company, { header }) =>
    company.apps.get(appKeyOf(company, header(TOKEN_HEADER))) ?? refuseToken(),

  parse(text, contentType) {
    if (text !== '' && !/^application\/json\b/i.test(contentType))
      throw new ApiRefusal('invalidParameter', 'Content-Type must be application/json');
    try {
      return parseObject(text);
    } catch (error) {
      if (error instanceof BadBody) throw new ApiRefusal('invalidParameter', error.message);
      throw error;
    }
  },

  trouble: {
    throttled: () =>
      new ApiRefusal(
        'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
        '您的应用调用该接口的频率过高，请稍后再试',
        403,
      ),
    broken: () => new ApiRefusal('systemError', '系统异常', 500),
  },

  success: (body, requestId) => ({
    status: 200,
    body,
    headers: { 'x-acs-request-id': requestId, 'x-acs-trace-id': randomUUID().replaceAll('-', '') },
  }),

  failure(error, requestId) {
    if (!(error instanceof ApiRefusal)) return null;
    return {
      status: error.status,
      // `requestid` all in lower case, as observed (§0).
      body: { code: error.code, requestid: requestId, message: error.message },
      headers: { 'x-acs-request-id': requestId, 'x-acs-trace-id': randomUUID().replaceAll('-', '') },
    };
  },
};

/** HTTP 400, not 401 (protocols/dingtalk.md §1 "Invalid/expired token"). */
function refuseToken(): never {
  throw new ApiRefusal('InvalidAuthentication', '不合法的access_token');
}

function appKeyOf(company: Company, token: string): string {
  const use = company.tokens.use(token, company.faults.tokenExpiresAfterCalls ?? null);
  return typeof use === 'string' ? refuseToken() : use.appKey;
}
