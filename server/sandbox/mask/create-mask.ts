import { finderOf, SHORTEST } from './find.ts';
import type { Range } from './find.ts';
import { spellingsOf } from './spellings.ts';
import { originalIndex, viewsOf } from './views.ts';

/** What stands in a secret's place. */
export const MASKED = '••••';

// Deeper values are made to be deep; what they hold is not worth a stack overflow.
const DEEPEST = 200;
const TOO_DEEP = '[nested too deeply to show]';

/** Hides one run's secrets in copies made for showing and storing. It guards against accidents, not against a script's author. */
export interface Mask {
  /** What stands in a secret's place. */
  readonly placeholder: string;
  /**
   * The text with every secret of 8 or more characters replaced, plain, percent- or form-encoded, JSON-escaped, base64 or hex; the
   * very same text when it holds none. `cutOff`: the text was cut, so its end may be the start of a secret. Time is linear.
   */
  text(text: string, cutOff?: boolean): string;
  /** Whether a whole field's value is a secret; the only place where one shorter than 8 characters is hidden. */
  isSecret(field: string): boolean;
  /** A copy of a JSON value with the secrets in its strings, numbers and keys replaced. */
  value<T>(json: T): T;
}

function merged(ranges: Range[]): Range[] {
  const result: Range[] = [];
  for (const range of ranges.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (last !== undefined && range.start < last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else result.push(range);
  }
  return result;
}

/** Makes the mask of one run's secrets. Empty ones are ignored. */
export function createMask(secrets: Iterable<string>, placeholder = MASKED): Mask {
  const known = new Set([...secrets].filter((secret) => secret !== ''));
  const searched = [...known].filter((secret) => secret.length >= SHORTEST);
  const plusIsBlank = searched.some((secret) => secret.includes(' '));
  let find: ReturnType<typeof finderOf> | undefined;

  function text(given: string, cutOff = false): string {
    if (searched.length === 0 || (given.length < SHORTEST && !cutOff)) return given;
    // Made when first needed: most runs show texts shorter than any secret.
    const search = (find ??= finderOf(searched.flatMap(spellingsOf)));
    const found: Range[] = [];
    for (const view of viewsOf(given, plusIsBlank))
      for (const { start, end } of search(view.text, cutOff))
        found.push({ start: originalIndex(view, start), end: originalIndex(view, end) });
    const pieces: string[] = [];
    let copied = 0;
    for (const { start, end } of merged(found)) {
      pieces.push(given.slice(copied, start), placeholder);
      copied = end;
    }
    return copied === 0 ? given : pieces.join('') + given.slice(copied);
  }

  const field = (given: string): string => (known.has(given) ? placeholder : text(given));

  function copy(json: unknown, depth: number): unknown {
    if (typeof json === 'string') return field(json);
    if (typeof json === 'number') return field(String(json)) === String(json) ? json : placeholder;
    if (typeof json !== 'object' || json === null) return json;
    if (depth === DEEPEST) return TOO_DEEP;
    if (Array.isArray(json)) return json.map((item) => copy(item, depth + 1));
    // fromEntries makes own properties of all keys, "__proto__" included.
    return Object.fromEntries(
      Object.entries(json).map(([key, value]) => [field(key), copy(value, depth + 1)]),
    );
  }

  return {
    placeholder,
    text,
    isSecret: (given) => known.has(given),
    value: <T>(json: T) => copy(json, 0) as T,
  };
}
