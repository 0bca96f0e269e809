import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { convert, editsFor, mapOffsets } from '../../server/contract/convert.ts';
import { AsyncFunction } from './convert-programs.ts';

const appendix = (name: string): string =>
  readFileSync(new URL(`../../docs/examples/${name}`, import.meta.url), 'utf8');

/** The same code without the blanks that hold everything in its place. */
const tight = (source: string): string => convert(source).code.replace(/ {2,}/g, ' ').replaceAll('( ', '(');

describe('the scripts of the appendix', () => {
  it('leaves the mapping of the create stage where it is, but for its one typed declaration', () => {
    const source = appendix('create.js');
    expect(convert(source).code).toBe(source.replace('String multiValue', 'let    multiValue'));
  });

  it('takes the token stage as the JavaScript it is', () => {
    const source = appendix('token.js');
    expect(convert(source)).toMatchObject({ code: source, changed: false });
  });
});

describe('Java forms become their JavaScript counterparts', () => {
  it.each([
    ['String x = "a"', 'let x = "a"'],
    ['int n = 1;', 'let n = 1;'],
    ['JSONObject o = new JSONObject()', 'let o = new JSONObject()'],
    ['String s;', 'let s;'],
    ['int a = 1, b, c = 2', 'let a = 1, b, c = 2'],
    ['List<String> names = all', 'let names = all'],
    ['List<? extends Number> l = all', 'let l = all'],
    ['Map<String, List<Map.Entry<String, Object>>> m = all', 'let m = all'],
    ['java.util.List<String> l = all', 'let l = all'],
    ['final Map<String,Object> m = all', 'const m = all'],
    ['final String late; late = 1', 'let late; late = 1'],
    ['final int a = 1, b = 2', 'const a = 1, b = 2'],
    ['final var x = 1', 'const x = 1'],
    ['T x = 1', 'let x = 1'],
    ['String 名称 = "审批"', 'let 名称 = "审批"'],
    ['String[] a = {"x", "y"}', 'let a = ["x", "y"]'],
    ['int a[] = {1, 2}, b = 3', 'let a = [1, 2], b = 3'],
    ['int[][] grid = {{1, 2}, {3}, {}}', 'let grid = [[1, 2], [3], []]'],
    ['JSONObject[] all = {{}}', 'let all = [{}]'],
    ['use(new String[] {"x", f({a: 1})})', 'use([ "x", f({a: 1})])'],
    ['int[] a = new int[n + 1]', 'let a = new Array(n + 1).fill(0)'],
    ['String[] a = new String[3]', 'let a = new Array(3).fill(null)'],
    ['List<String> l = new ArrayList<>()', 'let l = new ArrayList ()'],
    ['use(new HashMap<String, List<Object>>(4).size(), 1L)', 'use(new HashMap (4).size(), 1 )'],
    ['String s = (String) o.get("k") + (java.util.List<String>) l', 'let s = o.get("k") + l'],
    ['int n = (int) (a / b) * 2', 'let n = Math.trunc((a / b)) * 2'],
    ['long n = (long) -x.y[0].z()', 'let n = Math.trunc(-x.y[0].z())'],
    ['x = (java.lang.String) (y); String s', 'x = (y); let s'],
    ['int n = (int) (double) x', 'let n = Math.trunc(x)'],
    ['byte b = (byte) 200; short s = (short) 7', 'let b = (200 << 24 >> 24); let s = (7 << 16 >> 16)'],
    [
      'x = 1L + 1l + 1.0f + 1.5d + 1F + .5f + 1e3d + 1_000L + 0x1FL + 0b1L',
      'x = 1 + 1 + 1.0 + 1.5 + 1 + .5 + 1e3 + 1_000 + 0x1F + 0b1 ',
    ],
    ['for (int i = 0, n = 3; i < n; i++) {}', 'for (let i = 0, n = 3; i < n; i++) {}'],
    ['for (String s : list) use(s)', 'for (let s of list) use(s)'],
    ['for(A a:b)c(a)', 'for(let a of b)c(a)'],
    ['for (var s : list) use(s)', 'for (var s of list) use(s)'],
    ['for (final Map.Entry<K, V> e : m.entrySet()) {}', 'for (const e of m.entrySet()) {}'],
    ['try { f() } catch (Exception e) { g(e) }', 'try { f() } catch (e) { g(e) }'],
    ['try { f() } catch (final IOException | java.io.ParseException e) {}', 'try { f() } catch (e) {}'],
    ['list.forEach(x -> use(x))', 'list.forEach(x => use(x))'],
    ['map(o.default, x -> use(x))', 'map(o.default, x => use(x))'],
    ['switch (a) { case 1: f(x -> x) }', 'switch (a) { case 1: f(x => x) }'],
    ['map.forEach((String k, final Object v) -> { use(k, v) })', 'map.forEach((k, v) => { use(k, v) })'],
    ['if (a) { String s = "x" } else { String s = "y" }', 'if (a) { let s = "x" } else { let s = "y" }'],
    ['list.map(x => { int y = x; return y })', 'list.map(x => { let y = x; return y })'],
    ['use(`a ${(String) x} b ${ `c ${1L}` }`)', 'use(`a ${ x} b ${ `c ${1 }` }`)'],
  ])('%s', (java, javascript) => {
    expect(tight(java)).toBe(javascript);
  });

  it('keeps what a cast or an array brings back from the line below a return', async () => {
    const run = (source: string): unknown => new AsyncFunction(`"use strict";\n${convert(source).code}`)();
    await expect(run('int x = 1; return (List<String>)\n x')).resolves.toBe(1);
    await expect(run('return new int[]\n{1, 2}')).resolves.toEqual([1, 2]);
    await expect(run('int x = 1; return (int)\n 7.9')).resolves.toBe(7);
  });
});

