import { afterAll, describe, expect, it } from 'vitest';
import { completeVariables } from '../../server/contract/variables.ts';
import { serveSimulators } from '../../server/simulator/serve.ts';
import { httpServer } from '../sandbox/egress-servers.ts';
import { startEngine } from './engine.ts';

const { run, ask } = await startEngine();
const simulators = await serveSimulators({ port: 0 });
afterAll(() => simulators.close());

const base = `${simulators.url}/simulator/dingtalk`;

async function instances(): Promise<{ items: unknown[] }> {
  return (await fetch(`${base}/_control/instances`)).json() as Promise<{ items: unknown[] }>;
}

/** Calls every address in one run and tells how each call ended: a status, or the code of what it threw. */
const KNOCK = `
  const ends = {};
  for (const url of urls) ends[url] = await fetch(url).then(({ status }) => status, ({ code, name }) => code ?? name);
  return ends;`;

describe('a script calls what is not for it', () => {
  it('this machine and its network, by any spelling of an address', async () => {
    const server = await httpServer();
    const hosts = [
      ...[
        '127.0.0.1',
        '127.1',
        '127.0.1',
        '2130706433',
        '0x7f000001',
        '0x7f.1',
        '0177.0.0.1',
        '017700000001',
        '127.0.0.1.',
        '127.255.255.254',
      ],
      ...[
        '0',
        '0.0.0.0',
        '0x0',
        '%31%32%37.0.0.1',
        '１２７.０.０.１',
        '127。0。0。1',
        '①②⑦.⓪.⓪.①',
        'localhost',
        'LOCALHOST.',
        'localhost.localdomain',
      ],
      ...[
        '[::1]',
        '[::]',
        '[0:0:0:0:0:0:0:1]',
        '[::ffff:127.0.0.1]',
        '[::ffff:7f00:1]',
        '[::127.0.0.1]',
        '[64:ff9b::127.0.0.1]',
        '[2002:7f00:1::]',
      ],
      ...[
        '169.254.169.254',
        '0xa9fea9fe',
        '2852039166',
        '0251.0376.0251.0376',
        '[::ffff:169.254.169.254]',
        '[fe80::1]',
        '[fd00:ec2::254]',
      ],
      ...[
        '10.0.0.1',
        '10.1',
        '172.16.0.1',
        '192.168.0.1',
        '192.168.1',
        '100.64.0.1',
        '[fc00::1]',
        '198.18.0.1',
        '224.0.0.1',
        '255.255.255.255',
      ],
    ];
    const urls = hosts.map((host) => `http://${host}:${server.port}/`);
    const { answer } = await ask(`const urls = ${JSON.stringify(urls)}; ${KNOCK}`, {
      limits: { httpCalls: 100 },
    });
    expect(Object.keys(answer as object)).toHaveLength(hosts.length);
    expect(new Set(Object.values(answer as object))).toEqual(new Set(['EGRESS_DENIED']));
    expect(server.seen).toEqual([]);
  });

  it("the simulator's control door, in any encoding", async () => {
    const doors = [
      ...[
        '_control/instances',
        '_CONTROL/instances',
        '%5fcontrol/instances',
        '%255fcontrol/instances',
        '%25255Fcontrol/instances',
      ],
      ...[
        'x/../_control/instances',
        'x/..%2f_control/instances',
        'x%2f_control/instances',
        'x\\_control\\instances',
        'x%5c_control/instances',
      ],
      ...[
        './_control/instances',
        '.%2f_control/instances',
        '%2e/_control/instances',
        '/_control/instances',
        '_control;a=b/instances',
        '_control%09/instances',
      ],
      ...[
        '_cont\trol/instances',
        '_control%00/instances',
        ' _control/instances',
        '%20_control/instances',
        '_control%20/instances',
      ],
    ];
    const urls = [
      ...doors.map((door) => `${base}/${door}`),
      ...doors.map((door) => `https://api.dingtalk.com/${door}`),
      ...doors.map((door) => `https://oapi.dingtalk.com/${door}?access_token=x`),
    ];
    const { answer } = await ask(`const urls = ${JSON.stringify(urls)}; ${KNOCK}`, {
      limits: { httpCalls: 200 },
      channel: { apiBaseUrl: base },
    });
    expect(new Set(Object.values(answer as object))).toEqual(new Set(['EGRESS_DENIED']));
  });

  it('the hub itself, beside the path of the simulator', async () => {
    const { host } = new URL(simulators.url);
    const urls = [
      '/',
      '/api/v1/channels',
      '/simulator',
      '/simulator/dingtalkx/',
      '/simulator/dingtalk/../../healthz',
      '/simulator/dingtalk/..%2f..%2fhealthz',
    ];
    const { answer } = await ask(
      `const urls = ${JSON.stringify(urls.map((path) => simulators.url + path))}; ${KNOCK}`,
      { channel: { apiBaseUrl: base, allowedHosts: [host] }, ownOrigins: [simulators.url] },
    );
    expect(new Set(Object.values(answer as object))).toEqual(new Set(['EGRESS_DENIED']));
  });

  it('whatever a redirect points at', async () => {
    const inner = await httpServer();
    const outer = await httpServer((request, response) =>
      response.writeHead(Number(request.url.slice(1)), { location: `${inner.origin}/stolen` }).end(),
    );
    const urls = [301, 302, 303, 307, 308].map((status) => `${outer.origin}/${status}`);
    const { answer } = await ask(`const urls = ${JSON.stringify(urls)}; ${KNOCK}`, {
      channel: { allowedHosts: [outer.host] },
    });
    expect(new Set(Object.values(answer as object))).toEqual(new Set(['EGRESS_DENIED']));
    expect(inner.seen).toEqual([]);
  });
});

