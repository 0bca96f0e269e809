import { knowsApp } from '../api/oauth.ts';
import type { Endpoint } from '../api/call.ts';
import { TopapiRefusal } from '../refusals.ts';
import { TOKEN_SECONDS } from '../tokens.ts';

/** `GET /gettoken?appkey=&appsecret=` (protocols/dingtalk.md §1 "Old"): the same token as the new family's. */
export const gettoken: Endpoint = ({ company, query }) => {
  const appKey = query.get('appkey');
  const appSecret = query.get('appsecret');
  if (!appKey || !appSecret) throw new TopapiRefusal(40035, '不合法的参数: appkey and appsecret');
  if (!knowsApp(company, appKey, appSecret)) throw new TopapiRefusal(40089, '不合法的corpId或corpSecret');
  return { access_token: company.tokens.issue(appKey), expires_in: TOKEN_SECONDS };
};
