import { describe, expect, it } from 'vitest';
import { openIsolates } from './isolates.ts';

const run = openIsolates();

/** Replaces everything a script can lay its hands on; each line alone has broken a bridge somewhere. */
const WRECK = `
  const { defineProperty, ownKeys } = Reflect;
  const prototypes = [Object, Function, String, Number, Boolean, Promise, Map, WeakMap, Set, RegExp, Date, Error, Symbol, Array]
    .map((each) => each.prototype);
  for (let i = 0; i < prototypes.length; i++) {
    const keys = ownKeys(prototypes[i]);
    for (let j = 0; j < keys.length; j++) {
      if (keys[j] === 'constructor' || keys[j] === 'length') continue;
      const trap = () => { throw 'trapped'; };
      defineProperty(prototypes[i], keys[j], { __proto__: null, configurable: true, get: trap, set: trap });
    }
  }`;

const POLLUTE = `
  for (const key of ['id', 'method', 'url', 'headers', 'body', 'level', 'message', 'at', 'told', 'ms', 'run', 'values', 'resolve', 'reject',
    'place', 'line', 'toJSON', 'value', 'get', 'set', 'code', 'limit', 'length', 'state', 'result', 'error', '0', '1', 'has', 'ownKeys']) {
    try {
      Object.defineProperty(Object.prototype, key, {
        configurable: true,
        get() { if (this !== undefined && this !== globalThis) globalThis.caught = key; return undefined; },
        set(value) { globalThis.caught = key; },
      });
    } catch {}
  }`;

describe('a script that breaks its own world', () => {
  it('cannot stop its run from being told', async () => {
    const told = await run(`const log = console.log; ${WRECK}; log('still', 1, 'here'); throw 5`);
    expect(told).toMatchObject({ state: 'failed', messages: ['still 1 here'], entryErrors: [] });
    expect(told.error?.message).toBe('5');
  });

  it('gets its answer all the same', async () => {
    const told = await run({
      source: `const { log } = console; const call = fetch; const wait = setTimeout; const P = Promise;
        ${WRECK}
        const answer = await call('https://api.example.com/a', { method: 'POST', body: 'x' });
        await new P((done) => wait(done, 1));
        log('after');
        return answer.status`,
      replies: [{ status: 204 }],
    });
    expect(told).toMatchObject({ state: 'done', result: 204, messages: ['after'], entryErrors: [] });
    expect(told.http).toHaveLength(1);
  });

  it('sees nothing of the bridge through setters and getters on Object.prototype', async () => {
    const told = await run({
      source: `${POLLUTE}
        console.log('line');
        setTimeout(() => {}, 1);
        const answer = await fetch('https://api.example.com/', { __proto__: null, method: 'POST', body: 'text', headers: [] });
        globalThis.before = globalThis.caught;
        return [typeof globalThis.caught === 'undefined' ? 'nothing' : globalThis.caught, answer.status]`,
      replies: [{ status: 201 }],
    });
    expect(told.http).toEqual([
      {
        id: 1,
        method: 'POST',
        url: 'https://api.example.com/',
        body: 'text',
        headers: [['content-type', 'text/plain;charset=UTF-8']],
      },
    ]);
    expect(told).toMatchObject({ messages: ['line'], timers: [{ id: 1, ms: 1 }], entryErrors: [] });
  });

  it('runs nothing while the host drains', async () => {
    const told = await run(`
      globalThis.ran = 0;
      Array.prototype.toJSON = Object.prototype.toJSON = String.prototype.toJSON = function () { globalThis.ran++; return 'forged'; };
      console.log('one'); setTimeout(() => { console.log(String(globalThis.ran)) }, 1);
      await new Promise(() => {})`);
    expect(told.messages).toEqual(['one', '0']);
  });

  it('ends as it says, though it replaced how promises go on', async () => {
    const told = await run(`
      Promise.prototype.then = function () { throw new Error('never'); };
      Object.defineProperty(Promise, Symbol.species, { get() { throw new Error('never'); } });
      Object.defineProperty(Promise.prototype, 'constructor', { get() { throw new Error('never'); } });
      return 'over'`);
    expect(told).toMatchObject({ state: 'done', result: 'over', entryErrors: [] });
  });

  it('cannot have its own stack writer or hide where it failed', async () => {
    const { error } = await run(`
      try { Error.prepareStackTrace = () => 'forged'; } catch {}
      throw new Error('real')`);
    expect(error?.stack).toContain('script.js:6:13');
  });

  it('is told of by plain text though its error lies', async () => {
    const { error, state } = await run(`
      const error = new Error('x');
      for (const key of ['message', 'stack', 'code', 'provider', 'name'])
        Object.defineProperty(error, key, { get() { throw new Error('gotcha'); } });
      throw error`);
    expect({ state, error }).toMatchObject({
      state: 'failed',
      error: { name: 'Error', message: '', stack: '' },
    });
  });

  it('cannot claim the codes that only the engine gives', async () => {
    for (const code of ['EGRESS_DENIED', 'LIMIT_EXCEEDED', 'SCRIPT_TIMEOUT', '__proto__', 'toString']) {
      const { error } = await run(
        `throw Object.assign(new Error('x'), { code: '${code}', limit: 'httpCalls' })`,
      );
      expect(error).not.toHaveProperty('code');
      expect(error).not.toHaveProperty('limit');
    }
    expect((await run(`throw Object.assign(new Error('x'), { code: 'HTTP_ERROR' })`)).error?.code).toBe(
      'HTTP_ERROR',
    );
  });

  it('throws a proxy whose traps throw, and that is all', async () => {
    const source = `throw new Proxy({}, { ownKeys() { throw 1 }, getOwnPropertyDescriptor() { throw 1 }, getPrototypeOf() { throw 1 }, get() { throw 1 } })`;
    expect((await run(source)).error).toMatchObject({
      thrown: 'value',
      message: '[value that cannot be shown: number]',
    });
  });
});

