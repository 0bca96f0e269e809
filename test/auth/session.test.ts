import { beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { ADMIN_TOKEN, PASSWORD, addUser, callApi, openBrowser, startHub } from './hub.ts';
import type { Browser, Hub } from './hub.ts';

describe.each(DATABASES)('a session on %s', (kind) => {
  const database = useDatabase(kind);
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub(database());
  });

  const signedIn = async (
    role: Parameters<typeof addUser>[1] = 'viewer',
  ): Promise<Browser & { id: string; name: string }> => {
    const user = await addUser(hub, role);
    const browser = openBrowser(hub);
    expect((await browser.signIn(user.name)).status).toBe(200);
    return Object.assign(browser, user);
  };
  const isIn = async (browser: Browser): Promise<boolean> =>
    (await browser.api('GET', '/session')).status === 200;
  const age = (id: string, change: string): Promise<unknown> =>
    database().knex.raw(`update sessions set ${change} where user_id = ?`, [id]);

  it('begins with name and password, in whatever case the name is typed', async () => {
    const { id, name } = await addUser(hub, 'editor');
    const browser = openBrowser(hub);
    const { status, headers, body } = await browser.signIn(name.toUpperCase());
    expect(status).toBe(200);
    expect(body).toMatchObject({ user: { id, name, kind: 'user' }, role: 'editor' });
    const [cookie = ''] = headers.getSetCookie();
    expect(cookie).toMatch(
      /^countersign_session=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/,
    );
    const stored = await database().knex('sessions').where({ user_id: id });
    expect(JSON.stringify(stored)).not.toContain(browser.cookies.get('countersign_session'));
    expect((await browser.api('GET', '/as/editor')).body).toEqual({ name });
  });

  it('answers unknown names and wrong passwords alike', async () => {
    const { name } = await addUser(hub);
    const wrong = await openBrowser(hub).signIn(name, 'wrong password');
    const unknown = await openBrowser(hub).signIn('nobody of this name');
    expect(wrong.status).toBe(401);
    expect(unknown.body).toEqual({ ...wrong.body, requestId: unknown.body['requestId'] });
    expect(JSON.stringify(hub.log)).not.toContain('wrong password');
  });

  it('ends when it was not used for 12 hours, and after 7 days in any case', async () => {
    const idle = await signedIn();
    await age(idle.id, "expires_at = now() - interval '1 second'");
    expect(await isIn(idle)).toBe(false);

    const busy = await signedIn();
    await age(busy.id, "last_used_at = now() - interval '11 hours', expires_at = now() + interval '1 hour'");
    const { body } = await busy.api('GET', '/session');
    const hours = (Date.parse(body['expiresAt'] as string) - Date.now()) / 3_600_000;
    expect(hours).toBeCloseTo(12, 1);

    await age(
      busy.id,
      `created_at = now() - interval '6 days 20 hours', last_used_at = now() - interval '1 hour'`,
    );
    expect(await isIn(busy)).toBe(true);
    const [row] = await database().knex('sessions').where({ user_id: busy.id });
    expect((row?.expires_at.getTime() ?? 0) - Date.now()).toBeLessThan(4.1 * 3_600_000);
  });

  it('ends at once with signing out, disabling and removing', async () => {
    const out = await signedIn();
    const cookie = { cookie: `countersign_session=${out.cookies.get('countersign_session') ?? ''}` };
    expect((await out.api('POST', '/sign-out')).status).toBe(204);
    expect(out.cookies.size).toBe(0);
    expect((await callApi(hub.url, 'GET', '/session', { headers: cookie })).status).toBe(401);

    const disabled = await signedIn();
    await hub.admin('PATCH', `/users/${disabled.id}`, { disabled: true });
    expect(await isIn(disabled)).toBe(false);
    expect(await disabled.signIn(disabled.name)).toMatchObject({ status: 403 });
    expect(await disabled.signIn(disabled.name, 'wrong password')).toMatchObject({ status: 401 });

    const removed = await signedIn();
    await hub.admin('DELETE', `/users/${removed.id}`);
    expect(await isIn(removed)).toBe(false);
  });

  it('has the rights that its user has now', async () => {
    const user = await signedIn('viewer');
    expect((await user.api('GET', '/as/submitter')).status).toBe(403);
    await hub.admin('PATCH', `/users/${user.id}`, { role: 'submitter' });
    expect((await user.api('GET', '/as/submitter')).status).toBe(200);
  });

  it("stays when its user's password changes; the others end", async () => {
    const here = await signedIn();
    const elsewhere = openBrowser(hub);
    await elsewhere.signIn(here.name);
    const change = (current: string | undefined, password: string) =>
      here.api('POST', '/session/password', { ...(current !== undefined && { current }), password });
    expect(await change(undefined, 'another password')).toMatchObject({ status: 400 });
    expect((await change('wrong password', 'another password')).body).toMatchObject({
      errors: [{ path: 'current' }],
    });
    expect(await change(PASSWORD, 'short')).toMatchObject({ status: 400 });
    expect(await change(PASSWORD, 'another password')).toMatchObject({ status: 204 });
    expect(await isIn(here)).toBe(true);
    expect(await isIn(elsewhere)).toBe(false);
    expect((await elsewhere.signIn(here.name)).status).toBe(401);
    expect((await elsewhere.signIn(here.name, 'another password')).status).toBe(200);
  });

  it('ends with all the others, in every browser, when its user or an admin says so', async () => {
    const here = await signedIn();
    const elsewhere = openBrowser(hub);
    const stranger = await signedIn();
    await elsewhere.signIn(here.name);
    const reply = await here.api('POST', '/sign-out/everywhere');
    expect(reply).toMatchObject({ status: 200, body: { ended: 2 } });
    expect(here.cookies.size).toBe(0);
    expect([await isIn(here), await isIn(elsewhere)]).toEqual([false, false]);

    for (const browser of [here, elsewhere]) await browser.signIn(here.name);
    expect(await stranger.api('POST', `/users/${here.id}/sign-out`)).toMatchObject({ status: 403 });
    expect((await hub.admin('POST', `/users/${here.id}/sign-out`)).body).toEqual({ ended: 2 });
    expect([await isIn(here), await isIn(elsewhere), await isIn(stranger)]).toEqual([false, false, true]);
    expect((await hub.admin('POST', `/users/${here.id}/sign-out`)).body).toEqual({ ended: 0 });
    expect(await hub.admin('POST', '/users/nobody/sign-out')).toMatchObject({ status: 404 });
    expect((await hub.admin('POST', '/sign-out/everywhere')).body).toEqual({ ended: 0 });

    const audit = await hub.admin('GET', `/audit?objectId=${here.id}&action=sign-out`);
    const lines = audit.body['items'] as { by: string; after: unknown }[];
    expect(lines.map(({ by, after }) => [by, after])).toEqual([
      ['ADMIN_TOKEN', { sessions: 0 }],
      ['ADMIN_TOKEN', { sessions: 2 }],
      [here.name, { sessions: 2 }],
    ]);
  });

  it('is not what a bearer token has, and a wrong token is not helped by a cookie', async () => {
    expect((await hub.admin('GET', '/session')).body).toEqual({
      ...{ user: { id: 'ADMIN_TOKEN', name: 'ADMIN_TOKEN', kind: 'setting' }, role: 'admin' },
      ...{ csrfToken: null, expiresAt: null },
    });
    expect(await hub.admin('POST', '/session/password', { password: 'another password' })).toMatchObject({
      status: 403,
    });
    const user = await signedIn();
    for (const authorization of ['Bearer wrong', `Basic ${ADMIN_TOKEN}`, 'Bearer', `Bearer ${ADMIN_TOKEN}x`])
      expect((await user.api('GET', '/session', undefined, { authorization })).status).toBe(401);
  });

  describe('under attack from another page', () => {
    const own = { origin: (): string => hub.url };
    const other = 'https://evil.example';
    it.each([
      ['with its token', {}, 204],
      ['with its token, from no browser', { origin: undefined }, 204],
      ['with its token, from its own page', { 'sec-fetch-site': 'same-origin' }, 204],
      ['without a token', { 'x-csrf-token': '' }, 403],
      ['with a wrong token', { 'x-csrf-token': 'x'.repeat(43) }, 403],
      ['with its token from another origin', { origin: other }, 403],
      ['with its token from an unknown origin', { origin: 'null' }, 403],
      ['with its token from a page of another site', { 'sec-fetch-site': 'cross-site' }, 403],
      ['with its token from a neighbouring host', { 'sec-fetch-site': 'same-site' }, 403],
    ])('changes something %s → %s', async (_, given: Record<string, string | undefined>, status) => {
      const user = await signedIn();
      const headers: Record<string, string> = {
        cookie: `countersign_session=${user.cookies.get('countersign_session') ?? ''}`,
        'x-csrf-token': user.csrfToken,
        origin: own.origin(),
      };
      for (const [name, value] of Object.entries(given))
        if (value === undefined) Reflect.deleteProperty(headers, name);
        else headers[name] = value;
      const reply = await callApi(hub.url, 'POST', '/sign-out', { headers });
      expect(reply.status).toBe(status);
      if (status === 403) expect(reply.body).toMatchObject({ code: 'CSRF_REFUSED' });
    });

    it('is read without a token, and not by the token of another session', async () => {
      const [one, two] = [await signedIn(), await signedIn()];
      expect((await one.api('GET', '/session', undefined, { 'x-csrf-token': '' })).status).toBe(200);
      expect((await one.api('POST', '/sign-out', undefined, { 'x-csrf-token': two.csrfToken })).status).toBe(
        403,
      );
    });

    it('is not begun by another page: nobody is signed in to a stranger’s account', async () => {
      const { name } = await addUser(hub);
      const browser = openBrowser(hub);
      const reply = await browser.api('POST', '/sign-in', { name, password: PASSWORD }, { origin: other });
      expect(reply).toMatchObject({ status: 403, body: { code: 'CSRF_REFUSED' } });
      expect(browser.cookies.size).toBe(0);
    });
  });

  it('has a cookie for this very host alone where PUBLIC_URL is https', async () => {
    const secure = await startHub(database(), { publicUrl: 'https://approvals.example' });
    const { name } = await addUser(secure);
    const body = { name, password: PASSWORD };
    const headers = { origin: 'https://approvals.example' };
    const reply = await callApi(secure.url, 'POST', '/sign-in', { body, headers });
    expect(reply.headers.getSetCookie()[0]).toMatch(/^__Host-countersign_session=.*; Path=\/; .*; Secure$/);
    expect(reply.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });
});
