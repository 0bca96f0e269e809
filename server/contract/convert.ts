import { applyEdits, mapOffsets, type Edit, type OffsetMap } from './convert/edits.ts';
import { explain } from './convert/explain.ts';
import { FunctionBodyParser, refusalOf, type Refusal } from './convert/function-body.ts';
import { indexLines } from './convert/places.ts';
import { ScriptSyntaxError } from './convert/syntax-error.ts';
import { TypedScriptParser } from './convert/typed-script.ts';

export { mapOffsets, type Edit, type OffsetMap } from './convert/edits.ts';
export { markedLine, printable, ScriptSyntaxError } from './convert/syntax-error.ts';

/** A stage script as JavaScript. */
export interface Converted extends OffsetMap {
  /** The body of an async function; it stands for strict code but does not say so itself. As many lines as the author's text. */
  readonly code: string;
  /** False when the author's text was JavaScript already: then `code` is that text. */
  readonly changed: boolean;
  /** From a place in `code` to the author's, both 1-based; columns in UTF-16 units, as V8 counts them. */
  readonly toAuthor: (line: number, column: number) => { line: number; column: number };
}

/**
 * Reads an author's text as the body of a strict async function. JavaScript is left byte for byte as it is; otherwise Java's typed forms
 * (declarations, `for (T x : list)`, casts, type arguments, array initialisers, `1L`, `x -> …`) become their JavaScript
 * counterparts (docs/writing-scripts.md), as far as possible without moving anything. Numbers stay JavaScript's: `7 / 2` is 3.5 in
 * `int n = 7 / 2` too, and `(int) (7 / 2)` is 3.
 *
 * @throws ScriptSyntaxError when the text is neither, and nothing else for any text
 */
export function convert(source: string): Converted {
  const edits = isFunctionBody(source) ? [] : readTypedScript(source);
  const code = applyEdits(source, edits);
  const map = mapOffsets(edits);
  if (edits.length > 0) {
    const refusal = refusalOf(new FunctionBodyParser(code));
    if (refusal) throw syntaxError(refusal, code, source, map.toAuthorOffset);
  }

  const codeLines = indexLines(code);
  const authorLines = indexLines(source);
  return {
    code,
    changed: edits.length > 0,
    ...map,
    toAuthor: (line, column) => authorLines.place(map.toAuthorOffset(codeLines.offset({ line, column }))),
  };
}

function isFunctionBody(text: string): boolean {
  return refusalOf(new FunctionBodyParser(text)) === null;
}

function readTypedScript(source: string): Edit[] {
  const parser = new TypedScriptParser(source);
  const refusal = refusalOf(parser);
  if (refusal) throw syntaxError(refusal, source, source, (offset) => offset);
  return parser.edits;
}

function syntaxError(
  refusal: Refusal,
  parsed: string,
  source: string,
  toAuthorOffset: (offset: number) => number,
): ScriptSyntaxError {
  const lines = indexLines(source);
  const place = (offset: number): { line: number; column: number } => lines.place(toAuthorOffset(offset));
  const { message, offset } = explain(refusal, parsed, (at) => `${place(at).line}:${place(at).column}`);
  return new ScriptSyntaxError(message, place(offset));
}

/** How often `editsFor` goes on behind a mistake; an author at work seldom has more than one at a time. */
const MOST_MISTAKES = 50;

/**
 * The edits that `convert` would make, for an editor whose text may be half written: never throws, and goes on behind a mistake with the next
 * line. `mapOffsets` makes a position map of them, `code` is not checked.
 */
export function editsFor(source: string): Edit[] {
  if (isFunctionBody(source)) return [];
  const lines = indexLines(source);
  const edits: Edit[] = [];
  for (let from = 0, mistakes = 0; mistakes < MOST_MISTAKES; mistakes++) {
    const parser = new TypedScriptParser(source, from);
    const refusal = refusalOf(parser);
    if (!refusal) return [...edits, ...parser.edits];
    // What stops a parser is often the sound line below the mistake, so that line is given a second chance.
    const { line } = lines.place(refusal.offset);
    const ofTheLine = lines.offset({ line, column: 1 });
    const next = ofTheLine > from ? ofTheLine : lines.offset({ line: line + 1, column: 1 });
    edits.push(...parser.edits.filter(({ end }) => end <= next || next <= from));
    if (next <= from) break;
    from = next;
  }
  return edits;
}
