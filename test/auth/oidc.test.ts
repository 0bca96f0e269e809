import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { CLIENT, startIssuer } from '../support/oidc.ts';
import type { Issuer } from '../support/oidc.ts';
import { addUser, openBrowser, startHub } from './hub.ts';
import type { Browser, Hub } from './hub.ts';

const CALLBACK = '/sign-in/oidc/callback';

describe.each(DATABASES)('signing in with the company account on %s', (kind) => {
  const database = useDatabase(kind);
  let hub: Hub;
  let issuer: Issuer;

  beforeAll(async () => {
    // The issuer must know the hub's address and the hub the issuer's: the hub's port is found out first.
    const { url } = await startHub(database());
    issuer = await startIssuer(url + CALLBACK);
    hub = await startHub(database(), { oidc: { issuer: issuer.url, ...CLIENT }, publicUrl: url });
  });

  /** The hub listens elsewhere than at its PUBLIC_URL here, as behind a proxy. */
  const pathOf = (location: string): string => {
    const { pathname, search } = new URL(location);
    return pathname + search;
  };
  const start = async (browser: Browser): Promise<string> => {
    const reply = await browser.page('/sign-in/oidc');
    expect(reply.status).toBe(302);
    return reply.headers.get('location') ?? '';
  };
  /** @returns the path with which the issuer sends the browser back */
  const returnPath = async (browser: Browser): Promise<string> =>
    pathOf(await issuer.visit(await start(browser)));
  const signIn = async (browser = openBrowser(hub)): Promise<Browser> => {
    const reply = await browser.page(await returnPath(browser));
    expect([reply.status, reply.headers.get('location')]).toEqual([303, '/']);
    return browser;
  };
  const expectTrouble = async (reply: Response, status: number, words: string): Promise<void> => {
    expect([reply.status, await reply.text()]).toEqual([status, expect.stringContaining(words)]);
  };

  it('is offered on the sign-in page', async () => {
    expect(await (await openBrowser(hub).page('/sign-in')).text()).toContain('href="/sign-in/oidc"');
  });

  it('makes newcomers viewers, and keeps the role they were given since', async () => {
    issuer.person = { sub: 'li-1', name: 'Li Lei' };
    const first = await (await signIn()).api('GET', '/session');
    expect(first.body).toMatchObject({ user: { name: 'Li Lei', kind: 'user' }, role: 'viewer' });
    const { id } = first.body['user'] as { id: string };
    await hub.admin('PATCH', `/users/${id}`, { role: 'admin' });
    issuer.person = { sub: 'li-1', name: 'Li Lei renamed' };
    const again = await (await signIn()).api('GET', '/session');
    expect(again.body).toMatchObject({ user: { id, name: 'Li Lei' }, role: 'admin' });
    const shown = (await hub.admin('GET', '/users')).body['items'];
    expect(shown).toContainEqual(expect.objectContaining({ id, oidc: true, hasPassword: false }));
  });

  it('never makes somebody a user of the same name', async () => {
    const { id, name } = await addUser(hub, 'admin');
    issuer.person = { sub: 'stranger', preferred_username: name };
    const { body } = await (await signIn()).api('GET', '/session');
    expect(body).toMatchObject({ user: { name: `${name} 2` }, role: 'viewer' });
    expect((body['user'] as { id: string }).id).not.toBe(id);
  });

  it('makes one user of somebody who comes twice at once', async () => {
    issuer.person = { sub: 'twice', name: 'Twice' };
    await Promise.all([signIn(), signIn(), signIn()]);
    expect(await database().knex('users').where('name', 'like', 'Twice%')).toHaveLength(1);
  });

  it('tells a disabled user to ask an admin', async () => {
    issuer.person = { sub: 'gone', name: 'Gone' };
    const { body } = await (await signIn()).api('GET', '/session');
    await hub.admin('PATCH', `/users/${(body['user'] as { id: string }).id}`, { disabled: true });
    const browser = openBrowser(hub);
    await expectTrouble(await browser.page(await returnPath(browser)), 403, 'Ask an admin');
    expect(browser.cookies.has('countersign_session')).toBe(false);
  });

  it('can be cancelled', async () => {
    issuer.person = undefined;
    const browser = openBrowser(hub);
    await expectTrouble(await browser.page(await returnPath(browser)), 403, 'you cancelled');
  });

  it('works once a try, in the browser that began it, within ten minutes', async () => {
    issuer.person = { sub: 'li-1', name: 'Li Lei' };
    const stale = 'Start it again';
    const [browser, thief] = [openBrowser(hub), openBrowser(hub)];

    const path = await returnPath(browser);
    await expectTrouble(await thief.page(path), 400, stale);
    await start(thief);
    await expectTrouble(await thief.page(path), 400, stale);
    const kept = browser.cookies.get('countersign_oidc') ?? '';
    expect((await browser.page(path)).status).toBe(303);
    await expectTrouble(await browser.page(path), 400, stale);
    browser.cookies.set('countersign_oidc', kept);
    await expectTrouble(await browser.page(path), 400, stale);

    const late = await returnPath(browser);
    hub.wait(11);
    await expectTrouble(await browser.page(late), 400, stale);
    await expectTrouble(await browser.page(`${CALLBACK}?state=x&code=y`), 400, stale);
    browser.cookies.set('countersign_oidc', 'v1.forged');
    await expectTrouble(await browser.page(`${CALLBACK}?state=x&code=y`), 400, stale);
  });

  it('finds an issuer whose own name ends in a slash', async () => {
    const server = createServer((request, response) => {
      const base = `http://${request.headers.host ?? ''}`;
      const isAsked = request.url === '/realm/hub/.well-known/openid-configuration';
      const document = { issuer: `${base}/realm/hub/`, authorization_endpoint: `${base}/authorize` };
      response.writeHead(isAsked ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(document));
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const below = await startHub(database(), { oidc: { issuer: `${base}/realm/hub`, ...CLIENT } });
    expect(await start(openBrowser(below))).toMatch(`${base}/authorize?`);
  });

  it('says that the issuer is away, and works when it is back', async () => {
    const url = 'http://hub.example';
    const other = await startIssuer(url + CALLBACK);
    const late = await startHub(database(), { oidc: { issuer: other.url, ...CLIENT }, publicUrl: url });
    await other.away();
    await expectTrouble(await openBrowser(late).page('/sign-in/oidc'), 502, 'OIDC_ISSUER');
    await other.back();
    const browser = openBrowser(late);
    other.person = { sub: 'late', name: 'Late' };
    const { pathname, search } = new URL(
      await other.visit((await browser.page('/sign-in/oidc')).headers.get('location') ?? ''),
    );
    await other.away();
    await expectTrouble(await browser.page(pathname + search), 502, 'OIDC_ISSUER');
  });

  it('says what an admin should look at when the issuer refuses the hub', async () => {
    issuer.person = { sub: 'li-1', name: 'Li Lei' };
    const wrong = await startHub(database(), {
      ...{ oidc: { issuer: issuer.url, ...CLIENT, clientSecret: 'another secret' } },
      publicUrl:
        new URL(await start(openBrowser(hub))).searchParams.get('redirect_uri')?.replace(CALLBACK, '') ?? '',
    });
    const browser = openBrowser(wrong);
    const location = (await browser.page('/sign-in/oidc')).headers.get('location') ?? '';
    await expectTrouble(await browser.page(pathOf(await issuer.visit(location))), 502, 'OIDC_CLIENT_SECRET');
    const told = JSON.stringify(wrong.log);
    expect(told).toContain('invalid_client');
    expect(told).not.toContain('another secret');
  });

  it('goes over plain HTTP to this machine alone', async () => {
    const plain = await startHub(database(), { oidc: { issuer: 'http://issuer.example', ...CLIENT } });
    await expectTrouble(await openBrowser(plain).page('/sign-in/oidc'), 502, 'OIDC_ISSUER');
  });
});
