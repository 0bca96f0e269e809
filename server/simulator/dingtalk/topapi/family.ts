import { randomText } from '../crypto.ts';
import type { Family } from '../gateway.ts';
import { BadBody, parseForm, parseObject } from '../http.ts';
import { TopapiRefusal } from '../refusals.ts';
import { findRoute } from './routes.ts';

/** The old family: token in the query only, snake_case, HTTP 200 with an `errcode` (protocols/dingtalk.md §0). */
export const oldFamily: Family = {
  find: (method, path) => ({ route: findRoute(method, path), segment: '' }),

  authenticate(company, { query }) {
    const token = query.get('access_token');
    if (!token) throw new TopapiRefusal(41001, '缺少access_token参数');
    const use = company.tokens.use(token, company.faults.tokenExpiresAfterCalls ?? null);
    // Both shapes were observed (§1): never issued is told directly, one that has ended comes wrapped.
    if (use === 'expired') throw TopapiRefusal.wrapped(40014, '不合法的access_token');
    const app = use === 'unknown' ? undefined : company.apps.get(use.appKey);
    if (!app) throw new TopapiRefusal(40014, '不合法的access_token');
    return app;
  },

  parse(text, contentType) {
    if (text === '') return {};
    try {
      if (/^application\/json\b/i.test(contentType)) return parseObject(text);
    } catch (error) {
      if (error instanceof BadBody) throw new TopapiRefusal(43009, 'post参数需要json类型');
      throw error;
    }
    if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return parseForm(text);
    throw new TopapiRefusal(43004, '无效的HTTP HEADER Content-Type');
  },

  trouble: {
    // In practice the limit comes inside the gateway's wrapper (§12).
    throttled: () => TopapiRefusal.wrapped(90018, '您的服务器调用钉钉开放平台的应用频率过高，请稍后再试'),
    broken: () => new OldHostDown(),
  },

  success: (body) => ({
    status: 200,
    body: { errcode: 0, errmsg: 'ok', ...body, request_id: requestId() },
    headers: {},
  }),

  failure(error) {
    if (error instanceof OldHostDown)
      return { status: 500, body: { errcode: -1, errmsg: '系统繁忙', request_id: requestId() }, headers: {} };
    if (!(error instanceof TopapiRefusal)) return null;
    const { errcode, message, sub } = error;
    return { status: 200, body: { errcode, errmsg: message, ...sub, request_id: requestId() }, headers: {} };
  },
};

class OldHostDown extends Error {}

const requestId = (): string => randomText(12).toLowerCase();
