/** What should have stood where a JSON text goes wrong. */
export type Wanted = 'value' | 'name' | 'colon' | 'comma' | 'end';

/** Where a text stops being JSON, counted from 1, as people count. */
export interface JsonMistake {
  readonly line: number;
  readonly column: number;
  readonly wanted: Wanted;
  /** What stands there instead; "" for the end of the text. */
  readonly found: string;
}

const BLANKS = /[ \t\r\n]*/y;
const TOKEN =
  /[{}[\],:]|"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/uy;

/**
 * Reads a JSON text. Browsers differ in whether they say where a text goes wrong (and none does for short texts), so that is found here.
 * @returns the value, or the first mistake
 */
export function readJson(text: string): { readonly value: unknown } | { readonly mistake: JsonMistake } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { mistake: mistakeIn(text) };
  }
}

function mistakeIn(text: string): JsonMistake {
  const open: string[] = [];
  let wanted: Wanted = 'value';
  /** Right behind an opening bracket, where the closing one may stand. */
  let isFirst = false;
  for (let at = 0; ;) {
    BLANKS.lastIndex = at;
    const start = at + (BLANKS.exec(text)?.[0].length ?? 0);
    TOKEN.lastIndex = start;
    const token = TOKEN.exec(text)?.[0] ?? '';
    const next = step(token);
    if (next === undefined) return placed(start);
    wanted = next;
    at = start + token.length;
  }

  /** What is wanted behind a token; undefined when it must not stand here. */
  function step(token: string): Wanted | undefined {
    const inside = open.at(-1);
    const mayClose = wanted === 'comma' || isFirst;
    isFirst = false;
    if (token === '' || wanted === 'end') return undefined;
    if (token === '}' || token === ']') {
      if (!mayClose || inside !== (token === '}' ? '{' : '[')) return undefined;
      open.pop();
      return behindValue();
    }
    if (wanted === 'colon') return token === ':' ? 'value' : undefined;
    if (wanted === 'comma') return token !== ',' ? undefined : inside === '{' ? 'name' : 'value';
    if (wanted === 'name') return token.startsWith('"') ? 'colon' : undefined;
    if (token === '{' || token === '[') {
      open.push(token);
      isFirst = true;
      return token === '{' ? 'name' : 'value';
    }
    return token === ',' || token === ':' ? undefined : behindValue();
  }

  function behindValue(): Wanted {
    return open.length === 0 ? 'end' : 'comma';
  }

  function placed(offset: number): JsonMistake {
    const lines = text.slice(0, offset).split('\n');
    const found = /^[\w.-]{1,20}|^./u.exec(text.slice(offset))?.[0] ?? '';
    return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, wanted, found };
  }
}

/** Whether a value is an object with keys, such as a list of variables or an event must be. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as people read JSON. */
export const prettyJson = (value: unknown): string => JSON.stringify(value, null, 2);
