import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { openEgress, readAllowedHost } from '../../server/sandbox/egress.ts';
import { httpServer, namesOf, openCaller, policyOf, words } from './egress-servers.ts';

const PROVIDER = 'api.dingtalk.com';
const denied = (message: RegExp): unknown =>
  expect.objectContaining({
    ok: false,
    code: 'EGRESS_DENIED',
    message: expect.stringMatching(message) as string,
  });

describe('a script calls a host nobody allowed', () => {
  it('is refused before the name is even looked up, and told what an admin could add', async () => {
    const lookedUp: string[] = [];
    const resolve = (hostname: string): Promise<never> => {
      lookedUp.push(hostname);
      return Promise.reject(new Error('no network in this test'));
    };
    const { get, session } = openCaller({ providerHosts: [{ host: PROVIDER }] }, { resolve });
    expect(await get('https://evil.example/steal?q=1')).toEqual(
      denied(/evil\.example.*api\.dingtalk\.com.*"evil\.example"/),
    );
    expect(lookedUp).toEqual([]);
    expect(session.trace()).toMatchObject([
      {
        method: 'GET',
        url: 'https://evil.example/steal?q=1',
        status: 0,
        response: null,
        error: { code: 'EGRESS_DENIED' },
      },
    ]);
  });

  it.each([
    'http://api.dingtalk.com/',
    'https://api.dingtalk.com:8443/',
    'https://api.dingtalk.com.evil.example/',
    'https://evil-api.dingtalk.com/',
    'https://api.dingtalk.com@evil.example/',
    'https://evil.example\\@api.dingtalk.com/',
    'https://user:pass@api.dingtalk.com/',
    'ftp://api.dingtalk.com/',
    'file:///etc/passwd',
    'data:text/plain,x',
    '//api.dingtalk.com/',
    'api.dingtalk.com',
    '',
  ])('%s is not the allowed https://api.dingtalk.com', async (url) => {
    const { get } = openCaller({ providerHosts: [{ host: PROVIDER }] }, { resolve: namesOf({}) });
    expect(await get(url)).toMatchObject({ ok: false, code: 'EGRESS_DENIED' });
  });

  it.each([
    'https://API.DingTalk.com/',
    'https://api.dingtalk.com./',
    'https://api.dingtalk.com:443/',
    'https://ａｐｉ.dingtalk.com/',
  ])('%s is the allowed host in another spelling', async (url) => {
    const { get } = openCaller({ providerHosts: [{ host: PROVIDER }] }, { resolve: namesOf({}) });
    expect(await get(url)).toMatchObject({
      ok: false,
      code: 'HTTP_ERROR',
      message: words('ENOTFOUND'),
    });
  });
});

describe('private addresses', () => {
  const spellings = [
    ...[
      '127.0.0.1',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '127.1',
      '127.0.0.1.',
      '１２７.0.0.1',
      '0',
      '0.0.0.0',
    ],
    ...[
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[::]',
      '[64:ff9b::7f00:1]',
      '[2002:7f00:1::]',
    ],
    ...['10.0.0.1', '172.16.5.4', '192.168.1.1', '100.64.0.1', '169.254.169.254', '[fd00::1]', '[fe80::1]'],
    ...['224.0.0.1', '255.255.255.255', '192.0.2.1', '198.18.0.1', '[ff02::1]', '[2001::1]', '[2001:db8::1]'],
  ];

  it.each(spellings)('https://%s is refused even when the admin listed it without a port', async (host) => {
    const { get } = openCaller({ allowedHosts: [host] });
    expect(await get(`https://${host}/`)).toEqual(denied(/(private|loopback|link-local|reserved) address/));
  });

  it('are refused behind a public name too, even when another of its addresses is public', async () => {
    for (const host of spellings) {
      const address = new URL(`https://${host}`).hostname.replace(/[[\]]/g, '');
      const resolve = namesOf({ 'api.partner.example': ['93.184.216.34', address] });
      const { get } = openCaller({ allowedHosts: ['api.partner.example'] }, { resolve });
      expect(await get('https://api.partner.example/'), host).toEqual(denied(/resolves to a/));
    }
  });

  it('no address outside the public internet passes for a public name', async () => {
    const v4 = fc.ipV4().filter((ip) => /^(0|10|127|22[4-9]|23\d|24\d|25[0-5])\./.test(ip));
    const mapped = v4.map((ip) => `::ffff:${ip}`);
    const v6 = fc
      .tuple(
        fc.constantFrom('0', '1', '64', '100', 'fc00', 'fdff', 'fe80', 'fec0', 'ff00', '4000'),
        fc.nat(0xffff),
      )
      .map(([head, tail]) => `${head}::${tail.toString(16)}`);
    await fc.assert(
      fc.asyncProperty(fc.oneof(v4, mapped, v6), async (address) => {
        const { get } = openCaller(
          { allowedHosts: ['x.example'] },
          { resolve: namesOf({ 'x.example': [address] }) },
        );
        expect(await get('https://x.example/')).toMatchObject({ code: 'EGRESS_DENIED' });
      }),
      { numRuns: 200 },
    );
  });

  it('are reached by exact host and port, and by nothing else on that host', async () => {
    const server = await httpServer();
    const { get } = openCaller({ allowedHosts: [server.host] });
    expect(await get(`${server.origin}/a`)).toMatchObject({ ok: true, status: 200, body: 'ok' });
    expect(await get(`http://127.0.0.1:${server.port + 1}/a`)).toEqual(denied(/not a host/));
    expect(await get(`http://localhost:${server.port}/a`)).toEqual(denied(/not a host/));
  });

  it('a name with its port may lead to a private address, but never to the link-local one of cloud metadata', async () => {
    const server = await httpServer();
    const resolve = namesOf({ 'git.corp.example': ['127.0.0.1'], 'rebound.example': ['169.254.169.254'] });
    const allowedHosts = [`git.corp.example:${server.port}`, 'rebound.example:80'];
    const { get } = openCaller({ allowedHosts }, { resolve });
    expect(await get(`http://git.corp.example:${server.port}/`)).toMatchObject({ ok: true, body: 'ok' });
    expect(server.seen[0]?.headers.host).toBe(`git.corp.example:${server.port}`);
    expect(await get('http://rebound.example/latest/meta-data/')).toEqual(denied(/link-local/));
  });
});