describe('a script creates more than the one approval it may', () => {
  const token = async (): Promise<string> => {
    const { outcome } = await run('', {
      stage: 'token',
      channel: { apiBaseUrl: base, appId: 'ding-demo', appSecret: 'demo-secret' },
    });
    return (outcome.result as { accessToken: string }).accessToken;
  };
  const CREATE = `
    const form = [{ name: 'Task ID', value: '1' }];
    const body = JSON.stringify({ processCode: 'PROC-DEMO', originatorUserId: 'user-li', deptId: -1, formComponentValues: form });
    const create = (path) => fetch('https://api.dingtalk.com' + path,
      { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': accessToken } })
      .then(({ status }) => status, ({ code }) => code);`;

  it.each([
    [
      'one after the other',
      "[await create('/v1.0/workflow/processInstances'), await create('/v1.0/workflow/processInstances')]",
    ],
    [
      'at the same moment',
      "await Promise.all([create('/v1.0/workflow/processInstances'), create('/v1.0/workflow/processInstances')])",
    ],
    [
      'by another spelling of the path',
      "[await create('/v1.0/workflow/processInstances'), await create('/v1.0//workflow/processInstances/')]",
    ],
    [
      'by an encoded path',
      "[await create('/v1.0/workflow/processInstances'), await create('/v1.0/workflow/%70rocessInstances')]",
    ],
  ])('%s', async (_how, calls) => {
    const accessToken = await token();
    const before = (await instances()).items.length;
    const { answer } = await ask(`${CREATE} return ${calls}`, { channel: { apiBaseUrl: base }, accessToken });
    expect((await instances()).items).toHaveLength(before + 1);
    expect((answer as unknown[]).filter((end) => end === 200)).toHaveLength(1);
    expect(answer).toContain('EGRESS_DENIED');
  });

  it('by itself, leaving another to the default that finishes the stage', async () => {
    const accessToken = await token();
    const before = (await instances()).items.length;
    const { execution } = await run(
      `fromField.add(new JSONObject().fluentPut('name', 'Task ID').fluentPut('value', '2'));
       ${CREATE} await create('/v1.0/workflow/processInstances')`,
      {
        stage: 'create',
        accessToken,
        channel: { apiBaseUrl: base, defaultOriginator: 'user-li' },
        variables: completeVariables({ APPROVAL_CODE: 'PROC-DEMO' }),
      },
    );
    expect((await instances()).items).toHaveLength(before + 1);
    expect(execution.error).toMatchObject({
      code: 'EGRESS_DENIED',
      alreadySent: ['POST https://api.dingtalk.com/v1.0/workflow/processInstances'],
    });
  });

  it.each([
    'x-http-method-override',
    'X-HTTP-Method',
    'x-method-override',
    'transfer-encoding',
    'host',
    'x-forwarded-for',
    'expect',
  ])('by the header %s, which is refused', async (header) => {
    const { answer } = await ask(
      `return fetch('https://api.dingtalk.com/v1.0/x', { headers: { '${header}': 'POST' } }).catch(({ code }) => code)`,
      { channel: { apiBaseUrl: base } },
    );
    expect(answer).toBe('EGRESS_DENIED');
  });
});

describe('a server that is in league with the script', () => {
  it('and never ends its reply ends with the run, and what was sent is told', async () => {
    const server = await httpServer((_request, response) => {
      response.writeHead(200);
      response.write('half');
    });
    const { execution } = await run(`await fetch('${server.origin}/half', { method: 'POST', body: 'x' })`, {
      channel: { allowedHosts: [server.host] },
      limits: { wallMs: 300 },
    });
    expect(execution.error).toMatchObject({
      code: 'SCRIPT_TIMEOUT',
      alreadySent: [`POST ${server.origin}/half`],
    });
  });

  it('cannot put a header or a body into the script that breaks its world', async () => {
    const server = await httpServer((_request, response) => {
      response.writeHead(200, 'O\u00e9K', ['__proto__', 'x', 'x-toJSON', '1', 'constructor', 'y']);
      response.end('{"__proto__":{"polluted":true},"then":1,"toJSON":2}');
    });
    const { answer } = await ask(
      `const reply = await fetch('${server.origin}/');
       const body = await reply.json();
       return [reply.headers.get('constructor'), reply.headers.get('__proto__'), ({}).polluted === undefined, body.then]`,
      { channel: { allowedHosts: [server.host] } },
    );
    expect(answer).toEqual(['y', 'x', true, 1]);
  });
});
