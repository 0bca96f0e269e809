import type { Spelling } from './spellings.ts';

/** Part of a text, from start up to but not including end. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** No spelling may be shorter. */
export const SHORTEST = 8;

// Of a longer spelling the first 64 characters are found and the rest compared, so no position costs more than that to look at.
const HEAD = 64;

// A text cut off in the middle of a secret shows its first characters; up to three of them tell nothing.
const SHORTEST_TAIL = 4;

const isBase64 = (char: string): boolean => /^[A-Za-z0-9+/_-]$/.test(char);

function agreement(text: string, at: number, wanted: string, known: number): number {
  let length = known;
  while (length < wanted.length && text.charCodeAt(at + length) === wanted.charCodeAt(length)) length += 1;
  return length;
}

const pairOf = (a: number, b: number): number => (a * 31 + b) & 0xfff;

/**
 * Makes a search for many spellings at once, in time linear in the text. It answers with the places found, leftmost and longest
 * first, none overlapping except by the one neighbouring base64 character. With `cutOff` the text's end counts as found when it
 * is the start of a spelling.
 */
export function finderOf(spellings: readonly Spelling[]): (text: string, cutOff: boolean) => Range[] {
  const pairs = new Uint8Array(4096);
  const lengthsByStart = new Map<string, number[]>();
  const byHead = new Map<string, Spelling[]>();
  for (const spelling of spellings) {
    const head = spelling.text.slice(0, HEAD);
    const start = head.slice(0, SHORTEST);
    pairs[pairOf(head.charCodeAt(0), head.charCodeAt(1))] = 1;
    const lengths = lengthsByStart.get(start) ?? [];
    if (!lengths.includes(head.length)) lengths.push(head.length);
    lengthsByStart.set(start, lengths);
    byHead.set(head, [...(byHead.get(head) ?? []), spelling]);
  }
  for (const lengths of lengthsByStart.values()) lengths.sort((a, b) => b - a);

  function matchAt(text: string, at: number): Range | null {
    for (const length of lengthsByStart.get(text.slice(at, at + SHORTEST)) ?? []) {
      const sharing = byHead.get(text.slice(at, at + length));
      if (sharing === undefined) continue;
      let agreed = length;
      for (const { text: wanted } of sharing)
        // Only a spelling that goes on where the best so far stopped can be better.
        if (text.charCodeAt(at + agreed) === wanted.charCodeAt(agreed))
          agreed = Math.max(agreed, agreement(text, at, wanted, length));
      let end = at + agreed;
      if (
        sharing.some((spelling) => spelling.after && spelling.text.length === agreed) &&
        isBase64(text.charAt(end))
      )
        end += 1;
      const before = at > 0 && sharing.some((spelling) => spelling.before) && isBase64(text.charAt(at - 1));
      return { start: before ? at - 1 : at, end };
    }
    return null;
  }

  function tailOf(text: string, from: number): Range | null {
    for (let length = Math.min(HEAD - 1, text.length - from); length >= SHORTEST_TAIL; length -= 1) {
      const tail = text.slice(text.length - length);
      if (spellings.some((spelling) => spelling.text.startsWith(tail)))
        return { start: text.length - length, end: text.length };
    }
    return null;
  }

  return (text, cutOff) => {
    const found: Range[] = [];
    let at = 0;
    while (at + SHORTEST <= text.length) {
      const hit =
        pairs[pairOf(text.charCodeAt(at), text.charCodeAt(at + 1))] === 1 ? matchAt(text, at) : null;
      if (hit !== null) found.push(hit);
      at = hit?.end ?? at + 1;
    }
    const tail = cutOff ? tailOf(text, found.at(-1)?.end ?? 0) : null;
    return tail === null ? found : [...found, tail];
  };
}
