import type { FieldError } from '../errors.ts';

/** Deeper than anything sensible, and far from where walking it by calls ends the stack. */
const MOST_LEVELS = 100;

const textFault = (text: string): string | undefined =>
  text.includes('\0')
    ? 'must not contain the character \\u0000: the database cannot hold it.'
    : text.isWellFormed()
      ? undefined
      : 'must not contain half of a surrogate pair: it is no character.';

/**
 * What of a JSON value the database could not hold, so that nobody behind the door has to think of it.
 * @param most so many faults are looked for; a large body may have hundreds of thousands
 */
export function unstorable(value: unknown, most = Infinity): FieldError[] {
  const faults: FieldError[] = [];
  const waiting: { value: unknown; path: string; level: number }[] = [{ value, path: '', level: 0 }];
  for (let next = waiting.pop(); next !== undefined && faults.length < most; next = waiting.pop()) {
    const { path, level } = next;
    if (typeof next.value === 'string') {
      const message = textFault(next.value);
      if (message !== undefined) faults.push({ path: path === '' ? 'body' : path, message });
    } else if (typeof next.value === 'object' && next.value !== null) {
      if (level >= MOST_LEVELS)
        return [{ path: 'body', message: `must not be nested more than ${MOST_LEVELS} levels deep.` }];
      for (const [key, inner] of Object.entries(next.value)) {
        if (textFault(key) !== undefined)
          faults.push({ path: path === '' ? 'body' : path, message: 'has a key that is no text.' });
        else waiting.push({ value: inner, path: path === '' ? key : `${path}.${key}`, level: level + 1 });
      }
    }
  }
  return faults.reverse();
}
