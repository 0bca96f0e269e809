import type { Waits } from '../waits.ts';

/** A tenth earlier or later, so that what began together does not stay together. */
const JITTER = 0.1;

/**
 * How long after one look at the provider the next one comes, while nobody asks for it. Looks begin late and back off, more so where
 * callbacks are known to arrive: a company has few calls a month (protocols/dingtalk.md §12).
 * @param step looks so far since the approval was opened, from 0
 * @param random 0 to 1
 * @returns milliseconds
 */
export function untilNextPoll(
  waits: Pick<Waits, 'poll' | 'pollWithCallbacks'>,
  { step, callbacksArrive, random }: { step: number; callbacksArrive: boolean; random: number },
): number {
  const ladder = callbacksArrive ? waits.pollWithCallbacks : waits.poll;
  const wait = ladder[Math.min(step, ladder.length - 1)] ?? 0;
  return Math.round(wait * (1 - JITTER + 2 * JITTER * random));
}

/**
 * Whether a channel's callbacks are known to arrive.
 * @param lastCallbackAt of the channel; null: none ever did
 * @param now epoch milliseconds
 */
export const callbacksArrive = (
  lastCallbackAt: Date | null,
  waits: Pick<Waits, 'callbacksKnownFor'>,
  now: number,
): boolean => lastCallbackAt !== null && now - lastCallbackAt.getTime() < waits.callbacksKnownFor;
