import { tokTypes } from 'acorn';
import type { ReadToken, Refusal } from './function-body.ts';
import { isCloser, openBrackets } from './open-brackets.ts';
import { printable } from './syntax-error.ts';

/** The surroundings of a token that cannot stand where it stands. */
export interface Situation {
  readonly found: ReadToken;
  /** The tokens before it; undefined at the start of the text. */
  readonly previous: ReadToken | undefined;
  readonly beforePrevious: ReadToken | undefined;
  /** The innermost bracket that is open here, and the token before that. */
  readonly opener: ReadToken | undefined;
  readonly beforeOpener: ReadToken | undefined;
  /** Whether a line ends between the previous token and this one. */
  readonly onNewLine: boolean;
  /** A token in words: `"x"`, `text "abc"`, `number 5`. */
  readonly quote: (token: ReadToken) => string;
  readonly textOf: (token: ReadToken | undefined) => string;
  /** "the "(" opened at 2:8 is not closed"; "" where none is open. */
  readonly notClosed: string;
}

/** Gathers what the explanations go by. `say` puts an offset into words, like "2:8". */
export function situationOf(refusal: Refusal, text: string, say: (offset: number) => string): Situation {
  const tokens = refusal.taken.filter((token) => token.end <= refusal.offset);
  const found =
    [...refusal.taken, refusal.token].find(({ start }) => start === refusal.offset) ?? refusal.token;
  const openerIndex = openBrackets(tokens).at(-1);
  const opener = openerIndex === undefined ? undefined : tokens[openerIndex];
  const previous = tokens.at(-1);
  const textOf = (token: ReadToken | undefined): string => (token ? text.slice(token.start, token.end) : '');
  const quote = (token: ReadToken): string => quoted(textOf(token), token);
  return {
    found,
    previous,
    beforePrevious: tokens.at(-2),
    opener,
    beforeOpener: openerIndex === undefined ? undefined : tokens[openerIndex - 1],
    onNewLine: previous !== undefined && /[\n\r\u2028\u2029]/.test(text.slice(previous.end, found.start)),
    quote,
    textOf,
    notClosed: opener ? `the ${quote(opener)} opened at ${say(opener.start)} is not closed` : '',
  };
}

const LONGEST_QUOTE = 40;

function quoted(source: string, { type }: ReadToken): string {
  const short = printable(source.length > LONGEST_QUOTE ? `${source.slice(0, LONGEST_QUOTE)}…` : source);
  if (type === tokTypes.string) return `text ${short}`;
  if (type === tokTypes.num) return `number ${short}`;
  if (type === tokTypes.backQuote || type === tokTypes.template) return 'template';
  return `"${short}"`;
}

const VALUES = [tokTypes.name, tokTypes.string, tokTypes.num, tokTypes.regexp, tokTypes.backQuote];
const VALUE_WORDS = new Set(['this', 'null', 'true', 'false', 'super']);

/** Whether a value may be complete behind this token. */
export function endsOperand(token: ReadToken | undefined): boolean {
  if (!token) return false;
  return VALUES.includes(token.type) || isCloser(token) || VALUE_WORDS.has(token.type.keyword ?? '');
}

/** Whether a value or a statement begins with this token. */
export function startsOperand({ type }: ReadToken): boolean {
  return VALUES.includes(type) || (type.keyword !== undefined && type.binop === null);
}
