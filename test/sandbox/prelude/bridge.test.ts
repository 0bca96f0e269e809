import { describe, expect, it } from 'vitest';
import { openIsolates } from './isolates.ts';

const run = openIsolates();

const client = {
  name: 'dingtalk',
  source: `
    return {
      async create() { return { approvalInstanceId: 'sent ' + JSON.stringify(fromField) + ' for ' + TASK_ID }; },
      async revoke() {
        const error = new Error('DingTalk refused it');
        error.code = 'HTTP_ERROR';
        error.provider = { kind: 'unclear', status: 502, code: 'x', message: 'bad', requestId: 'r1', secret: 'no' };
        throw error;
      },
    };`,
};

describe('how a script ends', () => {
  it('answers what the script returns, null included', async () => {
    expect((await run('return { approvalInstanceId: "a" }')).result).toEqual({ approvalInstanceId: 'a' });
    expect((await run({ source: 'return null', client })).result).toBeNull();
    expect((await run({ source: 'return await Promise.resolve(7)', client })).result).toBe(7);
  });

  it('is finished by the provider default when it returns nothing', async () => {
    const ended = await run({
      source: 'fromField.add(new JSONObject().fluentPut("name", "Reason").fluentPut("value", "x"))',
      client,
      globals: { TASK_ID: 'T-1' },
    });
    expect(ended).toMatchObject({
      state: 'done',
      result: { approvalInstanceId: 'sent [{"name":"Reason","value":"x"}] for T-1' },
    });
  });

  it('sends the form that a script put in the place of the given one', async () => {
    const source = 'fromField = [{ name: "own", value: "form" }]';
    expect((await run({ source, client, globals: { TASK_ID: '' } })).result).toEqual({
      approvalInstanceId: 'sent [{"name":"own","value":"form"}] for ',
    });
  });

  it('has no result when it returns nothing and there is no client', async () => {
    const ended = await run('');
    expect(ended.state).toBe('done');
    expect(ended.drains.at(-1)).not.toHaveProperty('result');
  });

  it('names a stage that the client cannot finish', async () => {
    const ended = await run({ source: '', client, stage: 'sync' });
    expect(ended.error?.message).toBe('dingtalk has no default for the stage "sync"');
  });

  it('tells a thrown error with its place in the text', async () => {
    const { error } = await run('const a = 1;\n  throw new RangeError("too far")');
    expect(error).toMatchObject({ name: 'RangeError', message: 'too far', thrown: 'error' });
    // Two lines of the function that AsyncFunction makes and one of the directive stand before the author's first.
    expect(error?.stack).toContain('script.js:5:9');
  });

  it('tells a thrown value by what it looks like', async () => {
    const { error } = await run('throw { status: 3, why: ["no"] }');
    expect(error).toMatchObject({ message: "{ status: 3, why: [ 'no' ] }", thrown: 'value' });
  });

  it('passes on what the client knows of a refusal', async () => {
    const { error } = await run({ source: '', client, stage: 'revoke' });
    expect(error).toMatchObject({
      code: 'HTTP_ERROR',
      details: { provider: { kind: 'unclear', status: 502, code: 'x', message: 'bad', requestId: 'r1' } },
    });
    expect(error?.details?.provider).not.toHaveProperty('secret');
    expect(error?.stack).toContain('dingtalk/client.js');
  });

  it('ends with an error when a timer throws', async () => {
    const { state, error } = await run(
      'setTimeout(() => { throw new Error("late") }, 5); await new Promise(() => {})',
    );
    expect({ state, message: error?.message }).toEqual({ state: 'failed', message: 'late' });
  });

  it('says when the text is no script, even one that closes the function around it', async () => {
    for (const source of [
      '}); (function () {',
      'return 1 }, async function () {',
      '*/ } /*',
      'let let = 1',
    ]) {
      expect((await run(source)).error).toMatchObject({ code: 'SCRIPT_SYNTAX' });
    }
    expect((await run('/* the end')).error).toMatchObject({ code: 'SCRIPT_SYNTAX' });
    expect((await run('return 5 // the end')).result).toBe(5);
  });
});

