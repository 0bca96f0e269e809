import type { ReadToken, Refusal } from './function-body.ts';
import { openBrackets } from './open-brackets.ts';
import { explainUnexpected, type Explanation } from './explain-unexpected.ts';
import { asciiFor, explainCharacter } from './foreign-character.ts';
import { wordAt } from './java-type.ts';

const LONGEST_MESSAGE = 300;

type Say = (offset: number) => string;
type Rewrite = (match: RegExpExecArray, refusal: Refusal, text: string, say: Say) => string | Explanation;

/**
 * Acorn's refusals in words for the author of a script: what was expected, and where. Acorn's messages that say it well enough already
 * stay as they are. `say` puts an offset of the parsed text into words of the author's text, like "2:8".
 */
export function explain(refusal: Refusal, text: string, say: Say): Explanation {
  for (const [pattern, rewrite] of REWRITES) {
    const match = pattern.exec(refusal.message);
    if (!match) continue;
    const explained = rewrite(match, refusal, text, say);
    return typeof explained === 'string'
      ? shortened(explained, refusal.offset)
      : shortened(explained.message, explained.offset);
  }
  return shortened(refusal.message, refusal.offset);
}

/** A message may quote a name, and nothing limits the length of a name. */
function shortened(message: string, offset: number): Explanation {
  const short = message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
  return { message: short, offset };
}

const REWRITES: readonly (readonly [RegExp, Rewrite])[] = [
  [/^Unexpected token$/, (_, refusal, text, say) => explainUnexpected(refusal, text, say)],
  [/^Unexpected character '(.*)'$/s, unknownCharacter],
  [
    /^Expecting Unicode escape sequence/,
    (_, { offset }) => ({ message: explainCharacter('\\'), offset: offset - 1 }),
  ],
  [/^Unterminated string constant$/, unclosedText],
  [/^Unterminated template/, unclosedTemplate],
  [/^Unterminated comment$/, () => 'The comment that starts here is not closed: "*/" is missing'],
  [/regular expression/, badRegularExpression],
  [/^(?:Bad character escape|Bad escape|Invalid escape|Invalid Unicode escape|Code point)/, badEscape],
  [
    /^Octal literal/,
    () => 'Octal escapes are not allowed: write \\x and two hexadecimal digits, or \\\\ for a backslash',
  ],
  [/^Invalid number$/, invalidNumber],
  [
    /^Identifier directly after number$/,
    () =>
      'A number ends here and a name begins: put an operator between them; a name cannot start with a digit',
  ],
  [/^Identifier '(.+)' has already been declared$/, declaredTwice],
  [/^'import' and 'export' may/, importOrExport],
  [/^Cannot use 'import\.meta'/, () => '"import.meta" does not exist in a stage script'],
  [/^(?:The keyword|Unexpected keyword) '(.+?)'/, ([, word = '']) => reservedWord(word)],
  [
    /^Cannot use (?:keyword )?'await'|^Await expression/,
    () => '"await" cannot be a name here: it waits for the value that follows it',
  ],
  [
    /^'with' in strict mode$/,
    () => '"with" does not exist in a stage script (strict mode): name the object in full',
  ],
  [
    /^Unsyntactic (break|continue)$/,
    ([, word = '']) =>
      `"${word}" stands outside the loop or switch it could end, or names no label around it`,
  ],
  [/^'return' outside of function$/, () => '"return" cannot stand in the static block of a class'],
  [
    /^(?:'super' keyword|super\(\) call|Invalid use of 'super')/,
    () => '"super" works only in the methods of a class',
  ],
  [/^Assigning to rvalue$/, () => 'This cannot be assigned to: to compare, write === instead of ='],
  [
    /^Assigning to (eval|arguments) in strict/,
    ([, name = '']) => `"${name}" cannot be assigned to in a stage script (strict mode)`,
  ],
  [
    /^Binding (eval|arguments) in strict/,
    ([, name = '']) => `"${name}" cannot be the name of a variable in a stage script (strict mode)`,
  ],
  [/^Binding /, () => 'A name must stand here'],
  [
    /^Deleting local variable/,
    () => 'A variable cannot be deleted: "delete" is for the keys of an object, as in delete object.key',
  ],
  [/^Illegal newline after throw$/, () => '"throw" and what it throws must stand on one line'],
  [/^Missing catch or finally clause$/, () => 'This "try" has neither a "catch" nor a "finally" block'],
  [
    /^Missing initializer|^Complex binding patterns/,
    () => 'This declaration needs a value: write = and the value after it',
  ],
  [/^Shorthand property assignments/, () => 'In an object a key and its value are joined by ":", not by "="'],
  [
    /^Logical expressions and coalesce/,
    () => '"??" cannot be mixed with "||" or "&&": put parentheses round one of them',
  ],
  [/^Argument name clash$/, () => 'Two parameters of this function have the same name'],
  [/^Multiple default clauses$/, () => 'This "switch" has a second "default"'],
  [
    /^Label '(.+)' is already declared$/,
    ([, label = '']) => `The label "${label}" is already in use around this line`,
  ],
  [
    /^Not enough stack space/,
    () => 'The script is nested too deeply here: use fewer brackets or operators within each other',
  ],
];