describe('a script that never ends', () => {
  it.each([
    ['in its first line', 'console.log("before"); while (true) {}'],
    ['in a chain of promises', 'console.log("before"); while (true) await null'],
    ['in a getter of its result', 'console.log("before"); return { get x() { while (true) {} } }'],
    [
      'in a getter of its error',
      'console.log("before"); throw Object.defineProperty(new Error(), "message", { get() { while (true) {} } })',
    ],
  ])('%s, leaves what it said before and does not hold up the host', async (_where, source) => {
    const told = await run({ source, entryMs: 300 });
    expect(told.entryErrors).toEqual(['Script execution timed out.']);
    expect(told).toMatchObject({ state: 'running', messages: ['before'] });
  });

  it('waits for nothing: the host sees that it is still running without a reason', async () => {
    expect(await run('await new Promise(() => {})')).toMatchObject({
      state: 'running',
      waiting: { http: 0, timers: 0 },
    });
  });

  it('loses a rejection: the entry fails with it', async () => {
    expect((await run('Promise.reject(new Error("lost")); await new Promise(() => {})')).entryErrors).toEqual(
      ['lost'],
    );
  });
});

describe('a script that floods', () => {
  it('has its log cut by lines', async () => {
    const told = await run('for (let i = 0; i < 100000; i++) console.log(i)');
    expect(told.logs).toHaveLength(500);
    expect(told.logCut).toBe(true);
  });

  it('has its log cut by bytes, never within a character', async () => {
    const told = await run({
      source: 'console.log("审".repeat(9)); console.log("next")',
      limits: { logBytes: 20 },
    });
    expect(told).toMatchObject({ messages: ['审'.repeat(6)], logCut: true });
  });

  it('may set so many timers at once, and no more', async () => {
    const told = await run('for (let i = 0; i < 101; i++) setTimeout(() => {}, 1)');
    expect(told.error?.message).toContain('More than 100 timers');
  });

  it('tells the host only of timers that last', async () => {
    const told = await run(`
      for (let i = 0; i < 10000; i++) clearTimeout(setTimeout(() => {}, 1));
      const last = setTimeout(() => { console.log('never') }, 5);
      setTimeout(() => clearTimeout(last), 1);
      await new Promise((done) => setTimeout(done, 9))`);
    expect(told.timers.map(({ ms }) => ms)).toEqual([5, 1, 9]);
    expect(told.cleared).toHaveLength(1);
    expect(told.messages).toEqual([]);
  });

  it('has its errors bounded', async () => {
    const { error } = await run('throw new Error("x".repeat(1e6))');
    expect(error?.message.length).toBe(8192);
    expect(error?.stack.length).toBeLessThanOrEqual(8192);
  });

  it('tells at most a hundred secrets', async () => {
    const told = await run('for (let i = 0; i < 1e4; i++) reqBody.put("token", "t" + i)');
    expect(told.secrets).toHaveLength(100);
  });
});