describe('the result', () => {
  it('carries JSONObject and JSONArray as plain JSON', async () => {
    const source =
      'return new JSONObject().fluentPut("list", new JSONArray().fluentAdd(new JSONObject())).fluentPut("get", null)';
    expect((await run(source)).result).toEqual({ list: [{}], get: null });
  });

  it.each([
    ['return () => 1', 'it is [Function: (anonymous)]'],
    ['return Symbol("x")', 'it is Symbol(x)'],
    ['return 10n', 'BigInt'],
    ['const a = {}; a.a = a; return a', 'circular'],
    ['return { toJSON() { throw new Error("no way") } }', 'no way'],
    ['return { get x() { throw 1 } }', '1'],
  ])('%s cannot be carried', async (source, reason) => {
    const { state, error } = await run(source);
    expect({ state, code: error?.code }).toEqual({ state: 'failed', code: 'SCRIPT_RESULT' });
    expect(error?.message).toContain(reason);
  });

  it('is counted in UTF-8 bytes', async () => {
    const limits = { resultBytes: 30 };
    expect((await run({ source: 'return "审批审批审批审批审"', limits })).result).toBe('审批审批审批审批审');
    const { error } = await run({ source: 'return "审批审批审批审批审批"', limits });
    expect(error).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'result' });
  });
});

describe('what is in scope', () => {
  it('is nothing but the language and the documented names', async () => {
    const { result } = await run({
      source: 'return Object.getOwnPropertyNames(globalThis)',
      globals: { TASK_ID: 'T' },
      client,
      event: {},
    });
    const language = `Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp
      Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError globalThis JSON Math Intl ArrayBuffer
      Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array BigUint64Array BigInt64Array Uint8ClampedArray Float32Array
      Float64Array Float16Array DataView Map BigInt Set Iterator WeakMap WeakSet Proxy Reflect decodeURI decodeURIComponent encodeURI
      encodeURIComponent escape unescape eval isFinite isNaN Temporal SuppressedError DisposableStack AsyncDisposableStack`;
    const helpers = `console fetch URL URLSearchParams TextEncoder TextDecoder atob btoa structuredClone setTimeout clearTimeout crypto
      JSONObject JSONArray ArrayList HashMap LinkedHashMap System Integer Long Double Objects Arrays StringBuilder
      Exception RuntimeException IllegalArgumentException IllegalStateException NumberFormatException`;
    const ofTheRun = 'TASK_ID fromField reqBody event dingtalk';
    const allowed = `${language} ${helpers} ${ofTheRun}`.split(/\s+/);
    expect([...(result as string[])].sort()).toEqual(allowed.sort());
  });

  it('gives variables that cannot be assigned, and says which', async () => {
    const { error } = await run({ source: 'TASK_ID = "other"', globals: { TASK_ID: 'T' } });
    expect(error).toMatchObject({
      name: 'TypeError',
      message: expect.stringContaining("'TASK_ID'") as string,
    });
  });

  it('lets a script use its own variable of the same name', async () => {
    const source = 'let TASK_ID = "mine"; return TASK_ID';
    expect((await run({ source, globals: { TASK_ID: 'T' } })).result).toBe('mine');
  });

  it('reads an event as plain data and as JSONObject', async () => {
    const { result } = await run({
      source: `
        const { type } = event;
        return [event.processInstanceId, event.getString("processInstanceId"), type, event.users[1].id, event.getJSONArray("users").getJSONObject(0).getString("id"),
          event.get("get"), event.getString("size"), Object.keys(event), "missing" in event, event.missing === undefined, { ...event }.type, event.__proto__, event.containsKey("__proto__")]`,
      event: JSON.parse(
        '{"processInstanceId":"p1","type":"finish","users":[{"id":"a"},{"id":"b"}],"get":"mine","size":3,"__proto__":{"x":1}}',
      ) as unknown,
    });
    expect(result).toEqual([
      'p1',
      'p1',
      'finish',
      'b',
      'a',
      'mine',
      '3',
      ['processInstanceId', 'type', 'users', 'get', 'size', '__proto__'],
      false,
      true,
      'finish',
      { x: 1 },
      true,
    ]);
  });

  it('is gone: whatever reaches past the limits of an isolate', async () => {
    const source =
      'return [typeof WebAssembly, typeof SharedArrayBuffer, typeof Atomics, typeof WeakRef, typeof FinalizationRegistry, typeof require, typeof process, typeof queueMicrotask]';
    expect(new Set((await run(source)).result as string[])).toEqual(new Set(['undefined']));
    expect((await run('return await import("node:fs")')).state).toBe('failed');
  });
});

describe('secrets', () => {
  it('are told to the host when they are put under a key that looks like one', async () => {
    const source = `
      reqBody.put("appKey", "k"); reqBody.put("appSecret", "s3cret"); reqBody.fluentPut("Access_Key", 12).aesKey = "aes";
      new JSONObject({ password: "from map" }); reqBody.put("token", ""); reqBody.put("token", { not: "text" })`;
    expect((await run(source)).secrets).toEqual(['s3cret', '12', 'aes', 'from map']);
  });

  it('are not every value of an event', async () => {
    expect((await run({ source: 'return event.token', event: { token: 'provider word' } })).secrets).toEqual(
      [],
    );
  });
});
