import { beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../server/auth/tokens.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { callApi, startHub } from './hub.ts';
import type { Hub, Reply } from './hub.ts';

describe.each(DATABASES)('API tokens on %s', (kind) => {
  const database = useDatabase(kind);
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub(database());
  });

  const call = (token: string, path = '/as/submitter', on = hub): Promise<Reply> =>
    callApi(on.url, 'GET', path, { headers: { authorization: `Bearer ${token}` } });
  const make = async (role = 'submitter'): Promise<{ id: string; token: string }> =>
    (await hub.admin('POST', '/tokens', { name: 'release', role })).body as {
      id: string;
      token: string;
    };

  it('are shown once, stored as a hash, and work with their role', async () => {
    const { id, token } = await make();
    expect(token).toMatch(/^cs_[\w-]{43}$/);
    expect((await call(token)).body).toEqual({ name: 'token release' });
    expect((await call(token, '/as/editor')).status).toBe(403);
    const { body } = await hub.admin('GET', '/tokens');
    expect(body['items']).toMatchObject([
      { id, name: 'release', role: 'submitter', createdBy: 'ADMIN_TOKEN' },
    ]);
    const everything = [body, hub.log, await database().knex('api_tokens'), await database().knex('audit')];
    expect(JSON.stringify(everything)).not.toContain(token);
  });

  it('tell when they were last used, to the minute', async () => {
    const { id, token } = await make();
    const lastUse = async (): Promise<Date | null | undefined> =>
      (await database().knex('api_tokens').where({ id }).first())?.last_used_at;
    expect(await lastUse()).toBeNull();
    await call(token);
    const first = await lastUse();
    expect(first).toBeInstanceOf(Date);
    hub.wait(1 / 30);
    await call(token);
    expect(await lastUse()).toEqual(first);
    await database().knex.raw("update api_tokens set last_used_at = now() - interval '2 minutes'");
    hub.wait(1 / 30);
    await call(token);
    expect((await lastUse())?.getTime()).toBeGreaterThanOrEqual(first?.getTime() ?? Infinity);
  });

  it('are worth nothing once revoked: here at once, in another process within a second', async () => {
    const other = await startHub(database());
    const { id, token } = await make();
    expect([(await call(token)).status, (await call(token, '/as/viewer', other)).status]).toEqual([200, 200]);
    expect((await hub.admin('DELETE', `/tokens/${id}`)).status).toBe(204);
    expect((await call(token)).status).toBe(401);
    other.wait(1 / 60 + 0.001);
    expect((await call(token, '/as/viewer', other)).status).toBe(401);
    expect((await hub.admin('DELETE', `/tokens/${id}`)).status).toBe(404);
    expect(JSON.stringify((await hub.admin('GET', '/tokens')).body)).not.toContain(id);
    const { body } = await hub.admin('GET', `/audit?objectType=token&objectId=${id}`);
    expect(body['items']).toMatchObject([{ action: 'delete' }, { action: 'create' }]);
  });

  it('are also created by the command line, in a transaction or without', async () => {
    const named = { name: 'ci', role: 'editor', createdBy: 'the command line' } as const;
    const { token } = await database().knex.transaction((trx) => createToken(trx, named));
    expect((await call(token, '/as/editor')).status).toBe(200);
    expect((await call(`${token}x`, '/as/editor')).status).toBe(401);
  });
});
