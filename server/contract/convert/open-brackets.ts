import { tokTypes } from 'acorn';
import type { ReadToken } from './function-body.ts';

const CLOSER_OF = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['${', '}'],
]);
const CLOSERS = new Set(CLOSER_OF.values());

/** The brackets, `${` and backquotes that these tokens leave open, outermost first, each as the index of its token. */
export function openBrackets(tokens: readonly ReadToken[]): number[] {
  const open: number[] = [];
  tokens.forEach(({ type }, index) => {
    const inTemplate = tokens[open.at(-1) ?? -1]?.type === tokTypes.backQuote;
    if (type === tokTypes.backQuote && inTemplate) open.pop();
    else if (type === tokTypes.backQuote || CLOSER_OF.has(type.label)) open.push(index);
    else if (CLOSERS.has(type.label)) open.pop();
  });
  return open;
}

export function isCloser(token: ReadToken): boolean {
  return CLOSERS.has(token.type.label);
}

/** Whether `closer` closes what `opener` opened. */
export function closes(closer: ReadToken, opener: ReadToken): boolean {
  return CLOSER_OF.get(opener.type.label) === closer.type.label;
}
