import { describe, expect, it } from 'vitest';
import { QUIET, startEngine } from './engine.ts';

const { run } = await startEngine();

const OUT = "console.log('outside');";

describe('a script tries to close the function it is the body of', () => {
  it.each([
    ['the function', `}); ${OUT} (async () => {`],
    ['the function, as its value', `}) ; (${OUT}`],
    ['a plain block', `} ${OUT} {`],
    ['a call', `})(); ${OUT} (async function () {`],
    ['the parameters', `) { ${OUT} } , (`],
    ['a comment that was never opened', `*/ ${OUT} /*`],
    ['the end by a comment', `${OUT} /*`],
    ['a template that was never opened', `\` ${OUT}`],
    ['a substitution', `} \` ${OUT} \${`],
    ['a text', `" ${OUT}`],
    ['a script element', `</script><script>${OUT}`],
    ['the function behind a line separator', `// x\u2028}); ${OUT} (async () => {`],
    ['the function behind a paragraph separator', `// x\u2029}); ${OUT} (async () => {`],
    ['the function behind an HTML comment', `<!-- x\n}); ${OUT} (async () => {`],
    ['the function behind a closing HTML comment', `--> x\n}); ${OUT} (async () => {`],
    ['the first line by a hashbang', `#!/usr/bin/env node\n${OUT}`],
    ['the function from a typed declaration', `String a = "x" }); ${OUT} (async () => { int b = 1`],
    ['the function from a typed loop', `for (String s : list) }); ${OUT} (async () => {`],
    ['the function from a cast', `Object o = (String) }); ${OUT} (`],
    ['the function from type arguments', `List<String> }); ${OUT} (async () => { new ArrayList<`],
    ['the function from an array initialiser', `int[] a = {1}); ${OUT} ({2}`],
    ['the function from a typed catch', `try {} catch (Exception e) }); ${OUT} (async () => {`],
    ['strict mode', `with (globalThis) { ${OUT} }`],
    ['the module it might be', `import fs from 'node:fs'; ${OUT}`],
    ['the class it might be in', `super.x; ${OUT}`],
    ['the parser by depth', `${'('.repeat(50_000)}${OUT}`],
    ['the parser by comments in a row', '<!--\n'.repeat(50_000)],
    ['the parser by groups', `/${'('.repeat(200_000)}/`],
    ['the parser by the time a pattern takes', `/${'(?<n>a)|'.repeat(28_000)}/`],
    ['the parser by the memory a pattern takes', `/${'\\p{L}'.repeat(50_000)}/u`],
    ['the parser by depth, balanced', `${'['.repeat(50_000)}${']'.repeat(50_000)}; ${OUT}`],
  ])('%s', async (_what, source) => {
    const { code, logs, execution } = await run(source);
    expect({ code, logs }).toEqual({ code: 'SCRIPT_SYNTAX', logs: [] });
    expect(execution.error?.line).toBeGreaterThan(0);
  });

  it.each([
    ['a comment without an end of line', `${QUIET} // }); (`],
    ['a comment that opens nothing', `${QUIET} // /*`],
    ['brackets in texts', `const a = "})", b = '*/', c = \`}) ; (\`, d = /[})]/; ${QUIET}`],
    ['an old HTML comment', `<!-- })\n${QUIET}`],
    ['a closing HTML comment', `\n--> })\n${QUIET}`],
    ['separators in a text', `const a = "\u2028\u2029"; ${QUIET}`],
    ['half a surrogate pair', `const a = "\ud800"; ${QUIET}`],
    ['a null character in a text', `const a = "\0"; ${QUIET}`],
    ['its own name of the file', `${QUIET}\n//# sourceURL=/etc/passwd`],
    ['a source map', `${QUIET}\n//# sourceMappingURL=data:application/json,{}`],
    ['another "use strict"', `'use strict'; ${QUIET}`],
  ])('%s stays inside', async (_what, source) => {
    expect(await run(source)).toMatchObject({ code: 'ok' });
  });

  it('its stack names script.js, whatever name it gives itself', async () => {
    const { execution } = await run(
      "//# sourceURL=/srv/secret.js\nfunction f() { throw new Error('x') }\nf()\n//# sourceURL=/srv/b.js",
    );
    expect(execution.error).toMatchObject({ code: 'SCRIPT_ERROR', line: 2 });
    expect(execution.error?.stack).toBe('Error: x\n    at f (script.js:2:22)\n    at script.js:3:1');
  });

  it('a sloppy function it makes does not see the variables of the prelude', async () => {
    const { answer } = await run(
      `return { status: 'pending', answer: Function("return [typeof outbox, typeof limits, typeof bridge]")() }`,
    );
    expect(answer).toEqual(['undefined', 'undefined', 'undefined']);
  });
});
