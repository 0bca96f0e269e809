import { describe, expect, it } from 'vitest';

import { httpServer, namesOf, openCaller, words } from './egress-servers.ts';

const redirectTo =
  (location: string | ((url: string) => string), status = 302): Parameters<typeof httpServer>[0] =>
  (request, response) => {
    response.writeHead(status, { location: typeof location === 'string' ? location : location(request.url) });
    response.end();
  };

describe('redirects', () => {
  it('are followed three times; a circle ends as LIMIT_EXCEEDED', async () => {
    const server = await httpServer(redirectTo((url) => `/${Number(url.slice(1)) + 1}`));
    const { get, session } = openCaller({ allowedHosts: [server.host] });
    expect(await get(`${server.origin}/0`)).toMatchObject({
      ok: false,
      code: 'LIMIT_EXCEEDED',
      limit: 'redirects',
    });
    expect(server.seen.map(({ url }) => url)).toEqual(['/0', '/1', '/2', '/3']);
    expect(session.trace()[0]).toMatchObject({
      sentTo: `${server.origin}/3`,
      error: { code: 'LIMIT_EXCEEDED' },
    });
  });

  it.each([
    'http://127.0.0.1:1/',
    'http://169.254.169.254/latest/meta-data/',
    'https://evil.example/',
    'file:///etc/passwd',
    'http://user:pass@127.0.0.1/',
    'gopher://127.0.0.1/',
    '../../_control/apps',
  ])('to %s are refused like a call there', async (location) => {
    const server = await httpServer(redirectTo(location));
    const { get } = openCaller({ allowedHosts: [server.host] });
    expect(await get(`${server.origin}/`)).toMatchObject({ ok: false, code: 'EGRESS_DENIED' });
    expect(server.seen).toHaveLength(1);
  });

  it('to the provider go to its base, and out of the base nowhere', async () => {
    const server = await httpServer((request, response) => {
      const location = { '/base/out': '/admin', '/base/in': 'https://api.dingtalk.com/there' }[request.url];
      if (location === undefined) response.end('arrived');
      else redirectTo(location)?.(request, response);
    });
    const providerHosts = [{ host: 'api.dingtalk.com', base: `${server.origin}/base` }];
    const { get } = openCaller({ providerHosts });
    expect(await get('https://api.dingtalk.com/in')).toMatchObject({
      ok: true,
      body: 'arrived',
      url: 'https://api.dingtalk.com/there',
    });
    expect(await get('https://api.dingtalk.com/out')).toMatchObject({ code: 'EGRESS_DENIED' });
    expect(server.seen.map(({ url }) => url)).toEqual(['/base/in', '/base/there', '/base/out']);
  });

  it('do not carry credentials to another origin, and do carry the rest', async () => {
    const target = await httpServer();
    const server = await httpServer(redirectTo(`${target.origin}/`));
    const { call } = openCaller({ allowedHosts: [server.host, target.host] });
    const headers = [
      ['Authorization', 'Bearer abc'],
      ['Cookie', 'session=1'],
      ['x-acs-dingtalk-access-token', 'abc'],
      ['X-Api-Key', 'abc'],
      ['x-trace', 'kept'],
    ] as const;
    await call('GET', server.origin, { headers });
    expect(server.seen[0]?.headers).toMatchObject({ authorization: 'Bearer abc', 'x-api-key': 'abc' });
    const arrived = target.seen[0]?.headers ?? {};
    expect(arrived).toMatchObject({ 'x-trace': 'kept' });
    for (const name of ['authorization', 'cookie', 'x-acs-dingtalk-access-token', 'x-api-key'])
      expect(arrived).not.toHaveProperty(name);
  });

  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [307, 'POST', 'POST', 'text'],
    [308, 'PUT', 'PUT', 'text'],
    [302, 'PUT', 'PUT', 'text'],
  ])('%i turns %s into %s, as fetch does', async (status, method, then, body) => {
    const server = await httpServer((request, response) => {
      if (request.url === '/') redirectTo('/next', status)?.(request, response);
      else response.end();
    });
    const { call, session } = openCaller({ allowedHosts: [server.host] });
    await call(method, `${server.origin}/`, { body: 'text', headers: [['content-type', 'text/plain']] });
    expect(server.seen[1]).toMatchObject({ method: then, body });
    expect(server.seen[1]?.headers['content-type']).toBe(body === '' ? undefined : 'text/plain');
    const left = [`${method} ${server.origin}/`, `${method} ${server.origin}/next`];
    expect(session.changingCalls()).toEqual(then === 'GET' ? left.slice(0, 1) : left);
  });
});

