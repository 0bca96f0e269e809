import { describe, expect, it } from 'vitest';
import { ROLES } from '../../server/contract/role.ts';
import type { Role } from '../../server/contract/role.ts';
import { useDatabase } from '../support/databases.ts';
import { clientOf, setUp, useRunningHub } from '../support/hub.ts';
import type { Client } from '../support/hub.ts';

/**
 * The least role for every operation (docs/http-api.md), written down here by hand: a new one is refused by this test until
 * somebody has decided who may call it.
 */
const RIGHTS: Readonly<Record<string, Role | 'anyone'>> = {
  'GET /openapi.json': 'anyone',
  'POST /sign-in': 'anyone',
  'POST /sign-in/link': 'anyone',
  'GET /session': 'viewer',
  'POST /session/password': 'viewer',
  'POST /sign-out': 'viewer',
  'POST /sign-out/everywhere': 'viewer',
  'GET /channels': 'viewer',
  'POST /channels': 'admin',
  'GET /channels/{id}': 'viewer',
  'PATCH /channels/{id}': 'admin',
  'DELETE /channels/{id}': 'admin',
  'POST /channels/{id}/verify': 'admin',
  'GET /channels/{id}/forms/{definitionId}': 'editor',
  'GET /mappings': 'viewer',
  'POST /mappings': 'editor',
  'GET /mappings/{id}': 'viewer',
  'PATCH /mappings/{id}': 'editor',
  'DELETE /mappings/{id}': 'editor',
  'GET /mappings/{id}/form': 'viewer',
  'PUT /mappings/{id}/draft/{stage}': 'editor',
  'POST /mappings/{id}/test/{stage}': 'editor',
  'POST /mappings/{id}/publish': 'editor',
  'POST /mappings/{id}/shadow': 'editor',
  'GET /mappings/{id}/versions': 'viewer',
  'GET /mappings/{id}/versions/{version}': 'viewer',
  'POST /mappings/{id}/versions/{version}/restore': 'editor',
  'GET /mappings/{id}/compare': 'viewer',
  'POST /mappings/{id}/duplicate': 'editor',
  'GET /bindings': 'viewer',
  'PUT /bindings': 'editor',
  'DELETE /bindings/{id}': 'editor',
  'GET /overview': 'viewer',
  'GET /find': 'viewer',
  'GET /tasks': 'viewer',
  'POST /tasks': 'submitter',
  'GET /tasks/{taskId}': 'viewer',
  'POST /tasks/{taskId}/revoke': 'submitter',
  'POST /tasks/{taskId}/sync': 'submitter',
  'POST /tasks/{taskId}/look': 'viewer',
  'POST /tasks/{taskId}/retry': 'submitter',
  'GET /executions': 'viewer',
  'GET /executions/{id}': 'viewer',
  'GET /events': 'viewer',
  'GET /events/{id}': 'viewer',
  'POST /events/{id}/replay': 'editor',
  'GET /catalogue/variables': 'viewer',
  'PUT /catalogue/variables': 'admin',
  'GET /catalogue/task-types': 'viewer',
  'PUT /catalogue/task-types': 'admin',
  'GET /catalogue/providers': 'viewer',
  'GET /audit': 'admin',
  'GET /tokens': 'admin',
  'POST /tokens': 'admin',
  'DELETE /tokens/{id}': 'admin',
  'GET /users': 'admin',
  'POST /users': 'admin',
  'PATCH /users/{id}': 'admin',
  'DELETE /users/{id}': 'admin',
  'POST /users/{id}/sign-out': 'admin',
  'POST /users/{id}/sign-in-link': 'admin',
};

const OUTSIDE = /^\/(healthz|readyz|metrics|callbacks)/;
/** Of no object: who may call it meets 404 or 400, who may not never gets so far. */
const NOBODYS = '00000000-0000-7000-8000-000000000000';

const pathOf = (path: string): string =>
  path
    .replace('{stage}', 'create')
    .replace('{version}', '1')
    .replace(/\{\w+\}/, NOBODYS);

describe('rights', () => {
  const hub = useRunningHub(useDatabase('embedded'));

  async function operations(api: Client): Promise<string[]> {
    const { body } = await api('GET', '/openapi.json');
    const { paths } = body as { paths: Record<string, Record<string, unknown>> };
    return Object.entries(paths)
      .map(([path, item]) => [path.replace(/^\/api\/v1/, ''), item] as const)
      .filter(([path]) => !OUTSIDE.test(path))
      .flatMap(([path, item]) =>
        Object.keys(item)
          .filter((key) => /^(get|post|put|patch|delete)$/.test(key))
          .map((method) => `${method.toUpperCase()} ${path}`),
      );
  }

  it('are written down for every operation that there is', async () => {
    expect((await operations(hub().api)).sort()).toEqual(Object.keys(RIGHTS).sort());
  });

  it('hold on every operation, for every role and for nobody', async () => {
    const { api, url } = hub();
    const tokens = new Map<Role, string>();
    for (const role of ROLES) {
      const made = await api('POST', '/tokens', { name: `a ${role}`, role });
      tokens.set(role, (made.body as { token: string }).token);
    }
    const wrong: string[] = [];
    for (const [operation, least] of Object.entries(RIGHTS)) {
      const [method = '', path = ''] = operation.split(' ');
      const asked = method === 'GET' || method === 'DELETE' ? undefined : {};
      const nobody = await clientOf(`${url}/api/v1`, null)(method, pathOf(path), asked);
      if ((nobody.status === 401) === (least === 'anyone'))
        wrong.push(`${operation} for nobody: ${nobody.status}`);
      for (const [role, token] of tokens) {
        const isAllowed = least === 'anyone' || ROLES.indexOf(role) >= ROLES.indexOf(least);
        const { status, body } = await clientOf(`${url}/api/v1`, `Bearer ${token}`)(
          method,
          pathOf(path),
          asked,
        );
        const isRefused = status === 403 && (body as { code: string }).code === 'FORBIDDEN';
        if (isRefused === isAllowed || status === 401 || status >= 500)
          wrong.push(`${operation} for ${role}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
    // Hundreds of requests in a row, on a machine that may be busy.
  }, 120_000);

  it('end with the token', async () => {
    const { api, url } = hub();
    const { body } = await api('POST', '/tokens', { name: 'soon gone', role: 'viewer' });
    const { id, token } = body as { id: string; token: string };
    const theirs = clientOf(`${url}/api/v1`, `Bearer ${token}`);
    expect((await theirs('GET', '/tasks')).status).toBe(200);
    expect((await api('DELETE', `/tokens/${id}`)).status).toBe(204);
    expect((await theirs('GET', '/tasks')).status).toBe(401);
  });

  it('show sources with secrets masked to who may only read', async () => {
    const running = hub();
    const { mappingId } = await setUp(running);
    const source = "const password = 'Tr0ub4dor-and-3-staples';\nreturn await dingtalk.create();";
    await running.api('PUT', `/mappings/${mappingId}/draft/create`, { source });
    const { body } = await running.api('POST', '/tokens', { name: 'a reader', role: 'submitter' });
    const theirs = clientOf(`${running.url}/api/v1`, `Bearer ${(body as { token: string }).token}`);
    const read = await theirs('GET', `/mappings/${mappingId}`);
    const seen = (read.body as { draft: { create: { source: string } } }).draft.create.source;
    expect(seen).not.toContain('Tr0ub4dor');
    expect(seen.split('\n')).toHaveLength(2);
    const own = await running.api('GET', `/mappings/${mappingId}`);
    expect(own.body).toMatchObject({ draft: { create: { source } } });
  });
});
