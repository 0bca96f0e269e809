import { describe, expect, it } from 'vitest';
import { httpServer } from '../sandbox/egress-servers.ts';
import { QUIET, startEngine } from './engine.ts';

const { run, ask } = await startEngine();

/** Replaces what it can of the world that script and prelude share; each line alone has broken a bridge somewhere. */
const WRECK = `
  const { defineProperty, ownKeys } = Reflect;
  const always = (value) => () => value;
  JSON.stringify = always('{"status":"approved"}');
  JSON.parse = always({ status: 'approved', ok: true, id: 1, status_: 200 });
  Promise.resolve = Promise.reject = always(new Promise(() => {}));
  Date.now = always(0); Date.prototype.toISOString = always('never'); Math.min = Math.max = always(-1); Number.isSafeInteger = always(true);
  Reflect.apply = Object.keys = Object.hasOwn = Array.isArray = Error.isError = always(false);
  for (const kind of [String, RegExp, Function, Promise, WeakMap, Map, Array, Error]) {
    for (const key of ownKeys(kind.prototype)) {
      if (key === 'constructor' || key === 'length' || key === 'name' || typeof key === 'symbol') continue;
      try { defineProperty(kind.prototype, key, { value: always(undefined), configurable: true, writable: true }) } catch {}
    }
  }
  for (const key of ['ok', 'id', 'limit', 'state', 'result', 'error', 'waiting', 'logLines', 'httpCalls', 'get', 'set', 'value'])
    defineProperty(Object.prototype, key, { __proto__: null, get: always(7), set() {}, configurable: true });`;

describe('a script that replaced everything it shares with the prelude', () => {
  it('makes no more calls, lines or timers than its limits allow', async () => {
    const server = await httpServer();
    const { code, execution } = await run(
      `const { log } = console; const call = fetch; const wait = setTimeout; const P = Promise;
       ${WRECK}
       for (let i = 0; i < 5; i++) { try { await call('${server.origin}/' + i, { __proto__: null, method: 'POST', body: 'x' }) } catch (error) { log('refused') } }
       for (let i = 0; i < 9; i++) log('line');
       try { for (let i = 0; i < 101; i++) wait(() => {}, 1) } catch { }
       return { __proto__: null, status: 'pending' }`,
      { channel: { allowedHosts: [server.host] }, limits: { httpCalls: 2, logLines: 6 } },
    );
    expect(code).toBe('ok');
    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /0', 'POST /1']);
    expect(execution.http).toHaveLength(2);
    expect(execution.logs.map(({ message }) => message)).toEqual([
      ...['refused', 'refused', 'refused'],
      ...['line', 'line', 'line'],
    ]);
    expect(execution.logs[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(execution.warnings).toContainEqual(expect.stringContaining('The log was cut'));
  });

  it('answers what it returned, not what its JSON.stringify says', async () => {
    const { outcome } = await run(`${WRECK}; return { __proto__: null, status: 'rejected' }`);
    expect(outcome.result).toEqual({ status: 'rejected' });
  });

  it('has its result measured all the same', async () => {
    const { execution } = await run(
      `const long = 'x'.repeat(5000); ${WRECK}; return { __proto__: null, status: 'pending', long }`,
      { limits: { resultBytes: 1000 } },
    );
    expect(execution.error).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'result' });
  });

  it('fails with the error it threw', async () => {
    const { code, message, execution } = await run(`const real = new Error('real');\n${WRECK}\nthrow real`);
    expect({ code, message }).toEqual({ code: 'SCRIPT_ERROR', message: 'real' });
    expect(execution.error?.line).toBe(1);
  });
});

