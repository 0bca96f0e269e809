import { beforeAll, describe, expect, it } from 'vitest';
import { firstStartLink } from '../../server/auth/first-start.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { PASSWORD, addUser, openBrowser, startHub } from './hub.ts';
import type { Hub } from './hub.ts';

describe.each(DATABASES)('a sign-in link on %s', (kind) => {
  const database = useDatabase(kind);
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub(database());
  });

  const linkFor = async (id: string): Promise<{ url: string; token: string }> => {
    const { status, body } = await hub.admin('POST', `/users/${id}/sign-in-link`);
    expect(status).toBe(201);
    return body as { url: string; token: string };
  };
  const use = (token: string, password?: string) =>
    openBrowser(hub).api('POST', '/sign-in/link', { token, ...(password !== undefined && { password }) });

  it('signs in once, however many try at once', async () => {
    const { id, name } = await addUser(hub);
    const { token } = await linkFor(id);
    const replies = await Promise.all(Array.from({ length: 12 }, () => use(token)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(11);
    const lines = await database().knex('audit').where({ object_id: id, action: 'sign-in' });
    expect(lines).toMatchObject([{ by: name, after: { how: 'link' } }]);
  });

  it('is worth nothing after a day, after a newer one, and for a disabled user', async () => {
    const { id } = await addUser(hub);
    const old = await linkFor(id);
    const newer = await linkFor(id);
    expect((await use(old.token)).status).toBe(401);
    await database().knex.raw("update sign_in_links set expires_at = now() - interval '1 second'");
    expect((await use(newer.token)).status).toBe(401);
    const last = await linkFor(id);
    await hub.admin('PATCH', `/users/${id}`, { disabled: true });
    expect((await use(last.token)).status).toBe(401);
    expect((await hub.admin('POST', `/users/${id}/sign-in-link`)).status).toBe(409);
  });

  it('sets a password where one is given, and ends what the old one began', async () => {
    const { id, name } = await addUser(hub);
    const before = openBrowser(hub);
    await before.signIn(name);
    expect((await use((await linkFor(id)).token, 'too short')).status).toBe(400);
    expect((await use((await linkFor(id)).token, 'a new password')).status).toBe(200);
    expect((await before.api('GET', '/session')).status).toBe(401);
    expect((await openBrowser(hub).signIn(name, PASSWORD)).status).toBe(401);
    expect((await openBrowser(hub).signIn(name, 'a new password')).status).toBe(200);
  });

  it('is stored as a hash', async () => {
    const { id } = await addUser(hub);
    const { token, url } = await linkFor(id);
    expect(url).toBe(`${hub.url}/sign-in/link/${token}`);
    const tables = await Promise.all(
      (['sign_in_links', 'audit'] as const).map((table) => database().knex(table).select()),
    );
    expect(JSON.stringify(tables)).not.toContain(token);
    expect(JSON.stringify(hub.log)).not.toContain(token);
  });
});

describe.each(DATABASES)('the first start on %s', (kind) => {
  const database = useDatabase(kind);

  it('gives a link to an admin, and another at each start until somebody can sign in', async () => {
    const hub = await startHub(database());
    const start = (hasOidc = false): Promise<string | undefined> =>
      firstStartLink(database().knex, { publicUrl: hub.url, hasOidc });
    const both = await Promise.all([start(), start()]);
    const [first = '', second = ''] = both.map((url) => new URL(url ?? '').pathname.split('/').at(-1));
    expect(await database().knex('users').select('name', 'role')).toEqual([{ name: 'admin', role: 'admin' }]);

    const browser = openBrowser(hub);
    expect((await browser.api('POST', '/sign-in/link', { token: first })).body).toMatchObject({
      role: 'admin',
    });
    expect(await start()).toBeDefined();
    // Who came by a link has no password to prove.
    const password = { password: 'the first password' };
    expect((await browser.api('POST', '/session/password', password)).status).toBe(204);
    expect(await start()).toBeUndefined();
    expect((await openBrowser(hub).signIn('admin', 'the first password')).status).toBe(200);
    expect((await openBrowser(hub).api('POST', '/sign-in/link', { token: second })).status).toBe(200);
  });

  it('counts an admin with a company account while there is an issuer', async () => {
    await database().knex('users').update({ password_hash: null, oidc_subject: 'issuer sub' });
    const start = (hasOidc: boolean): Promise<string | undefined> =>
      firstStartLink(database().knex, { publicUrl: 'http://x.example', hasOidc });
    expect(await start(true)).toBeUndefined();
    expect(await start(false)).toMatch(/^http:\/\/x\.example\/sign-in\/link\/[\w-]{43}$/);
  });
});
