import { distance } from 'fastest-levenshtein';
import type { KnownNames } from './scope.ts';

type Hint = (match: RegExpExecArray, names: KnownNames) => string | undefined;

/** V8's messages with the name of their error, so that a script's own `new Error('x is not defined')` is not matched. */
const HINTS: readonly (readonly [RegExp, Hint])[] = [
  [/(?:^|awaited it: )ReferenceError: (\S+) is not defined$/, meantByUnknown],
  [
    /(?:^|awaited it: )TypeError: .*\.length is not a function$/s,
    () => 'length is a property in JavaScript: write .length without ().',
  ],
  [
    /(?:^|awaited it: )TypeError: Assignment to constant variable\.$/,
    () => 'To compare, write ===; a name that changes is declared by let, not by const or final.',
  ],
  [
    /(?:^|awaited it: )TypeError: Cannot assign to read only property '(.+)' of object '#<Object>'$/,
    ([, name = ''], { inScope }) =>
      inScope.includes(name)
        ? `${name} cannot be assigned to: to compare, write ===; to change it, copy it to a name of your own.`
        : undefined,
  ],
];

/**
 * Adds to V8's message about a frequent mistake: the name that was probably meant, or what to write instead.
 * @param message of a SCRIPT_ERROR, `TypeError: …`
 * @returns the message with a sentence behind it, or as it was
 */
export function withHint(message: string, names: KnownNames): string {
  for (const [pattern, hint] of HINTS) {
    const match = pattern.exec(message);
    const told = match === null ? undefined : hint(match, names);
    if (told !== undefined) return `${message.replace(/\.$/, '')}. ${told}`;
  }
  return message;
}

function meantByUnknown(
  [, name = '']: RegExpExecArray,
  { inScope, elsewhere }: KnownNames,
): string | undefined {
  const stages = elsewhere.get(name) ?? [];
  if (stages.length > 0) {
    return `It is in scope in the ${stages.join(' and ')} ${stages.length === 1 ? 'stage' : 'stages'} only.`;
  }
  const meant = nearest(name, inScope);
  return meant === undefined ? undefined : `Did you mean ${meant}?`;
}

/** Nothing limits the length of a name, and comparing takes the product of two. */
const LONGEST_NAME = 40;

/** The known name that comes nearest, case aside: one letter in four may be wrong. */
function nearest(name: string, known: readonly string[]): string | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  const slips = (each: string): number => distance(each.toLowerCase(), name.toLowerCase());
  const [best] = known.toSorted((a, b) => slips(a) - slips(b));
  return best !== undefined && slips(best) <= Math.max(1, name.length / 4) ? best : undefined;
}