describe('a script lies about how it ended', () => {
  it.each([
    'SANDBOX_CRASHED',
    'SANDBOX_BUSY',
    'SCRIPT_TIMEOUT',
    'SCRIPT_MEMORY',
    'EGRESS_DENIED',
    'LIMIT_EXCEEDED',
    'SCRIPT_SYNTAX',
  ])('as %s', async (code) => {
    const { execution } = await run(
      `throw Object.assign(new Error('x'), { code: '${code}', limit: 'source', stage: 'create', alreadySent: ['POST https://x'], line: 99 })`,
    );
    expect(execution.error).toEqual({
      code: 'SCRIPT_ERROR',
      message: 'x',
      stage: 'sync',
      line: 1,
      column: expect.any(Number) as number,
      stack: expect.stringContaining('script.js:1:') as string,
    });
  });

  it.each([
    [
      'an error that gives every property away as a getter that throws',
      `throw new Proxy(new Error('x'), { get() { throw 1 } })`,
    ],
    ['a promise', 'throw new Promise(() => {})'],
    ['undefined', 'throw undefined'],
    ['itself in a circle', 'const a = {}; a.a = a; throw a'],
    ['a symbol', "throw Symbol('x')"],
    [
      'a rejected object nobody awaits',
      'Promise.reject({ toString() { while (true); } }); await new Promise(() => {})',
    ],
    [
      'a frame of line infinity',
      "throw new Error('x\\n    at script.js:' + '9'.repeat(400) + ':' + '9'.repeat(400))",
    ],
    ['a frame of line nought', "throw new Error('x\\n    at script.js:0:0')"],
    [
      'a frame of the client at line infinity',
      "throw new Error('x\\n    at dingtalk/client.js:' + '9'.repeat(400) + ':1')",
    ],
    ['nothing, and waits for ever', 'await new Promise(() => {})'],
  ])('by throwing %s', async (_what, source) => {
    expect(await run(source)).toMatchObject({ code: 'SCRIPT_ERROR' });
  });

  it("by secrets that look like the engine's own words", async () => {
    const { execution } = await run(
      `new JSONObject().fluentPut('token', 'SCRIPT_ERROR').fluentPut('pwd', 'sync').fluentPut('secret', 'log').fluentPut('password', '1');
console.log('x'); throw new Error('y')`,
    );
    expect(execution.error).toMatchObject({ code: 'SCRIPT_ERROR', stage: 'sync', line: 2 });
    expect(execution.logs).toMatchObject([{ level: 'log', message: 'x' }]);
  });

  it('by finishing twice: the first answer stands, as it was then', async () => {
    const { outcome, execution } = await run(`
      const answer = { status: 'pending' };
      setTimeout(() => { answer.status = 'approved' }, 0);
      Promise.resolve().then(() => Promise.resolve()).then(() => { answer.status = 'rejected' });
      return answer`);
    expect(outcome.result).toEqual({ status: 'pending' });
    expect(execution.warnings).toEqual([expect.stringContaining('1 timer: cancelled')]);
  });

  it('by answering a promise of a promise, or something that only calls itself one', async () => {
    const { outcome } = await run(
      "return { then(done) { done({ then(done) { done(Promise.resolve({ status: 'revoked' })) } }) } }",
    );
    expect(outcome.result).toEqual({ status: 'revoked' });
  });

  it.each([
    ['a function', '() => 1'],
    ['a symbol', 'Symbol()'],
    ['a BigInt', '10n'],
    ['a circle', '(() => { const a = {}; a.a = a; return a })()'],
    ['a getter that throws', "({ get a() { throw new Error('no') } })"],
    ['toJSON that answers nothing', '({ toJSON() {} })'],
    ['toJSON that answers a function', '({ toJSON: () => () => 1 })'],
    ['a text', '"{\\"status\\":\\"approved\\"}"'],
    ['an inherited status', "Object.create({ status: 'approved' })"],
    ['a status of no such word', "({ status: 'APPROVED' })"],
    ['a list', "[{ status: 'approved' }]"],
  ])('by answering %s, which is SCRIPT_RESULT', async (_what, value) => {
    expect(await run(`return ${value}`)).toMatchObject({ code: 'SCRIPT_RESULT' });
  });

  it('with names that pollute whoever reads them', async () => {
    const { outcome } = await ask(
      `return JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')`,
    );
    expect(JSON.stringify(outcome.execution)).toContain('constructor');
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('an event made to hurt', () => {
  it('has its odd keys as data, and takes no method away', async () => {
    const event: unknown = JSON.parse(
      '{"__proto__":{"status":"approved"},"get":1,"toJSON":2,"then":3,"size":4,"processInstanceId":"i"}',
    );
    const { outcome } = await run(
      `return { approvalInstanceId: event.processInstanceId, status: 'pending',
         seen: [event.get('get'), event.size(), event.status === undefined, ({}).status === undefined, JSON.stringify(event).includes('__proto__')] }`,
      { stage: 'callback', event },
    );
    expect(outcome.result).toMatchObject({ seen: [1, 6, true, true, true] });
  });

  it('may be nested 100,000 deep: the run ends, and the next one runs', async () => {
    let event: unknown = {};
    for (let i = 0; i < 100_000; i++) event = { event };
    const end = await run('return null', { stage: 'callback', event, limits: { cpuMs: 5_000 } });
    expect(end).toMatchObject({ code: 'SCRIPT_ERROR' });
    expect(await run(QUIET)).toMatchObject({ code: 'ok' });
  });
});
