import { distance } from 'fastest-levenshtein';

/** Comparing takes the product of two lengths, and an author may write any. */
const LONGEST = 60;

/**
 * The known text that comes nearest to a misspelt one, case aside; undefined when none comes near.
 * @param share how much of the text may differ, 0 to 1
 */
export function nearest(text: string, known: readonly string[], share: number): string | undefined {
  if (text.length > LONGEST) return undefined;
  const slips = (each: string): number => distance(each.toLowerCase(), text.toLowerCase());
  const [best] = known.filter((each) => each.length <= LONGEST).toSorted((a, b) => slips(a) - slips(b));
  return best !== undefined && slips(best) <= Math.max(1, text.length * share) ? best : undefined;
}
