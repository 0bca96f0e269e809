import { tokenizer } from 'acorn';
import type { Token } from 'acorn';
import fc from 'fast-check';
import type { FormatCodeSettings } from 'typescript';
import { beforeAll, expect, it } from 'vitest';
import { convert } from '../../server/contract/convert.ts';
import { openScript, withChanges } from './script-support.ts';
import type { OpenScript } from './script-support.ts';

let create: OpenScript;
beforeAll(() => {
  create = openScript('create', '');
});

const SETTINGS: FormatCodeSettings = {
  ...{ indentSize: 2, tabSize: 2, convertTabsToSpaces: true, newLineCharacter: '\n' },
  ...{ insertSpaceAfterCommaDelimiter: true, insertSpaceBeforeAndAfterBinaryOperators: true },
  insertSpaceAfterKeywordsInControlFlowStatements: true,
};

function formatted(text: string): string {
  create.text = text;
  return withChanges(text, create.worker.getFormatting(create.file, 0, text.length, SETTINGS));
}

/** What runs, without the blanks between. */
const tokensOf = (text: string): string[] =>
  [...tokenizer(convert(text).code, { ecmaVersion: 'latest' })].map(
    // acorn's types leave the value out.
    (token) => `${token.type.label} ${String((token as Token & { value?: unknown }).value)}`,
  );

it('puts plain JavaScript in order', () => {
  expect(formatted('if(a){\nfield( "A",TASK_ID );\n}')).toBe('if (a) {\n  field("A", TASK_ID);\n}');
});

it('leaves a typed declaration as its author wrote it, and orders the rest of its line', () => {
  expect(formatted('  String multiValue=String.format("%s",TASK_URL)')).toBe(
    'String multiValue = String.format("%s", TASK_URL)',
  );
});

const blank = fc.constantFrom('', ' ', '  ', '\t');
const gap = fc.constantFrom(' ', '   ', '\t');

/** Statements, Java-flavoured and plain, each `␣` any blanks or none and each `·` at least one. */
const statement = fc.constantFrom(
  'String·s␣=␣"a"␣;',
  'int·n␣=␣(int)␣3.7␣;',
  'long·l␣=␣10L␣;',
  'int[]␣a␣=␣new·int␣[␣3␣]␣;',
  'String[]␣b␣=␣new·String[]␣{␣"x"␣,␣"y"␣}␣;',
  'List<String>·c␣=␣new·ArrayList<String>␣(␣)␣;',
  'final·String·d␣=␣TASK_ID␣+␣"x"␣;',
  'for␣(␣String·e␣:␣[1,2]␣)␣{␣console.log␣(␣e␣)␣}',
  'Object·f␣=␣(String)␣TASK_ID␣;',
  '[1].forEach␣(␣x␣->␣console.log(␣x␣)␣)␣;',
  '[1].map␣(␣(␣Integer·y␣)␣->␣{␣return␣(␣y␣)␣}␣)␣;',
  'try␣{␣call␣(␣)␣}␣catch␣(␣Exception·g␣)␣{␣console.log␣(␣g␣)␣}',
  'if␣(␣TASK_ID␣==␣"1"␣)␣{␣fromField.add␣(␣{␣name␣:␣"A"␣}␣)␣}',
  'const·h␣=␣async␣(␣k␣)␣=>␣await·k␣;',
);

const script = fc
  .array(
    fc.tuple(
      statement,
      fc.array(blank, { minLength: 20, maxLength: 20 }),
      fc.array(gap, { minLength: 6, maxLength: 6 }),
    ),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((statements) =>
    statements
      .map(([text, blanks, gaps], index) => {
        let [b, g] = [0, 0];
        const spaced = text.replace(/[␣·]/g, (mark) => (mark === '␣' ? blanks[b++] : gaps[g++]) ?? ' ');
        // Each in a block of its own: the same name may come twice.
        return `${' '.repeat(index % 3)}{ ${spaced}\n}`;
      })
      .join('\n'),
  );

it('never changes what runs: converting a formatted script equals converting the script', () => {
  fc.assert(
    fc.property(script, (text) => {
      expect(tokensOf(formatted(text))).toEqual(tokensOf(text));
    }),
    { numRuns: 300 },
  );
});

it('is done after one time', () => {
  fc.assert(
    fc.property(script, (text) => {
      const once = formatted(text);
      expect(formatted(once)).toBe(once);
    }),
    { numRuns: 100 },
  );
});