describe('a name that changes its address (DNS rebinding)', () => {
  it('is resolved once a call, and the connection goes to the address that was checked', async () => {
    const checked = await httpServer((_request, response) => response.end('the checked one'));
    const answers = ['127.0.0.1', '127.0.0.2'];
    const asked: string[] = [];
    const resolve: Parameters<typeof openCaller>[1] & {} = {
      resolve: (hostname) => {
        asked.push(hostname);
        return Promise.resolve([{ address: answers.shift() ?? '127.0.0.3', family: 4 }]);
      },
    };
    const { get } = openCaller({ allowedHosts: [`rebinding.example:${checked.port}`] }, resolve);
    expect(await get(`http://rebinding.example:${checked.port}/`)).toMatchObject({
      ok: true,
      body: 'the checked one',
    });
    expect(asked).toEqual(['rebinding.example']);
    // The second answer is another machine: the open connection to the first must not be used for it.
    expect(await get(`http://rebinding.example:${checked.port}/`)).toMatchObject({
      ok: false,
      code: 'HTTP_ERROR',
    });
    expect(checked.seen).toHaveLength(1);
  });
});

describe("the channel's API base URL", () => {
  const withBase = async () => {
    const server = await httpServer();
    const base = `${server.origin}/simulator/dingtalk`;
    return { server, base, ...openCaller({ providerHosts: [{ host: PROVIDER, base }] }) };
  };

  it('takes the place of the provider, whose URL the script goes on seeing', async () => {
    const { server, base, get, session } = await withBase();
    const reply = await get('https://api.dingtalk.com/v1.0/x?y=%20z#part');
    expect(reply).toMatchObject({ ok: true, url: 'https://api.dingtalk.com/v1.0/x?y=%20z' });
    expect(server.seen).toMatchObject([
      { url: '/simulator/dingtalk/v1.0/x?y=%20z', headers: { host: server.host } },
    ]);
    expect(session.trace()[0]?.sentTo).toBe(`${base}/v1.0/x?y=%20z`);
  });

  it('may be called directly, under its path', async () => {
    const { server, base, get } = await withBase();
    expect(await get(`${base}/v1.0/users/a%2Fb`)).toMatchObject({ ok: true });
    expect(server.seen).toMatchObject([{ url: '/simulator/dingtalk/v1.0/users/a%2Fb' }]);
  });

  it.each([
    '/',
    '/simulator',
    '/simulator/dingtalkx/v1.0',
    '/simulator/feishu/x',
    '/simulator/dingtalk/../../admin',
    '/simulator/dingtalk/%2e%2e/%2E%2e/admin',
    '/simulator/dingtalk/..%2f..%2fadmin',
    '/simulator/dingtalk/..%5c..%5cadmin',
    '/simulator/dingtalk\\..\\..\\admin',
    '/simulator/dingtalk/%252e%252e%252fadmin',
    '/simulator/dingtalk/..;/admin',
    '/simulator/dingtalk/.%09./admin',
    '/simulator/dingtalk/%2525252525252525252e%2e/admin',
    '//simulator/dingtalk/x',
  ])('cannot be left by %s', async (path) => {
    const { server, get } = await withBase();
    expect(await get(`${server.origin}${path}`)).toMatchObject({ ok: false, code: 'EGRESS_DENIED' });
    expect(server.seen).toEqual([]);
  });

  it.each(['/v1.0/..%2f..%2f..%2fadmin', '/%2e%2e%2fadmin', '/..%5cadmin'])(
    "cannot be left by the provider's URL with path %s",
    async (path) => {
      const { server, get } = await withBase();
      expect(await get(`https://api.dingtalk.com${path}`)).toEqual(denied(/lead out/));
      expect(server.seen).toEqual([]);
    },
  );

  it.each([
    '_control/apps',
    '%5fcontrol',
    '_CONTROL/',
    'x/..%2f_control',
    '/_control',
    '_control;x',
    '%255Fcontrol',
    'a\\_control',
  ])("does not open the simulator's control door as %s", async (path) => {
    const { server, base, get } = await withBase();
    expect(await get(`${base}/${path}`)).toMatchObject({ code: 'EGRESS_DENIED' });
    expect(await get(`https://api.dingtalk.com/${path}`)).toMatchObject({ code: 'EGRESS_DENIED' });
    const { get: allowed } = openCaller({ allowedHosts: [server.host] });
    expect(await allowed(`${base}/${path}`)).toEqual(denied(/_control/));
    expect(server.seen).toEqual([]);
  });

  it.each(['127.0.0.1:1/x', 'ftp://x/', 'http://u:p@x/', 'http://x/?q=1'])(
    '"%s" is refused as a base at once',
    (base) => {
      expect(() => openEgress(policyOf({ providerHosts: [{ host: PROVIDER, base }] }))).toThrow(
        /API base URL/,
      );
    },
  );
});

