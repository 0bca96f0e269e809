import { describe, expect, it } from 'vitest';
import { startEngine, until } from './engine.ts';

const { run, sandbox } = await startEngine();

describe('a script that runs for ever', () => {
  it.each([
    ['in its code', 'while (true);'],
    ['in microtasks', 'while (true) await null'],
    [
      'in a promise that begets two',
      'const f = () => { Promise.resolve().then(f).then(f) }; f(); await new Promise(() => {})',
    ],
    ['in finally', 'for (;;) try { throw 1 } catch { continue } finally { continue }'],
    ['in catch, over its own stack', 'const f = () => { try { f() } catch { f() } }; f()'],
    ['in a getter of its result', 'return { get status() { while (true); } }'],
    ['in toJSON', 'return { toJSON() { while (true); } }'],
    [
      'in toJSON of a text',
      'String.prototype.toJSON = () => { while (true); }; return { status: new String("x") }',
    ],
    ['in then of its result', 'return { get then() { while (true); } }'],
    ['in a proxy of its result', 'return new Proxy({}, { ownKeys() { while (true); } })'],
    [
      'in the message of its error',
      'throw Object.defineProperty(new Error(), "message", { get() { while (true); } })',
    ],
    [
      'in the stack of its error',
      'throw Object.defineProperty(new Error(), "stack", { get() { while (true); } })',
    ],
    [
      'in what it throws',
      'throw new Proxy({}, { getPrototypeOf(target) { return new Proxy(target, this) } })',
    ],
    [
      'in what it logs',
      'console.log(new Proxy({}, { getPrototypeOf(target) { return new Proxy(target, this) } }))',
    ],
    ['in a comparator', '[3, 1, 2].sort(() => { while (true); })'],
    ['in a replacer', '"x".replace(/x/, () => { while (true); })'],
    ['in a reviver', 'JSON.parse("[1]", () => { while (true); })'],
    ['in a regular expression', '/^(a+)+$/.test("a".repeat(40) + "b")'],
    ['in an iterator', 'Iterator.from({ next: () => ({ done: false }) }).some(() => false)'],
    ['in the options of a call', 'fetch("https://a.example", { get method() { while (true); } })'],
    ['in a timer', 'setTimeout(() => { while (true); }, 1); await new Promise(() => {})'],
    [
      'at the edge of its stack, calling the host',
      'const f = () => { try { f() } finally { try { console.log(1); fetch("https://a.example") } catch {} } }; for (;;) try { f() } catch {}',
    ],
  ])('%s is stopped at its limit, and its process lives on', async (_where, source) => {
    const [before] = sandbox.stats().children;
    const { code, execution } = await run(source, { limits: { cpuMs: 80 } });
    expect(code).toBe('SCRIPT_TIMEOUT');
    expect(execution.durationMs).toBeLessThan(1_500);
    expect(sandbox.stats().children.map(({ pid }) => pid)).toContain(before?.pid);
  });

  it('by always having a timer is stopped by the wall clock', async () => {
    const storm =
      'const again = () => { setTimeout(again, 0) }; for (let i = 0; i < 100; i++) again(); await new Promise(() => {})';
    const { code, message } = await run(storm, { limits: { wallMs: 300 } });
    expect(code).toBe('SCRIPT_TIMEOUT');
    expect(message).toContain('300 ms in all');
  });

  it('in its last moments is told of the wall clock, not of a limit it did not reach', async () => {
    const source = 'await new Promise((done) => setTimeout(done, 150)); while (true);';
    const { message } = await run(source, { limits: { wallMs: 300, cpuMs: 2_000 } });
    expect(message).toContain('300 ms in all');
  });

  it.each([
    ['in one built-in loop', 'new Array(2 ** 32 - 1).fill(0)'],
    [
      'in a rejection that V8 reads for itself',
      'Promise.reject(Object.defineProperty(new Error(), "stack", { get() { while (true); } }))',
    ],
  ])('%s, beyond what V8 can stop, loses its process and says so', async (_where, source) => {
    const stuck = sandbox.stats().childEnds.stuck ?? 0;
    const { code, message } = await run(source, { limits: { cpuMs: 80 } });
    expect(code).toBe('SCRIPT_TIMEOUT');
    expect(message).toContain('ended with its process');
    expect(sandbox.stats().childEnds.stuck).toBe(stuck + 1);
  });
});