describe('what only looks like Java stays as it is', () => {
  const java = 'String first = "1";';

  it.each([
    ['texts', `use("String x = 1", 'for (int i : a)', "it's (int) x")`],
    ['comments', '// String x = 1\n/* List<String> l = 1L */ use()'],
    ['templates', 'use(`String x = 1L; ${a}(int) ${`List<A> b;`} x`)'],
    ['regular expressions', 'use(/String x = "1/, /[/(int) x]/g); a = b / c / d'],
    ['regular expressions behind blocks and arguments', 'if (a) /(int) b/.test(c)\nuse(a)\n{}/(int) b/g'],
    ['comparisons', 'x = y < z, w > (v); if (a < b) c(d < e, f > (g)); A < B > (c)'],
    ['ternaries in a for header', 'for (let i = a ? b : c; i; i = d ? e : f) {}'],
    ['labels', 'loop: for (const a of b) { continue loop }'],
    ['objects and their keys', 'x = { int: 1, String: y, "final": [z], for: 1, a() { return 1 } }'],
    ['calls by a name in parentheses', 'x = (String) (y); z = (fn) (y)'],
    ['lines without semicolons', 'a = String\nb = c\nString\nd = (Foo)\ne()'],
    ['a decrement and a comparison', 'while (n-->0) use(n)'],
    ['new of a member', 'x = new handlers[name](1); y = new handlers[name]'],
    [
      'contextual keywords',
      'async function f() { for await (const of of x) {} }\nlet get = 1, of = 2; use(get < of)',
    ],
    ['BigInt and separators', 'x = 1n + 1_000 + 0xfd + 0b1 + 1e5 + .5'],
  ])('%s', (_, javascript) => {
    expect(convert(javascript).changed).toBe(false);
    expect(convert(`${java}\n${javascript}`).code).toBe(`let    first = "1";\n${javascript}`);
  });
});

describe('positions are the author’s', () => {
  it('maps a place behind each change of length back to where the author wrote it', () => {
    const source = 'use()\nfor (A a:list) { int n = (int) a.b; fail(n) }';
    const { code, toAuthor, toAuthorOffset, toCodeOffset } = convert(source);
    const place = (text: string, part: string): { line: number; column: number } => ({
      line: 2,
      column: (text.split('\n')[1] ?? '').indexOf(part) + 1,
    });
    for (const part of ['list', 'n =', 'a.b', 'fail']) {
      const { line, column } = place(code, part);
      expect(toAuthor(line, column)).toEqual(place(source, part));
      expect(toAuthorOffset(code.indexOf(part))).toBe(source.indexOf(part));
      expect(toCodeOffset(source.indexOf(part))).toBe(code.indexOf(part));
    }
  });

  it('gives the nearest place for one that is not in the text', () => {
    const { toAuthor } = convert('int a = 1;\r\nint b = 2;\r\n');
    expect(toAuthor(0, 0)).toEqual({ line: 1, column: 1 });
    expect(toAuthor(2, 5)).toEqual({ line: 2, column: 5 });
    expect(toAuthor(99, 99)).toEqual({ line: 3, column: 1 });
  });
});

describe('the editor sees the edits of a half-written text', () => {
  it('gives the same edits as the conversion of a whole one', () => {
    const source = 'String a = "1"\nfor (int i : list) use(i, a)';
    const code = convert(source).code;
    const edits = editsFor(source);
    expect(edits.map(({ start, text }) => [start, text])).toEqual([
      [0, 'let   '],
      [20, 'let'],
      [26, 'of'],
    ]);
    expect(mapOffsets(edits).toCodeOffset(source.length)).toBe(code.length);
    expect(editsFor('let a = "1"')).toEqual([]);
  });

  it('goes on in the line after a mistake', () => {
    const source = 'String a = f(\nint b = 1\nfoo bar\nlong c = 2L';
    expect(editsFor(source).map(({ start }) => source.slice(start).split(/\W/)[0])).toEqual([
      'String',
      'int',
      'long',
      'L',
    ]);
  });
});