describe("the hub's own address", () => {
  it('is reached under the base only, though the admin listed it, and by no other name of this machine', async () => {
    const hub = await httpServer();
    const base = `${hub.origin}/simulator/dingtalk`;
    const { get } = openCaller(
      {
        providerHosts: [{ host: PROVIDER, base }],
        allowedHosts: [
          hub.host,
          `localhost:${hub.port}`,
          `127.0.0.9:${hub.port}`,
          `[::ffff:127.0.0.1]:${hub.port}`,
        ],
        ownOrigins: [hub.origin],
      },
      { resolve: namesOf({ localhost: ['127.0.0.1'] }) },
    );
    expect(await get(`${base}/v1.0/x`)).toMatchObject({ ok: true });
    const paths = [
      hub.host,
      `localhost:${hub.port}`,
      `127.0.0.9:${hub.port}`,
      `[::ffff:127.0.0.1]:${hub.port}`,
    ];
    for (const host of paths)
      expect(await get(`http://${host}/api/v1/tokens`)).toEqual(denied(/this server itself/));
    expect(hub.seen).toHaveLength(1);
  });

  it.each(['http://127.0.0.1:8787/', 'http://localhost:8787', 'http://127.1.2.3:8787'])(
    'cannot be opened up by %s as a base URL',
    (base) => {
      const policy = { providerHosts: [{ host: PROVIDER, base }], ownOrigins: ['http://127.0.0.1:8787'] };
      expect(() => openEgress(policyOf(policy))).toThrow(/this server itself/);
    },
  );
});

describe('the network around the server', () => {
  it("a provider whose name is private here needs the admin's word, with port", async () => {
    const resolve = namesOf({ [PROVIDER]: ['127.0.0.1'] });
    const providerHosts = [{ host: PROVIDER }];
    const { get } = openCaller({ providerHosts }, { resolve });
    expect(await get(`https://${PROVIDER}/`)).toEqual(denied(/loopback address.*"api\.dingtalk\.com:443"/));
    const { get: getAllowed } = openCaller({ providerHosts, allowedHosts: [`${PROVIDER}:443`] }, { resolve });
    expect(await getAllowed(`https://${PROVIDER}/`)).toMatchObject({ code: 'HTTP_ERROR' });
  });

  it('is never entered through a proxy from the environment', async () => {
    const proxy = await httpServer();
    const server = await httpServer((_request, response) => response.end('direct'));
    for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'])
      vi.stubEnv(name, proxy.origin);
    const reply = await openCaller({ allowedHosts: [server.host] }).get(server.origin);
    vi.unstubAllEnvs();
    expect(reply).toMatchObject({ ok: true, body: 'direct' });
    expect(proxy.seen).toEqual([]);
  });
});

describe('an allowed host', () => {
  it.each([
    '*.example.com',
    'https://example.com',
    'example.com/path',
    'example.com:0',
    'example.com:65536',
    '',
    'a b',
    'u@h',
    '::1',
  ])('"%s" is refused in words', (text) => expect(() => readAllowedHost(text)).toThrow(/Write a host/));

  it.each([
    ['Example.COM.', { host: 'example.com', port: null }],
    ['127.1:80', { host: '127.0.0.1', port: 80 }],
    ['[0:0::1]:8080', { host: '[::1]', port: 8080 }],
    ['bücher.example:443', { host: 'xn--bcher-kva.example', port: 443 }],
  ])('%s is read as URLs spell it', (text, expected) => expect(readAllowedHost(text)).toEqual(expected));
});
