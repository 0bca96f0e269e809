const FIRST_MS = 250;
const LONGEST_MS = 5_000;

/**
 * How long to wait before the next attempt at a database that does not answer.
 * @param failures consecutive failures, at least 1
 * @param random 0 to 1: several processes should not come back at the same moment
 * @returns milliseconds
 */
export function backoff(failures: number, random = Math.random()): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return most * (0.5 + random / 2);
}
