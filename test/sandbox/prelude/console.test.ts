import { describe, expect, it } from 'vitest';
import { openIsolates } from './isolates.ts';

const run = openIsolates();

/** What `console.log(<expression>)` writes. */
async function shown(expression: string): Promise<string | undefined> {
  const { messages } = await run(`console.log(${expression})`);
  return messages[0];
}

describe('the console', () => {
  it('keeps level, order and time', async () => {
    const before = new Date().toISOString();
    const { logs } = await run(
      'console.debug(1); console.log(2); console.info(3); console.warn(4); console.error(5)',
    );
    expect(logs.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'debug 1',
      'log 2',
      'info 3',
      'warn 4',
      'error 5',
    ]);
    for (const { at } of logs) expect(at >= before && at <= new Date().toISOString()).toBe(true);
  });

  it.each([
    [`'a', 1, 'b'`, 'a 1 b'],
    [``, ''],
    [`'%s has %d of %i, %f', 'x', 1.5, 1.5, '2.5'`, 'x has 1.5 of 1, 2.5'],
    [`'%j|%o|%c|%%|%s'`, '%j|%o|%c|%%|%s'],
    [`'%j %o%c 100%% %s', { a: 1 }, { b: 'x' }, 'css'`, `{"a":1} { b: 'x' } 100% %s`],
    [`'50%', 'off'`, '50% off'],
    [`'%s', 'a', 'b', { c: 1 }`, 'a b { c: 1 }'],
    [`'%d %d %s', Symbol('a'), {}, Symbol('b')`, 'NaN NaN Symbol(b)'],
  ])('formats (%s) as Node does', async (values, text) => {
    expect(await shown(values)).toBe(text);
  });

  it.each([
    [
      `{ a: 1, 'b-c': 'it\\'s', [Symbol('d')]: undefined, e: null }`,
      `{ a: 1, 'b-c': "it's", e: null, [Symbol(d)]: undefined }`,
    ],
    [`[1, , 'x\\n', -0, 10n]`, `[ 1, <1 empty item>, 'x\\n', -0, 10n ]`],
    [`new Map([['a', new Set([1])]]), new Map(), []`, `Map(1) { 'a' => Set(1) { 1 } } Map(0) {} []`],
    [`(() => { const m = new HashMap(); m.put('k', 5); return m; })()`, `HashMap(1) { 'k' => 5 }`],
    [
      `new (class Task { id = 1 })(), Object.create(null), {}`,
      `Task { id: 1 } [Object: null prototype] {} {}`,
    ],
    [`class A {}, () => 1, function named() {}`, `[class A] [Function: (anonymous)] [Function: named]`],
    [
      `new Date(0), new Date(NaN), /a/gi, [new Date(0)]`,
      `1970-01-01T00:00:00.000Z Invalid Date /a/gi [ 1970-01-01T00:00:00.000Z ]`,
    ],
    [`new Uint8Array([1, 2])`, `Uint8Array(2) [ 1, 2 ]`],
    [
      `{ get a() { throw 1 }, set b(x) {}, get c() { return 1 }, set c(x) {} }`,
      `{ a: [Getter], b: [Setter], c: [Getter/Setter] }`,
    ],
    [`{ a: { b: { c: { d: { e: { f: 1 } } } } } }`, `{ a: { b: { c: { d: { e: [Object] } } } } }`],
    [`Object.assign([1], { extra: 2 })`, `[ 1, extra: 2 ]`],
    [
      `new JSONObject().fluentPut('a', [1]), { form: new JSONArray('[{"a":null}]') }`,
      `{"a":[1]} { form: JSONArray(1) [ { a: null } ] }`,
    ],
  ])('shows %s', async (values, text) => {
    expect(await shown(values)).toBe(text);
  });

  it('breaks what is too wide over lines', async () => {
    expect(await shown(`{ first: 'x'.repeat(40), second: 'y'.repeat(40), third: [1] }`)).toBe(
      `{\n  first: '${'x'.repeat(40)}',\n  second: '${'y'.repeat(40)}',\n  third: [ 1 ]\n}`,
    );
  });

  it('shows what contains itself', async () => {
    const { messages } = await run('const a = { name: "a" }; a.self = [a]; console.log(a)');
    expect(messages[0]).toBe(`{ name: 'a', self: [ [Circular] ] }`);
  });

  it('shows errors at the author’s lines, without the engine’s', async () => {
    const { messages } = await run(
      '\nconst e = Object.assign(new TypeError("x"), { code: 7 });\ne.message = "changed";\nconsole.log(e)',
    );
    expect(messages[0]).toBe('TypeError: changed\nTypeError: x\n    at eval (script.js:2:25) { code: 7 }');
  });

  it('bounds what it shows', async () => {
    expect(await shown('new Array(1e6).fill(1)')).toMatch(/1,\n {2}\.\.\. 999900 more items\n\]$/);
    expect(await shown('Array(4294967295)')).toBe('[ <10000 empty items>, ... 4294957295 more items ]');
    expect((await shown('{ a: "x".repeat(1e6) }'))?.length).toBeLessThan(11_000);
    expect(
      (
        await shown(
          'Object.fromEntries(Array.from({ length: 1e4 }, function (_, i) { return ["k" + i, this.text] }, { text: "v".repeat(9e3) }))',
        )
      )?.length,
    ).toBeLessThan(70_000);
  });

  it('has groups, assertions, and System.out beside', async () => {
    const { logs } = await run(`
      console.group('outer'); console.log('inner'); console.groupEnd(); console.assert(1, 'no'); console.assert(0, 'yes %d', 1);
      System.out.println("line"); System.out.println(new JSONObject().fluentPut("a", null)); System.out.println(); System.err.println(1);
      System.out.printf("%05d%n", 42); System.out.println(null)`);
    expect(logs.map(({ level, message }) => [level, message])).toEqual([
      ['log', 'outer'],
      ['log', '  inner'],
      ['error', 'Assertion failed: yes 1'],
      ['log', 'line'],
      ['log', '{}'],
      ['log', ''],
      ['error', '1'],
      ['log', '00042'],
      ['log', 'null'],
    ]);
  });
});
