import { convert, ScriptSyntaxError } from '../contract/convert.ts';
import type { Converted } from '../contract/convert.ts';

/** How many conversions a child keeps, and of how many characters in all: the stages of a few dozen mappings. */
const KEPT = 256;
const KEPT_CHARACTERS = 4 * 1024 * 1024;

/** A text is kept by itself, not by a digest: a clash would run somebody else's script. */
const conversions = new Map<string, Converted>();
let characters = 0;

/**
 * The author's text → what V8 runs, with the way back for positions. Conversions are pure, so they are kept between
 * runs; nothing else is.
 * @throws ScriptSyntaxError at the author's place
 */
export function compile(source: string): Converted {
  const known = conversions.get(source);
  if (known !== undefined) {
    conversions.delete(source);
    conversions.set(source, known);
    return known;
  }
  const converted = convert(source);
  conversions.set(source, converted);
  characters += source.length;
  for (const oldest of conversions.keys()) {
    if (conversions.size <= KEPT && characters <= KEPT_CHARACTERS) break;
    conversions.delete(oldest);
    characters -= oldest.length;
  }
  return converted;
}

export { ScriptSyntaxError };