function unclosedText(_: RegExpExecArray, { offset }: Refusal, text: string): string {
  const quote = text[offset] ?? '"';
  const line = /^.*/.exec(text.slice(offset))?.[0] ?? '';
  if (text.slice(offset - 2, offset) === '""')
    return 'Java\'s """ texts are not read here: write the text between two backquotes `';
  const lookalike = Array.from(line).find((character) => asciiFor(character) === quote);
  if (lookalike)
    return `The text that starts here has no closing ${quote}: the ${lookalike} in this line does not close it`;
  return `The text that starts here has no closing ${quote}`;
}

/** Acorn points at the last piece of the template; its first backquote says more. */
function unclosedTemplate(_: RegExpExecArray, { offset, taken, token }: Refusal): Explanation {
  const tokens: ReadToken[] = [...taken, token].filter(({ start, end }) => end <= offset && end > start);
  const opening = openBrackets(tokens).findLast((index) => tokens[index]?.type.label === '`');
  return {
    message: 'The template that starts here has no closing backquote `',
    offset: tokens[opening ?? -1]?.start ?? Math.max(offset - 1, 0),
  };
}

/** Acorn points behind a `#` that starts no private name. */
function unknownCharacter(
  [, character = '']: RegExpExecArray,
  { offset }: Refusal,
  text: string,
): Explanation {
  if (text[offset - 1] === '#') return { message: explainCharacter('#'), offset: offset - 1 };
  return { message: explainCharacter(character), offset };
}

/** Acorn points behind the first `/`. */
function badRegularExpression({ input }: RegExpExecArray, { offset }: Refusal): Explanation {
  const why = /^Invalid regular expression: (?:.*: )?(.+)$/s.exec(input)?.[1];
  const message = /^Unterminated/.test(input)
    ? 'The regular expression that starts here has no closing "/"'
    : why === undefined
      ? 'Behind a regular expression only the flags d g i m s u v y may stand, each once'
      : `This is not a valid regular expression: ${lowerFirst(why)}`;
  return { message, offset: offset - 1 };
}

function badEscape(): string {
  return 'This escape is not complete: \\u wants four hexadecimal digits, \\x two; for a backslash itself write \\\\';
}

function invalidNumber(_: RegExpExecArray, { offset }: Refusal, text: string): string {
  const number = /^[\d_]*/.exec(text.slice(offset))?.[0] ?? '';
  if (/^0\d/.test(number))
    return `${number} starts with 0: write ${number.replace(/^0+(?=\d)/, '')}, or 0o in front for an octal number`;
  return 'This number is not complete';
}

function declaredTwice([, name = '']: RegExpExecArray, { first }: Refusal, _: string, say: Say): string {
  const where = first === undefined ? '' : ` at ${say(first)}`;
  return `"${name}" is already declared${where}: use another name, or assign to it without declaring it again`;
}

function importOrExport(_: RegExpExecArray, { offset }: Refusal, text: string): string {
  if (wordAt(text, offset) === 'export')
    return 'A stage script exports nothing: leave "export" out and return the result';
  if (/^import\s+(?:static\s+)?[\w.]+(?:\.\*)?\s*;/.test(text.slice(offset, offset + 300))) {
    return 'Java imports are not needed: leave this line out, the helpers are in scope already';
  }
  return 'A stage script is one text and cannot import another: paste the code you need instead';
}

const JAVA_MODIFIERS = new Set(['public', 'private', 'protected', 'static', 'package', 'implements']);

function reservedWord(word: string): string {
  if (JAVA_MODIFIERS.has(word)) return `"${word}" is Java's and has no meaning here: leave it out`;
  return `"${word}" is a word of the language: choose another name`;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
