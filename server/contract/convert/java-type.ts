/** A stretch of a text: [start, end) in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A Java type as it stands in a text. */
export interface TypeSpan extends Span {
  /** The type's own last name: `Entry` of `java.util.Map.Entry<K, V>[]`. */
  readonly name: string;
  readonly primitive: boolean;
  /** Each `<…>` with its angle brackets. */
  readonly typeArguments: readonly Span[];
  /** How many `[]` follow it. */
  readonly dimensions: number;
}

/** Java's primitive types (JLS 25 §4.2). */
const PRIMITIVES = new Set(['byte', 'short', 'int', 'long', 'float', 'double', 'char', 'boolean']);

/** Names that begin like a type but are a JavaScript keyword with a capital: `Return x` must not become a declaration of x. */
export const CAPITALISED_KEYWORDS = new Set(
  'Async Await Break Case Catch Const Continue Delete Do Else Finally For If Import Export In Let New Of Return Switch Throw Try Typeof Var While Yield'.split(
    ' ',
  ),
);

const MAX_NESTING = 50;
const BLANK = /(?:\s|\/\/.*|\/\*[^]*?\*\/)*/y;
const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;

/** The offset after white space and comments. */
export function skipBlank(text: string, offset: number): number {
  BLANK.lastIndex = offset;
  return offset + (BLANK.exec(text)?.[0].length ?? 0);
}

/** The identifier or keyword that starts exactly here, or "". */
export function wordAt(text: string, offset: number): string {
  WORD.lastIndex = offset;
  return WORD.exec(text)?.[0] ?? '';
}

/** Whether a type may be called this: a primitive, or a name with a capital, as Java's conventions have it. */
function isTypeName(name: string): boolean {
  return PRIMITIVES.has(name) || (/^\p{Lu}/u.test(name) && !CAPITALISED_KEYWORDS.has(name));
}

export function isPrimitive(name: string): boolean {
  return PRIMITIVES.has(name);
}

/**
 * The Java type that starts exactly at this offset of code: `int`, `String[]`, `java.util.List<? extends Map.Entry<K, V>>` … or null.
 * Reads no further than the type, in linear time.
 */
export function typeAt(text: string, start: number, nesting = 0): TypeSpan | null {
  let name = wordAt(text, start);
  if (name === '' || nesting > MAX_NESTING) return null;
  let end = start + name.length;
  const typeArguments: Span[] = [];

  while (!isPrimitive(name)) {
    const open = skipBlank(text, end);
    if (text[open] === '<') {
      const close = typeArgumentsEnd(text, open, nesting + 1);
      if (close === -1) return null;
      typeArguments.push({ start: open, end: close });
      end = close;
    }
    const dot = skipBlank(text, end);
    const next = text[dot] === '.' ? skipBlank(text, dot + 1) : -1;
    const segment = next === -1 ? '' : wordAt(text, next);
    if (segment === '') break;
    name = segment;
    end = next + segment.length;
  }
  if (!isTypeName(name)) return null;

  const dimensions = dimensionsAt(text, end);
  return {
    start,
    end: dimensions.end,
    name,
    primitive: isPrimitive(name),
    typeArguments,
    dimensions: dimensions.count,
  };
}

/** Counts the `[]` that follow; `end` is the offset after the last of them. */
export function dimensionsAt(text: string, offset: number): { count: number; end: number } {
  for (let count = 0, end = offset; ; count++) {
    const open = skipBlank(text, end);
    const close = text[open] === '[' ? skipBlank(text, open + 1) : -1;
    if (close === -1 || text[close] !== ']') return { count, end };
    end = close + 1;
  }
}

/** The offset after the `>` that closes the `<` at `open`, or -1 when no type arguments stand here. */
function typeArgumentsEnd(text: string, open: number, nesting: number): number {
  let at = skipBlank(text, open + 1);
  if (text[at] === '>') return at + 1;
  for (;;) {
    at = typeArgumentEnd(text, at, nesting);
    if (at === -1) return -1;
    at = skipBlank(text, at);
    if (text[at] === '>') return at + 1;
    if (text[at] !== ',') return -1;
    at = skipBlank(text, at + 1);
  }
}

function typeArgumentEnd(text: string, at: number, nesting: number): number {
  if (text[at] !== '?') return typeAt(text, at, nesting)?.end ?? -1;
  const bound = skipBlank(text, at + 1);
  const word = wordAt(text, bound);
  if (word !== 'extends' && word !== 'super') return at + 1;
  return typeAt(text, skipBlank(text, bound + word.length), nesting)?.end ?? -1;
}
