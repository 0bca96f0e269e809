import { convert, ScriptSyntaxError } from '../contract/convert.ts';
import type { Converted } from '../contract/convert.ts';

/** How many texts' conversions a child keeps: the stages of a few dozen mappings, or of one author's tries. */
const KEPT = 256;

/** A text is kept by itself, not by a digest: a clash would run somebody else's script. */
const conversions = new Map<string, Converted>();

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
  if (conversions.size > KEPT) {
    const [oldest] = conversions.keys();
    if (oldest !== undefined) conversions.delete(oldest);
  }
  return converted;
}

export { ScriptSyntaxError };
