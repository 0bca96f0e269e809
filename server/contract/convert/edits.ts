/** Puts `text` in place of the author's [start, end); offsets are of the author's text, in UTF-16 units. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Offsets of the author's text and of the converted code, each way. Inside a replaced stretch the nearest offset is given. */
export interface OffsetMap {
  readonly toAuthorOffset: (codeOffset: number) => number;
  readonly toCodeOffset: (authorOffset: number) => number;
}

/** The same text with every character but line ends turned into a blank: nothing after it moves. */
export function blanked(text: string): string {
  return text.replace(/[^\n\r\u2028\u2029]/g, ' ');
}

/** `word` written over the start of `text`, the rest blanked; longer than `text` only where the word would not fit in its first line. */
export function writtenOver(text: string, word: string): string {
  const room = /^.*/.exec(text)?.[0].length ?? 0;
  return word + blanked(text.slice(Math.min(room, word.length)));
}

/** Orders edits by place; an insertion comes before a replacement that starts where it stands. */
export function inOrder(edits: readonly Edit[]): Edit[] {
  const isReplacement = (edit: Edit): number => (edit.end > edit.start ? 1 : 0);
  return edits.toSorted((a, b) => a.start - b.start || isReplacement(a) - isReplacement(b));
}

/** The text with its edits (ordered, not overlapping) applied. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let code = '';
  let at = 0;
  for (const edit of edits) {
    code += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return code + text.slice(at);
}

/** Maps offsets across edits (ordered, not overlapping), each lookup in logarithmic time. */
export function mapOffsets(edits: readonly Edit[]): OffsetMap {
  let shift = 0;
  const stretches = edits.map(({ start, end, text }) => {
    const author = { start, length: end - start };
    const code = { start: start + shift, length: text.length };
    shift += text.length - (end - start);
    return { author, code };
  });

  const across = (offset: number, from: 'author' | 'code', to: 'author' | 'code'): number => {
    let low = 0;
    for (let high = stretches.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((stretches[middle]?.[from].start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const last = stretches[low - 1];
    if (!last) return offset;
    const into = offset - last[from].start;
    const after = into - last[from].length;
    return last[to].start + (after >= 0 ? last[to].length + after : Math.min(into, last[to].length));
  };
  return {
    toAuthorOffset: (codeOffset) => across(codeOffset, 'code', 'author'),
    toCodeOffset: (authorOffset) => across(authorOffset, 'author', 'code'),
  };
}
