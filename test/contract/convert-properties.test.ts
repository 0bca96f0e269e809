import { globSync, readFileSync } from 'node:fs';
import { tokenizer } from 'acorn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convert, editsFor, ScriptSyntaxError, type Converted } from '../../server/contract/convert.ts';
import { AsyncFunction, programs, wreckage } from './convert-programs.ts';

/** V8's own verdict on a function body, as the sandbox asks for it. */
function v8Accepts(body: string): boolean {
  try {
    new AsyncFunction(`"use strict";\n${body}`);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function converted(source: string): Converted | null {
  try {
    return convert(source);
  } catch (error) {
    if (error instanceof ScriptSyntaxError) return null;
    throw error;
  }
}

async function outputOf(body: string): Promise<unknown[]> {
  const out: unknown[] = [];
  await new AsyncFunction('out', `"use strict";\n${body}`)(out);
  return out;
}

const lineCount = (text: string): number => text.split(/\r\n|[\n\r\u2028\u2029]/).length;

/** Real JavaScript: files of this project's own dependencies. */
const realFiles = globSync(
  [
    'acorn/dist/acorn.js',
    'koa/lib/*.js',
    'co-body/lib/*.js',
    'semver/**/*.js',
    'undici/lib/{core,dispatcher,util}/*.js',
    'esquery/dist/*.min.js',
    'uri-js/dist/es5/*.js',
    'zod/v4/core/*.cjs',
  ],
  { cwd: new URL('../../node_modules/', import.meta.url).pathname },
).map(
  (name) => [name, readFileSync(new URL(`../../node_modules/${name}`, import.meta.url), 'utf8')] as const,
);

describe('JavaScript', () => {
  const accepted = realFiles.filter(([, source]) => v8Accepts(source));

  it('is accepted or refused as V8 does it, and left byte for byte as it is', () => {
    expect(accepted.length).toBeGreaterThan(50);
    for (const [name, source] of realFiles) {
      const result = converted(source);
      expect([name, result?.code]).toEqual([name, v8Accepts(source) ? source : undefined]);
      expect([name, result?.changed ?? false]).toEqual([name, false]);
    }
  });

  it('is left byte for byte as it is beside one line of Java', () => {
    for (const [name, source] of accepted) {
      const { code } = convert(`final List<Map<String, Object>> all = (List) x; ${source}`);
      expect(code.endsWith(`; ${source}`), name).toBe(true);
    }
  });

  it('is never changed, whatever program it is', () => {
    fc.assert(
      fc.property(programs, ({ javascript }) => {
        const { code, changed, toAuthor } = convert(javascript);
        expect(code).toBe(javascript);
        expect(changed).toBe(false);
        expect(toAuthor(1, 3)).toEqual({ line: 1, column: 3 });
      }),
    );
  });

  it.each([
    ['await and return stand at the top', 'return await x', true],
    ['await is no name', 'let await = 1', false],
    ['await is a name in an inner function', 'function f() { await = 1 }', true],
    ['strict: no with', 'with (a) {}', false],
    ['strict: no octal number', '010', false],
    ['strict: no octal escape', '"\\07"', false],
    ['strict: names may not be deleted', 'delete x', false],
    ['new.target and arguments belong to the function', 'use(new.target, arguments)', true],
    ['super does not', 'super.x', false],
    ['no import', 'import a from "b"', false],
    ['no import.meta', 'import.meta', false],
    ['import() is an expression', 'import("a")', true],
    ['no hashbang, the text is no file', '#!/usr/bin/node\nuse()', false],
    ['HTML-like comments, as in any script', '<!-- a\n--> b\nuse()', true],
    ['the wrapper cannot be closed', '}); (async () => {', false],
    ['the wrapper cannot be closed by a function', '}\nfunction f() {', false],
    ['the wrapper cannot be commented out', 'use() /*', false],
    ['a line comment does not swallow the wrapper', 'use() // end', true],
    ['using', 'using a = b; await using c = d', true],
    ['a pattern with too many groups', `x = /${'()'.repeat(70_000)}/`, false],
    ['a parameter of catch declared again by var', 'try {} catch (e) { var e }', true],
    ['and by let', 'try {} catch (e) { let e }', false],
    ['a name declared twice', 'var a; { let a; { var a } }', false],
    ['a function twice at the top', 'function a() {} function a() {} var a', true],
    ['a function twice in a block', '{ function a() {} function a() {} }', false],
  ])('%s', (_, source, isJavaScript) => {
    expect(v8Accepts(source)).toBe(isJavaScript);
    expect(converted(source)?.code).toBe(isJavaScript ? source : undefined);
  });
});

describe('typed programs', () => {
  it('compute what the same programs compute in JavaScript', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async ({ java, javascript }) => {
        const { code } = convert(java);
        expect(await outputOf(code)).toEqual(await outputOf(javascript));
      }),
    );
  });

  it('keep their lines, and each name and text leads back to the author’s', () => {
    fc.assert(
      fc.property(programs, ({ java }) => {
        const { code, toAuthorOffset, toCodeOffset, toAuthor } = convert(java);
        expect(lineCount(code)).toBe(lineCount(java));
        for (const { start, end } of tokenizer(code, { ecmaVersion: 'latest' })) {
          const token = code.slice(start, end);
          if (!/^(?:v\d+|out|['"][^]*)$/.test(token)) continue;
          const offset = toAuthorOffset(start);
          expect(java.slice(offset, offset + token.length)).toBe(token);
          expect(toCodeOffset(offset)).toBe(start);
          expect(toAuthor(...placeOf(code, start))).toEqual(asPlace(placeOf(java, offset)));
        }
      }),
    );
  });
});

describe('any text at all', () => {
  it('is converted to what V8 accepts, or refused with a place in it', () => {
    fc.assert(
      fc.property(fc.oneof(wreckage, fc.string({ unit: 'binary' })), (source) => {
        try {
          const { code } = convert(source);
          expect(v8Accepts(code)).toBe(true);
          expect(lineCount(code)).toBe(lineCount(source));
        } catch (error) {
          if (!(error instanceof ScriptSyntaxError)) throw error;
          const lines = source.split(/\r\n|[\n\r\u2028\u2029]/);
          expect(error.column).toBeGreaterThan(0);
          expect(error.column).toBeLessThanOrEqual((lines[error.line - 1]?.length ?? -1) + 1);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the editor edits in order, which change no line', () => {
    fc.assert(
      fc.property(fc.array(wreckage, { maxLength: 4 }), (lines) => {
        const source = lines.join('\n');
        let end = 0;
        for (const edit of editsFor(source)) {
          expect(edit.start).toBeGreaterThanOrEqual(end);
          expect(lineCount(edit.text)).toBe(lineCount(source.slice(edit.start, edit.end)));
          end = edit.end;
        }
        expect(end).toBeLessThanOrEqual(source.length);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('speed', () => {
  const LARGEST_SOURCE = 256 * 1024;
  const filled = (line: (i: number) => string): string => {
    let text = '';
    for (let i = 0; text.length < LARGEST_SOURCE; i++) text += `${line(i)}\n`;
    return text;
  };

  it.each([
    ['mapping lines', filled((i) => `fromField.add(new JSONObject().fluentPut("name", (String) "n${i}"))`)],
    ['declarations', filled((i) => `int a${i};`)],
    ['JavaScript declarations', filled((i) => `let a${i};`)],
    ['one long type', `List<${'A, '.repeat(80_000)}A> x = 1`],
    ['one long comment in a cast', `int x = (int /*${'x'.repeat(LARGEST_SOURCE)}*/) 1`],
    ['mistakes', filled(() => 'int a = ;')],
    ['digits', `long n = ${'1_'.repeat(LARGEST_SOURCE / 2)}1L`],
  ])('the largest source takes well under a second: %s', (_, source) => {
    const started = process.cpuUsage();
    converted(source);
    editsFor(source);
    const { user, system } = process.cpuUsage(started);
    // Processor time, since tests share their machine: 10 to 500 ms here, where a quadratic reader takes a minute.
    expect((user + system) / 1000).toBeLessThan(5000);
  });
});

type LineAndColumn = [line: number, column: number];

function placeOf(text: string, offset: number): LineAndColumn {
  const before = text.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/);
  return [before.length, (before.at(-1)?.length ?? 0) + 1];
}

const asPlace = ([line, column]: LineAndColumn): { line: number; column: number } => ({ line, column });
