import { beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../../server/contract/role.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { PASSWORD, addUser, callApi, openBrowser, startHub } from './hub.ts';
import type { Hub } from './hub.ts';

describe.each(DATABASES)('users on %s', (kind) => {
  const database = useDatabase(kind);
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub(database());
  });

  it('are made, shown, changed and removed by admins, with every step in the audit record', async () => {
    const made = await hub.admin('POST', '/users', { name: ' Li Lei ', role: 'editor', password: PASSWORD });
    expect(made).toMatchObject({
      status: 201,
      body: {
        name: 'Li Lei',
        role: 'editor',
        disabled: false,
        hasPassword: true,
        oidc: false,
        lastSignInAt: null,
      },
    });
    const { id } = made.body;
    expect(
      await hub.admin('PATCH', `/users/${String(id)}`, { role: 'viewer', disabled: true }),
    ).toMatchObject({
      ...{ status: 200, body: { role: 'viewer', disabled: true } },
    });
    expect(await hub.admin('PATCH', `/users/${String(id)}`, { disabled: false })).toMatchObject({
      ...{ body: { disabled: false } },
    });
    expect((await hub.admin('DELETE', `/users/${String(id)}`)).status).toBe(204);
    expect((await hub.admin('DELETE', `/users/${String(id)}`)).status).toBe(404);
    const { body } = await hub.admin('GET', `/audit?objectType=user&objectId=${String(id)}`);
    expect(body['items']).toMatchObject([
      { action: 'delete', by: 'ADMIN_TOKEN', before: { name: 'Li Lei' }, after: null },
      { action: 'update', before: { disabled: true }, after: { disabled: false } },
      {
        action: 'update',
        before: { role: 'editor', disabled: false },
        after: { role: 'viewer', disabled: true },
      },
      { action: 'create', before: null, after: { name: 'Li Lei', role: 'editor' } },
    ]);
    expect(JSON.stringify(body)).not.toContain(PASSWORD);
  });

  it('have names of their own', async () => {
    const [one, two] = [await addUser(hub), await addUser(hub)];
    const taken = one.name.toUpperCase();
    const told = { status: 409, body: { code: 'CONFLICT', errors: [{ path: 'name' }] } };
    expect(await hub.admin('POST', '/users', { name: taken, role: 'viewer' })).toMatchObject(told);
    expect(await hub.admin('PATCH', `/users/${two.id}`, { name: taken })).toMatchObject(told);
    expect(await hub.admin('PATCH', `/users/${one.id}`, { name: taken })).toMatchObject({ status: 200 });
    // é as one character and as two: nobody sees a difference, and a keyboard makes either.
    expect(await hub.admin('POST', '/users', { name: 'Zoe\u0301', role: 'viewer' })).toMatchObject({
      body: { name: 'Zo\u00e9' },
    });
    expect(await hub.admin('POST', '/users', { name: 'Zo\u00e9', role: 'viewer' })).toMatchObject(told);
  });

  it('can be looked up by a text that is no id, without an internal error', async () => {
    for (const id of ['x', '%00', "'; drop table users", '0'])
      expect((await hub.admin('PATCH', `/users/${encodeURIComponent(id)}`, {})).status).toBeLessThan(500);
    expect((await hub.admin('GET', '/users?cursor=x')).status).toBe(400);
  });

  it('are listed page by page, newest first', async () => {
    for (let each = 0; each < 5; each++) await addUser(hub);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await hub.admin('GET', `/users?limit=2${cursor && `&cursor=${cursor}`}`);
      const page = body as { items: { id: string }[]; nextCursor: string | null };
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([...seen].sort().reverse());
    expect(new Set(seen).size).toBe((await database().knex('users').select('id')).length);
  });

  it('keep an admin, even when two admins take each other’s rights away at once', async () => {
    for (const change of ['demote', 'disable', 'remove'] as const)
      for (let round = 0; round < 2; round++) {
        await database().knex('users').where({ role: 'admin' }).delete();
        const [one, two] = [await addUser(hub, 'admin'), await addUser(hub, 'admin')];
        const take = ({ id }: { id: string }): Promise<{ status: number }> =>
          change === 'remove'
            ? hub.admin('DELETE', `/users/${id}`)
            : hub.admin(
                'PATCH',
                `/users/${id}`,
                change === 'demote' ? { role: 'editor' } : { disabled: true },
              );
        const replies = await Promise.all([take(one), take(two)]);
        expect(replies.map(({ status }) => status).sort()).toEqual([change === 'remove' ? 204 : 200, 409]);
        const left = await database().knex('users').where({ role: 'admin', disabled_at: null });
        expect(left).toHaveLength(1);
        expect(
          await hub.admin('PATCH', `/users/${left[0]?.id ?? ''}`, { name: `kept ${change} ${round}` }),
        ).toMatchObject({
          ...{ status: 200 },
        });
      }
  });

  it('may what their role may, and nobody else may anything', async () => {
    for (const [held, role] of ROLES.entries()) {
      const { name } = await addUser(hub, role);
      const browser = openBrowser(hub);
      await browser.signIn(name);
      for (const [needed, other] of ROLES.entries())
        expect((await browser.api('GET', `/as/${other}`)).status, `${role} as ${other}`).toBe(
          held >= needed ? 200 : 403,
        );
      for (const path of ['/users', '/tokens', '/audit'])
        expect((await browser.api('GET', path)).status).toBe(role === 'admin' ? 200 : 403);
    }
    expect((await callApi(hub.url, 'GET', '/as/viewer')).status).toBe(401);
  });
});
