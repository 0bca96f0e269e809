import { tokTypes } from 'acorn';
import type { Refusal } from './function-body.ts';
import { keywordMeantBy } from './misspelling.ts';
import { closes, isCloser } from './open-brackets.ts';
import { endsOperand, situationOf, startsOperand, type Situation } from './situation.ts';

/** What is wrong, and at which offset of the parsed text the author should look. */
export interface Explanation {
  readonly message: string;
  readonly offset: number;
}

/** Explains a token that cannot stand where it stands. `say` puts an offset into words, like "2:8". */
export function explainUnexpected(
  refusal: Refusal,
  text: string,
  say: (offset: number) => string,
): Explanation {
  const situation = situationOf(refusal, text, say);
  for (const rule of RULES) {
    const told = rule(situation);
    if (typeof told === 'string') return { message: told, offset: refusal.offset };
    if (told) return told;
  }
  return { message: unexpected(situation), offset: refusal.offset };
}

/** A rule says nothing about a situation that it does not know. */
type Rule = (situation: Situation) => string | Explanation | undefined;

const unexpected = ({ found, quote }: Situation): string => `Unexpected ${quote(found)}`;

/** The end may be an empty line far down: the last thing written shows better where to go on. */
const endsTooEarly: Rule = ({ found, previous, quote, notClosed }) => {
  if (found.type !== tokTypes.eof) return undefined;
  const missing = notClosed || `something must follow ${previous ? quote(previous) : 'here'}`;
  return { message: `The script ends too early: ${missing}`, offset: previous?.end ?? found.start };
};

const wrongCloser: Rule = (situation) => {
  const { found, opener, notClosed } = situation;
  if (!isCloser(found) || (opener && closes(found, opener))) return undefined;
  return `${unexpected(situation)}: ${notClosed || 'nothing is open that it could close'}`;
};

const constWithoutValue: Rule = ({ previous, beforePrevious, quote, found }) => {
  if (previous?.type !== tokTypes.name || beforePrevious?.type !== tokTypes._const) return undefined;
  return startsOperand(found)
    ? undefined
    : `The constant ${quote(previous)} needs a value: write "=" and the value after it`;
};

const awaitOutsideAsync: Rule = ({ previous, onNewLine, textOf }) =>
  previous?.type === tokTypes.name && textOf(previous) === 'await' && !onNewLine
    ? {
        message: '"await" works only in an async function: write "async" before the function it stands in',
        offset: previous.start,
      }
    : undefined;

const misspeltWord: Rule = ({ found, previous, onNewLine, textOf, quote }) => {
  if (previous?.type !== tokTypes.name || onNewLine) return undefined;
  const meant =
    startsOperand(found) || found.type === tokTypes.braceL ? keywordMeantBy(textOf(previous)) : undefined;
  return (
    meant && {
      message: `${quote(previous)} means nothing here: is it meant to be "${meant}"?`,
      offset: previous.start,
    }
  );
};

const loopWithoutType: Rule = ({ found, beforeOpener }) =>
  found.type === tokTypes.colon && beforeOpener?.type === tokTypes._for
    ? 'Unexpected ":": to go through a list write for (const item of list)'
    : undefined;

const objectReadAsBlock: Rule = ({ found, opener }) =>
  found.type === tokTypes.colon && opener?.type === tokTypes.braceL
    ? 'Unexpected ":": this { starts a block; for an object, write it after return, = or ( on the same line'
    : undefined;

const elseWithoutIf: Rule = ({ found }) =>
  found.type === tokTypes._else ? 'Unexpected "else": no "if" ends right before it' : undefined;

const NEED_PARENTHESES = ['if', 'while', 'for', 'switch'];

const missingParenthesis: Rule = (situation) => {
  const word = situation.previous?.type.keyword ?? '';
  if (!NEED_PARENTHESES.includes(word) || situation.found.type === tokTypes.parenL) return undefined;
  return `${unexpected(situation)}: "(" is missing after "${word}"`;
};

const twoValuesInBrackets: Rule = (situation) => {
  const { found, previous, opener, onNewLine, notClosed, quote } = situation;
  if (opener?.type !== tokTypes.parenL && opener?.type !== tokTypes.bracketL) return undefined;
  if (!previous || !endsOperand(previous) || !startsOperand(found)) return undefined;
  // A new line or the first word of a statement: here the author was done with what stands in the brackets.
  const isStatementWord = found.type.keyword !== undefined && !found.type.startsExpr;
  if (onNewLine || isStatementWord) return `${unexpected(situation)}: ${notClosed}`;
  return `${unexpected(situation)} after ${quote(previous)}: "," or an operator is missing between them`;
};

const twoValues: Rule = (situation) => {
  const { found, previous, onNewLine, quote } = situation;
  if (!previous || !endsOperand(previous) || !startsOperand(found)) return undefined;
  if (onNewLine) return `${unexpected(situation)}: "," is missing before it`;
  return `${unexpected(situation)} after ${quote(previous)}: an operator, "," or ";" is missing between them`;
};

const goesOnInBrackets: Rule = (situation) => {
  const { found, opener, notClosed } = situation;
  const isBlock = found.type === tokTypes.braceL && opener?.type === tokTypes.parenL;
  const isEnd = found.type === tokTypes.semi && opener !== undefined && opener.type !== tokTypes.braceL;
  return isBlock || isEnd ? `${unexpected(situation)}: ${notClosed}` : undefined;
};

const semicolonInObject: Rule = (situation) => {
  const { found, previous, opener } = situation;
  const inBraces = found.type === tokTypes.semi && opener?.type === tokTypes.braceL;
  if (!inBraces || !endsOperand(previous) || previous?.type === tokTypes.parenR) return undefined;
  return `${unexpected(situation)}: in an object "," stands between the keys`;
};

const keyWithoutValue: Rule = (situation) => {
  const { found, previous, beforePrevious, opener } = situation;
  const inBraces = found.type === tokTypes.braceR && opener?.type === tokTypes.braceL;
  const isKey = beforePrevious && (beforePrevious === opener || beforePrevious.type === tokTypes.comma);
  if (!inBraces || !isKey || !endsOperand(previous)) return undefined;
  return `${unexpected(situation)}: in an object ":" and a value follow each key`;
};

const missingValue: Rule = (situation) => {
  const { found, previous, quote } = situation;
  if (!previous || endsOperand(previous) || startsOperand(found)) return undefined;
  return `${unexpected(situation)}: something is missing between ${quote(previous)} and it`;
};

/** The first rule that knows the situation speaks. */
const RULES: readonly Rule[] = [
  endsTooEarly,
  wrongCloser,
  constWithoutValue,
  awaitOutsideAsync,
  misspeltWord,
  loopWithoutType,
  objectReadAsBlock,
  elseWithoutIf,
  missingParenthesis,
  twoValuesInBrackets,
  twoValues,
  goesOnInBrackets,
  semicolonInObject,
  keyWithoutValue,
  missingValue,
];
