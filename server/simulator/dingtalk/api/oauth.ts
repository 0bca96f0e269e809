import { CORP_ID, type Company } from '../company.ts';
import { sameSecret } from '../crypto.ts';
import { ApiRefusal } from '../refusals.ts';
import { TOKEN_SECONDS } from '../tokens.ts';
import { textOf, type Endpoint } from './call.ts';

/** Whether this pair is a registered app's. */
export function knowsApp(
  company: Company,
  appKey: string | null,
  appSecret: string | null,
): appKey is string {
  const app = company.apps.get(appKey ?? '');
  return sameSecret(appSecret ?? '', app?.appSecret ?? '') && app !== undefined;
}

/** `POST /v1.0/oauth2/accessToken` (protocols/dingtalk.md §1): `expireIn`, not expires_in. */
export const accessToken: Endpoint = ({ company, body }) => {
  const appKey = textOf(body.appKey);
  if (!knowsApp(company, appKey, textOf(body.appSecret)))
    throw new ApiRefusal('invalidClientIdOrSecret', '无效的clientId或者clientSecret');
  return { accessToken: company.tokens.issue(appKey), expireIn: TOKEN_SECONDS };
};

/** `POST /v1.0/oauth2/{corpId}/token`, the newest form (§1): snake_case, `expires_in`. */
export const corpToken: Endpoint = ({ company, body, segment }) => {
  const clientId = textOf(body.client_id);
  if (body.grant_type !== 'client_credentials')
    throw new ApiRefusal('unsupported.grant.type', 'grant_type must be client_credentials');
  if (!knowsApp(company, clientId, textOf(body.client_secret)))
    throw new ApiRefusal('invalid.client', 'client_id or client_secret is wrong');
  if (segment !== CORP_ID)
    throw new ApiRefusal('unauthorized.client', `the app is not installed in ${segment}`, 401);
  return { access_token: company.tokens.issue(clientId), expires_in: TOKEN_SECONDS };
};
