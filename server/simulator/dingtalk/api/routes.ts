import { accessToken, corpToken } from './oauth.ts';
import type { Route } from './call.ts';
import { byName, forecast, save, schema, visible } from './forms.ts';
import { create, detail, revoke } from './instances.ts';
import { query } from './listing.ts';
import { openConnection } from '../stream/open-endpoint.ts';
import { execute, hand, remark } from './tasks.ts';

/** The new family's endpoints, `METHOD path` (protocols/dingtalk.md §14 item 1). */
const ROUTES: Readonly<Record<string, Route>> = {
  'POST /v1.0/oauth2/accessToken': { run: accessToken, open: true },
  'POST /v1.0/gateway/connections/open': { run: openConnection, open: true, xml: true },
  'POST /v1.0/workflow/processInstances': { run: create, creates: true },
  'GET /v1.0/workflow/processInstances': { run: detail },
  'POST /v1.0/workflow/processInstances/terminate': { run: revoke },
  'POST /v1.0/workflow/processInstances/execute': { run: execute },
  'POST /v1.0/workflow/processInstances/comments': { run: remark },
  'POST /v1.0/workflow/tasks/redirect': { run: hand },
  'POST /v1.0/workflow/processes/instanceIds/query': { run: query },
  'POST /v1.0/workflow/processes/forecast': { run: forecast },
  'GET /v1.0/workflow/processes/userVisibilities/templates': { run: visible },
  'GET /v1.0/workflow/processCentres/schemaNames/processCodes': { run: byName },
  'GET /v1.0/workflow/forms/schemas/processCodes': { run: schema },
  'POST /v1.0/workflow/forms': { run: save },
};

const CORP_TOKEN = /^\/v1\.0\/oauth2\/([^/]+)\/token$/;

/** The endpoint of a call and the variable segment of its path; null when there is none of that method and path. */
export function findRoute(
  method: string,
  path: string,
): { readonly route: Route; readonly segment: string } | null {
  const name = `${method} ${path}`;
  const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
  if (route) return { route, segment: '' };
  const corpId = CORP_TOKEN.exec(path)?.[1];
  return corpId !== undefined && method === 'POST'
    ? { route: { run: corpToken, open: true }, segment: corpId }
    : null;
}