describe('a script that takes all memory', () => {
  it.each([
    ['with objects', 'const a = []; for (;;) a.push({ a })'],
    ['with texts', 'const a = []; for (let i = 0; ; i++) a.push(("x" + i).repeat(100).toUpperCase())'],
    ['with buffers', 'const a = []; for (;;) a.push(new Uint8Array(1 << 20).fill(1))'],
    ['with symbols', 'for (let i = 0; ; i++) Symbol.for("a long name to fill the registry ".repeat(9) + i)'],
    ['with copies', 'let a = [1]; for (;;) a = [...a, ...a]'],
    ['with a million promises', 'const a = []; for (;;) a.push(new Promise(() => {}))'],
    ['with one log line', 'console.log("x".repeat(2 ** 28))'],
  ])('%s ends as SCRIPT_MEMORY', async (_with, source) => {
    const { code } = await run(source, { limits: { memoryMiB: 16, cpuMs: 4_000 } });
    expect(code).toBe('SCRIPT_MEMORY');
  });

  it('and is refused buffers gets no more of them by asking in a loop', async () => {
    const { code, execution } = await run(
      'const a = []; for (;;) try { a.push(new ArrayBuffer(1 << 20)) } catch {}',
      { limits: { memoryMiB: 16, cpuMs: 100 } },
    );
    expect(['SCRIPT_TIMEOUT', 'SCRIPT_MEMORY']).toContain(code);
    expect(execution.memoryBytes).toBeLessThan(64 * 1024 * 1024);
  });
});

describe('a script that floods', () => {
  const LARGEST = 200_000;

  it.each([
    ['with log lines', 'for (let i = 0; i < 1e5; i++) console.log("line", i)', 'ok'],
    ['with log bytes', 'console.log("審".repeat(1e6)); console.log("x")', 'ok'],
    [
      'with an object in the log',
      'console.log(Array(1e5).fill({ a: { b: { c: "x".repeat(1000) } } }))',
      'ok',
    ],
    ['with the message of an error', 'throw new Error("x".repeat(1e7))', 'SCRIPT_ERROR'],
    [
      'with the name of an error',
      'throw Object.assign(new Error("x"), { name: "n".repeat(1e7) })',
      'SCRIPT_ERROR',
    ],
    [
      'with the stack of an error',
      'throw Object.assign(new Error("x"), { stack: "s".repeat(1e7) })',
      'SCRIPT_ERROR',
    ],
    [
      'with what a provider said',
      'throw Object.assign(new Error("x"), { code: "HTTP_ERROR", provider: { message: "p".repeat(1e7), kind: "k".repeat(1e7) } })',
      'HTTP_ERROR',
    ],
    ['with a thrown text', 'throw "x".repeat(1e7)', 'SCRIPT_ERROR'],
    [
      'with a thrown object',
      'const o = {}; for (let i = 0; i < 1e4; i++) o["k" + i] = "x".repeat(1e3); throw o',
      'SCRIPT_ERROR',
    ],
    ['with a rejection nobody awaits', 'Promise.reject(new Error("x".repeat(1e7))); await 1', 'SCRIPT_ERROR'],
    ['with a rejected text', 'Promise.reject("x".repeat(1e7)); await 1', 'SCRIPT_ERROR'],
    [
      'with the stack of a rejection',
      'Promise.reject(Object.assign(new Error("x"), { stack: "at ".repeat(4e6) })); await 1',
      'SCRIPT_ERROR',
    ],
    [
      'with the address of a call',
      'await fetch("https://api.dingtalk.com/" + "x".repeat(1e7))',
      'LIMIT_EXCEEDED',
    ],
    [
      'with the address of a denied call',
      'await fetch("https://denied.example/" + "x".repeat(1e5))',
      'LIMIT_EXCEEDED',
    ],
    [
      'with a header',
      'await fetch("https://api.dingtalk.com/", { headers: { a: "x".repeat(1e7) } })',
      'LIMIT_EXCEEDED',
    ],
    [
      'with a body',
      'await fetch("https://api.dingtalk.com/", { method: "POST", body: "x".repeat(1e7) })',
      'LIMIT_EXCEEDED',
    ],
    [
      'with secrets',
      'for (let i = 0; i < 1e4; i++) new JSONObject().put("token", "t".repeat(1e4) + i)',
      'ok',
    ],
    ['with a large result', 'return { status: "pending", a: "x".repeat(2e6) }', 'LIMIT_EXCEEDED'],
    ['with a wide result', 'return { status: "pending", a: Array(1e6).fill(1) }', 'LIMIT_EXCEEDED'],
    [
      'with a result that is large in bytes only',
      'return { status: "pending", a: "審".repeat(4e5) }',
      'LIMIT_EXCEEDED',
    ],
    [
      'with a result large by its escapes',
      'return { status: "pending", a: "\\0".repeat(3e5) }',
      'LIMIT_EXCEEDED',
    ],
    [
      'with entries that are all wrong',
      'return { status: "pending", form: Array(3e5).fill({}) }',
      'SCRIPT_RESULT',
    ],
    [
      'with a deep result',
      'let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return { status: "pending", a }',
      'SCRIPT_RESULT',
    ],
  ])('%s leaves little to show and to store', async (_with, source, expected) => {
    const { code, execution } = await run(`${source}; return { status: 'pending' }`, {
      limits: { cpuMs: 2_000 },
    });
    expect(code).toBe(expected);
    expect(JSON.stringify(execution).length).toBeLessThan(LARGEST);
  });
});

it('the engine has its children again after all that', async () => {
  await until(() => sandbox.stats().children.length === 2);
  expect(sandbox.fault).toBeUndefined();
  expect(await run("return { status: 'pending' }")).toMatchObject({ code: 'ok' });
});