describe('calls that change something', () => {
  const CREATE = { method: 'POST', path: '/v1.0/workflow/processInstances' };
  const open = async (
    answer?: Parameters<typeof httpServer>[0],
    more: Parameters<typeof openCaller>[0] = {},
  ) => {
    const server = await httpServer(answer);
    const providerHosts = [{ host: 'api.dingtalk.com', base: `${server.origin}/base` }];
    const readCalls = [{ method: 'POST', path: '/v1.0/oauth2/accessToken' }];
    return { server, ...openCaller({ providerHosts, createCalls: [CREATE], readCalls, ...more }) };
  };
  const create = `https://api.dingtalk.com${CREATE.path}`;

  it('are told by URL, as the script said it; look-ups are not among them', async () => {
    const { call, get, session } = await open();
    await call('POST', 'https://api.dingtalk.com/v1.0/oauth2/accessToken', { body: '{}' });
    await get(create);
    await call('POST', `${create}/terminate`, { body: '{}' });
    await call('POST', create, { body: '{"form":1}' });
    expect(session.changingCalls()).toEqual([`POST ${create}/terminate`, `POST ${create}`]);
    expect(session.prepared()).toBe('{"form":1}');
  });

  it.each([
    create,
    `${create}/`,
    'https://api.dingtalk.com//v1.0/workflow/processInstances',
    'https://api.dingtalk.com/v1.0/workflow/process%49nstances',
    'https://api.dingtalk.com/V1.0/workflow/processinstances?again=1',
  ])('one run creates one approval: a second create as %s is refused', async (second) => {
    const { call, server } = await open();
    expect(await call('POST', create, { body: '{}' })).toMatchObject({ ok: true });
    expect(await call('POST', second, { body: '{}' })).toMatchObject({
      ok: false,
      code: 'EGRESS_DENIED',
      message: words('one run may create one approval'),
    });
    expect(server.seen).toHaveLength(1);
  });

  it('two creates at the same moment: one leaves', async () => {
    const { call, server } = await open();
    const replies = await Promise.all([
      call('POST', create, { body: '1' }),
      call('POST', create, { body: '2' }),
    ]);
    expect(replies.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(server.seen).toHaveLength(1);
  });

  it('a create that never reached the provider may be tried again', async () => {
    let known = false;
    const { port, seen } = await httpServer();
    const resolve = (hostname: string) =>
      known ? Promise.resolve([{ address: '127.0.0.1', family: 4 as const }]) : namesOf({})(hostname);
    const base = `http://sim.example:${port}`;
    const policy = { providerHosts: [{ host: 'api.dingtalk.com', base }], createCalls: [CREATE] };
    const { call, session } = openCaller(policy, { resolve });
    expect(await call('POST', create, { body: '{}' })).toMatchObject({ ok: false, code: 'HTTP_ERROR' });
    expect(session.changingCalls()).toEqual([]);
    known = true;
    expect(await call('POST', create, { body: '{}' })).toMatchObject({ ok: true });
    expect(seen).toHaveLength(1);
  });

  it('a create whose connection was cut counts as sent: it may have happened', async () => {
    const { call, session } = await open((_request, response) => response.destroy());
    expect(await call('POST', create, { body: '{}' })).toMatchObject({ ok: false, code: 'HTTP_ERROR' });
    expect(session.changingCalls()).toEqual([`POST ${create}`]);
    expect(await call('POST', create, { body: '{}' })).toMatchObject({ code: 'EGRESS_DENIED' });
  });

  it('leave only after the hub has noted them', async () => {
    const noted: unknown[] = [];
    const server = await httpServer();
    const { call, session } = openCaller({
      providerHosts: [{ host: 'api.dingtalk.com', base: server.origin + '/base' }],
      createCalls: [CREATE],
      beforeCall: (leaving) => {
        noted.push({ ...leaving, arrived: server.seen.length });
        return leaving.creates
          ? Promise.reject(new Error('the database at db.internal is down'))
          : Promise.resolve();
      },
    });
    await call('DELETE', 'https://api.dingtalk.com/x');
    const reply = await call('POST', create, { body: '{}' });
    expect(reply).toMatchObject({
      ok: false,
      code: 'HTTP_ERROR',
      message: words('was not sent'),
    });
    expect(JSON.stringify([reply, session.trace()])).not.toContain('db.internal');
    expect(noted).toEqual([
      {
        method: 'DELETE',
        url: 'https://api.dingtalk.com/x',
        body: null,
        creates: false,
        changing: true,
        arrived: 0,
      },
      { method: 'POST', url: create, body: '{}', creates: true, changing: true, arrived: 1 },
    ]);
    expect(session.changingCalls()).toEqual(['DELETE https://api.dingtalk.com/x']);
    expect(server.seen).toHaveLength(1);
  });
});
