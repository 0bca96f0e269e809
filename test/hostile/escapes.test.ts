import { describe, expect, it } from 'vitest';
import { startEngine } from './engine.ts';

const { ask } = await startEngine();

describe('a script looks for a way out of its isolate', () => {
  it("finds no name of the host's, of Node's or of the bridge", async () => {
    const { answer } = await ask(`
      const names = ['require', 'process', 'module', 'exports', 'global', 'Buffer', '__dirname', '__filename', 'ivm', '_ivm', 'isolate',
        'bridge', 'start', 'resume', 'drain', 'outbox', 'limits', 'state', 'pendingFetches', 'settleFetch', 'jsonStringify', 'dataOf',
        'WebAssembly', 'SharedArrayBuffer', 'Atomics', 'FinalizationRegistry', 'WeakRef', 'Worker', 'MessageChannel', 'ShadowRealm',
        'importScripts', 'Deno', 'Bun', 'window', 'document', 'navigator', 'gc', 'print', 'load', 'readFile', 'd8'];
      const find = (name) => { try { return Function('return typeof ' + name)() } catch { return 'undefined' } };
      return names.filter((name) => find(name) !== 'undefined' || name in globalThis)`);
    expect(answer).toEqual([]);
  });

  it('meets nothing of another realm, however far it walks from what is in scope', async () => {
    const { answer } = await ask(
      `
      const ours = new Set([Object.prototype, Function.prototype]);
      const seen = new Set();
      const strangers = [];
      const queue = [[globalThis, 'globalThis'], [fetch, 'fetch'], [dingtalk, 'dingtalk'], [Promise.resolve(), 'promise'],
        [(function* () {})(), 'generator'], [(async function* () {})(), 'asyncGenerator'], [[].values(), 'iterator'], [new Error('x'), 'error']];
      for (let i = 0; i < queue.length; i++) {
        const [value, path] = queue[i];
        if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue;
        seen.add(value);
        let top = value;
        while (Object.getPrototypeOf(top) !== null) top = Object.getPrototypeOf(top);
        if (typeof value === 'function' && !ours.has(top)) strangers.push(path);
        if (typeof value === 'object' && !ours.has(top) && top !== value) strangers.push(path);
        for (const key of Reflect.ownKeys(value)) {
          const { value: held, get, set } = Object.getOwnPropertyDescriptor(value, key);
          for (const next of [held, get, set]) queue.push([next, path + '.' + String(key)]);
        }
        queue.push([Object.getPrototypeOf(value), path + '.__proto__']);
      }
      return { strangers, isFar: seen.size > 500 }`,
      { limits: { cpuMs: 5_000 } },
    );
    expect(answer).toEqual({ strangers: [], isFar: true });
  });

  it.each([
    ['Function', 'fetch.constructor'],
    ['the constructor of a constructor', '({}).constructor.constructor'],
    ['AsyncFunction', '(async () => {}).constructor'],
    ['GeneratorFunction', '(function* () {}).constructor'],
    ['AsyncGeneratorFunction', '(async function* () {}).constructor'],
    ["the constructor of the client's functions", 'dingtalk.create.constructor'],
    ["the constructor of a promise's resolver", 'Promise.withResolvers().resolve.constructor'],
    [
      'a function reached through a getter',
      "Object.getOwnPropertyDescriptor(Map.prototype, 'size').get.constructor",
    ],
  ])('%s makes functions of the same bare world', async (_what, constructor) => {
    const { answer } = await ask(`
      const made = (${constructor})('return [typeof process, typeof require, typeof bridge, this === undefined || this === globalThis]');
      const given = made();
      const settled = await (given.next ? given.next() : given);
      return settled.value ?? settled`);
    expect(answer).toEqual(['undefined', 'undefined', 'undefined', true]);
  });

  it.each([
    ["import('node:fs')", "await import('node:fs')"],
    ['import() made by eval', 'await eval("import(\\"node:fs\\")")'],
    ['import() made by Function', 'await Function("return import(\\"node:fs\\")")()'],
    ['import() of data', 'await import("data:text/javascript,export default 1")'],
    ['import() of JSON', 'await import("./package.json", { with: { type: "json" } })'],
  ])('%s is refused', async (_what, script) => {
    const { code, message } = await ask(`return ${script}`);
    expect({ code, message }).toEqual({ code: 'SCRIPT_ERROR', message: 'Not supported' });
  });

  it('sees no file of the host in any stack, wherever the prelude calls it back', async () => {
    const { answer } = await ask(`
      const stacks = [];
      const note = () => { stacks.push(new Error('here').stack); return 'x' };
      const told = { toString: note, toJSON: note, get then() { note(); return undefined }, [Symbol.toPrimitive]: note };
      fetch(told).catch(() => {});
      try { fetch('https://a.example', { get method() { note(); return 'GET' }, headers: { a: told } }).catch(() => {}) } catch {}
      console.log('%s', new Proxy({}, { ownKeys() { note(); return [] } }));
      new JSONObject().put(told, 1);
      JSON.toJSONString(told);
      String.format('%s', told);
      structuredClone({ get x() { note(); return 1 } });
      await new Promise((done) => setTimeout(() => { note(); done() }, 1));
      await told;
      for (const broken of ['JSON.parse("{")', 'null.x', 'new RegExp("(")', 'atob("!")', 'new URL("?")', 'crypto.hmac()'])
        try { eval(broken) } catch (error) { stacks.push(error.stack) }
      const frames = stacks.join('\\n').split('\\n').filter((line) => /^ +at /.test(line));
      return { frames: frames.length, foreign: frames.filter((line) => /[\\\\/]|node:|\\.ts|isolated/.test(line)) }`);
    expect(answer).toEqual({
      frames: expect.toSatisfy((count: number) => count > 20) as number,
      foreign: [],
    });
  });

  it('gets no call sites: the stack is a text, whoever asks for another', async () => {
    const { answer } = await ask(`
      const sites = [];
      try { Error.prepareStackTrace = (error, frames) => { sites.push(frames); return frames } } catch (error) { sites.push(error.name) }
      try { Object.defineProperty(Error, 'prepareStackTrace', { get() { sites.push('asked') } }) } catch (error) { sites.push(error.name) }
      class Own extends Error { static prepareStackTrace(error, frames) { sites.push(frames); return frames } }
      const holder = {};
      Error.captureStackTrace(holder);
      return [typeof new Own('x').stack, typeof holder.stack, sites]`);
    expect(answer).toEqual(['string', 'string', ['TypeError', 'TypeError']]);
  });

  it('cannot climb to its caller', async () => {
    const { answer } = await ask(`
      const climb = Function('try { return String(arguments.callee.caller) } catch (error) { return error.name }');
      const callers = [climb(), [1].map(climb)[0]];
      setTimeout(() => { callers.push(climb()) }, 0);
      new JSONObject().put({ toString() { callers.push(climb()); return 'k' } }, 1);
      await new Promise((done) => setTimeout(done, 5));
      return [...new Set(callers)]`);
    expect(answer).toEqual(['null']);
  });

  it('cannot reach the lists of the bridge through a species, an iterator, a setter or a getter', async () => {
    const { answer, logs } = await ask(`
      let leaked = '';
      const leak = (what) => { leaked += typeof what === 'object' ? '{' + Reflect.ownKeys(what).join() + '}' : String(what) };
      class Greedy extends Array { constructor(...all) { super(...all); leaked += 'Greedy' } }
      Object.defineProperty(Array, Symbol.species, { get: () => Greedy });
      Object.defineProperty(Promise, Symbol.species, { get: () => function () { throw new Error('species') } });
      ['0', '1', 'id', 'url', 'told', 'message', 'name', 'resolve', 'run', 'code'].forEach((name) => Object.defineProperty(Object.prototype, name,
        { get() { leak(this) }, set(value) { leak(value) }, configurable: true }));
      [Array, String, Map, Set].forEach((kind) => Object.defineProperty(kind.prototype, Symbol.iterator, { get() { leak(this) } }));
      console.log('a line');
      await new Promise((done) => { setTimeout(done, 1) });
      try { await fetch('https://denied.example/') } catch (error) { return { leaked, message: error.message } }`);
    expect({ answer, logs }).toEqual({
      answer: { leaked: '', message: expect.stringContaining('denied.example') as string },
      logs: ['a line'],
    });
  });
});
