/**
 * How long to wait before the next try to connect: longer with each failure, and never at one beat, for many hubs may have lost the
 * same provider in the same moment.
 * @param ladder milliseconds, in order; the last one repeats
 * @param failures in a row, from 0
 * @param random 0 to 1
 * @returns milliseconds: half of the step to all of it
 */
export function retryDelay(ladder: readonly number[], failures: number, random: number): number {
  const most = ladder[Math.min(failures, ladder.length - 1)] ?? 0;
  return Math.round(most * (0.5 + random / 2));
}
