/** A text with some of its escapes undone. `starts[i]` is where character i stands in the original, null when nothing moved. */
export interface View {
  readonly text: string;
  readonly starts: readonly number[] | null;
}

/** Where a view's character index is in the original text. */
export const originalIndex = (view: View, index: number): number => view.starts?.[index] ?? index;

// One match is one character: UTF-8 of one to four bytes (RFC 3629 §4, RFC 3986 §2.1).
const PERCENT =
  /%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}/gi;
const PERCENT_OR_PLUS = new RegExp(`${PERCENT.source}|\\+`, 'gi');
// RFC 8259 §7.
const JSON_ESCAPE = /\\(?:u[0-9a-f]{4}|["\\/bfnrt])/gi;
const JSON_LETTERS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function fromPercent(escape: string): string | null {
  if (escape === '+') return ' ';
  try {
    return decodeURIComponent(escape);
  } catch (error) {
    // Overlong or otherwise impossible UTF-8 is left as it stands.
    if (error instanceof URIError) return null;
    throw error;
  }
}

function fromJson(escape: string): string {
  const letter = escape.charAt(1);
  if (letter === 'u' || letter === 'U') return String.fromCharCode(Number.parseInt(escape.slice(2), 16));
  return JSON_LETTERS[letter] ?? letter;
}

/** Undoes all escapes that `pattern` finds, or null when there are none. */
function undo(view: View, pattern: RegExp, read: (escape: string) => string | null): View | null {
  const pieces: string[] = [];
  const starts: number[] = [];
  let copied = 0;
  const copyUntil = (end: number): void => {
    pieces.push(view.text.slice(copied, end));
    for (let i = copied; i < end; i += 1) starts.push(originalIndex(view, i));
  };
  for (const { 0: escape, index } of view.text.matchAll(pattern)) {
    const plain = read(escape);
    if (plain === null) continue;
    copyUntil(index);
    pieces.push(plain);
    for (let i = 0; i < plain.length; i += 1) starts.push(originalIndex(view, index));
    copied = index + escape.length;
  }
  if (copied === 0) return null;
  copyUntil(view.text.length);
  starts.push(originalIndex(view, view.text.length));
  return { text: pieces.join(''), starts };
}

// JSON in a query, a query in JSON, JSON in JSON: two layers are seen in practice, a third is somebody hiding something.
const LAYERS = 2;

function* peel(view: View, layers: number, plusIsBlank: boolean): Generator<View> {
  yield view;
  if (layers === 0) return;
  const peeled = [
    view.text.includes('%') ? undo(view, PERCENT, fromPercent) : null,
    plusIsBlank && view.text.includes('+') ? undo(view, PERCENT_OR_PLUS, fromPercent) : null,
    view.text.includes('\\') ? undo(view, JSON_ESCAPE, fromJson) : null,
  ];
  for (const next of peeled) if (next !== null) yield* peel(next, layers - 1, plusIsBlank);
}

/**
 * The text as it stands, and with percent-encoding and JSON escapes undone, up to two layers deep in any order.
 * `plusIsBlank` also tries "+" as a blank (form encoding).
 */
export const viewsOf = (text: string, plusIsBlank: boolean): Generator<View> =>
  peel({ text, starts: null }, LAYERS, plusIsBlank);
