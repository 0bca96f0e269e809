import { secretKey } from './secret-key.ts';

/** A string or number of a JSON text and where its token stands; `secret`: it is, or lies under, a secret-looking key's value. */
export interface JsonField {
  readonly value: string;
  readonly secret: boolean;
  readonly start: number;
  readonly end: number;
}

/** Whether a text looks like JSON with fields in it. */
export const looksLikeJson = (text: string): boolean => /^\s*[{["]/.test(text);

function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '"') return i + 1;
    if (char === '\\') i += 1;
  }
  return text.length;
}

function valueOf(token: string): string {
  if (!token.includes('\\') && token.endsWith('"') && token.length > 1) return token.slice(1, -1);
  try {
    const value: unknown = JSON.parse(token);
    return String(value);
  } catch (error) {
    // Cut off, or not quite JSON: as good as can be read.
    if (error instanceof SyntaxError) return token.replace(/^"|"$/g, '');
    throw error;
  }
}

const BLANKS = /\s*/y;
const WORD = /[^\s"{}[\]:,]+/y;

function matchFrom(pattern: RegExp, text: string, from: number): string {
  pattern.lastIndex = from;
  return pattern.exec(text)?.[0] ?? '';
}

/**
 * Tells every string and number value of a JSON text, in order. It reads tokens, not a grammar, so it also serves a text that was
 * cut off; linear in the text, and depth costs no stack.
 */
export function* jsonFields(text: string): Generator<JsonField> {
  const secretAbove: boolean[] = [];
  let secret = false;
  for (let at = 0; at < text.length;) {
    const char = text.charAt(at);
    if (char === '{' || char === '[') {
      secretAbove.push(secret);
      at += 1;
    } else if (char === '}' || char === ']') {
      secretAbove.pop();
      secret = secretAbove.at(-1) ?? false;
      at += 1;
    } else if (char === ',') {
      secret = secretAbove.at(-1) ?? false;
      at += 1;
    } else if (char === '"') {
      const end = endOfString(text, at);
      const value = valueOf(text.slice(at, end));
      const colon = end + matchFrom(BLANKS, text, end).length;
      if (text.charAt(colon) === ':') {
        secret = (secretAbove.at(-1) ?? false) || secretKey(value);
        at = colon + 1;
      } else {
        yield { value, secret, start: at, end };
        at = end;
      }
    } else {
      const word = matchFrom(WORD, text, at);
      if (/^-?\d/.test(word)) yield { value: word, secret, start: at, end: at + word.length };
      at += Math.max(word.length, 1);
    }
  }
}
