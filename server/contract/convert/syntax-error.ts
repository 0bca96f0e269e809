import { LINE_END, type Place } from './places.ts';

/** A text that is neither JavaScript nor Java-flavoured. `line` and `column` are 1-based and of the author's text. */
export class ScriptSyntaxError extends Error {
  override readonly name = 'ScriptSyntaxError';
  readonly line: number;
  readonly column: number;

  constructor(message: string, place: Place) {
    super(message);
    this.line = place.line;
    this.column = place.column;
  }
}

/** Characters of a line that are shown, and how many of them stand before the column when the line is longer. */
const SHOWN = 100;
const SHOWN_BEFORE = 60;

/**
 * The author's line with a marker under the column, for terminals: two lines, no line end behind them. Long lines are cut around
 * the column, wide characters (Chinese text) move the marker by two, and control characters are not passed on to the terminal.
 */
export function markedLine(source: string, { line, column }: Place): string {
  const text = source.split(LINE_END)[line - 1] ?? '';
  const from = text.length <= SHOWN ? 0 : Math.max(0, column - 1 - SHOWN_BEFORE);
  const upTo = from + SHOWN;
  const lead = from > 0 ? '…' : '';
  const tail = text.length > upTo ? '…' : '';
  const gutter = `${line} | `;
  const underBefore = blankedAsWide(lead + printable(text.slice(from, column - 1)));
  return (
    `${gutter}${lead}${printable(text.slice(from, upTo))}${tail}\n` +
    `${' '.repeat(gutter.length - 2)}| ${underBefore}^`
  );
}

/** Text for a terminal: tabs stay, other control, direction and half characters become "�". */
export function printable(text: string): string {
  return text.toWellFormed().replace(/[^\P{C}\t]/gu, '\u{FFFD}');
}

/** Blanks that take as many terminal cells as the text. */
function blankedAsWide(text: string): string {
  return text.replace(/[^\t]/gu, (character) => (WIDE.test(character) ? '  ' : ' '));
}

/** East Asian wide and full-width characters (Unicode UAX #11), roughly: scripts, punctuation, full-width forms, emoji. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
