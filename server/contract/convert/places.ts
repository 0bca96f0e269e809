/** A place in a text, both numbers 1-based; columns count UTF-16 units, as V8 and editors do. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Finds places from offsets and offsets from places. */
export interface LineIndex {
  place(offset: number): Place;
  /** Lines and columns beyond the text give its nearest offset. */
  offset(place: Place): number;
}

/** Where lines end for JavaScript (ECMA-262 §12.3) and so for V8's stack traces. */
export const LINE_END = /\r\n|[\n\r\u2028\u2029]/g;

export function indexLines(text: string): LineIndex {
  const starts = [0, ...Array.from(text.matchAll(LINE_END), (end) => end.index + end[0].length)];
  const startOf = (line: number): number => starts[line - 1] ?? text.length + 1;
  return {
    place(offset) {
      let line = 1;
      for (let high = starts.length; line < high;) {
        const middle = (line + high + 1) >> 1;
        if (startOf(middle) <= offset) line = middle;
        else high = middle - 1;
      }
      return { line, column: offset - startOf(line) + 1 };
    },
    offset({ line, column }) {
      const inText = Math.min(Math.max(line, 1), starts.length);
      const lastOfLine = startOf(inText + 1) - 1;
      return Math.min(startOf(inText) + Math.max(column, 1) - 1, lastOfLine);
    },
  };
}
