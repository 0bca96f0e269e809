import { setImmediate } from 'node:timers/promises';

/** So many turns of the event loop that bring nobody new mean that nobody is on the way. */
const QUIET_TURNS = 3;
const LONGEST_WAIT_MS = 20;

interface Shared<T> {
  askers: number;
  readonly answer: Promise<T>;
}

/**
 * Lets those who ask for the same thing at the same time share one answer: a burst of pushes to one channel reads its keys once,
 * and goes on together, so that its events are stored together. Nothing is kept once the answer is there: changed keys count at
 * once.
 * @param longestWaitMs who asks first waits no longer than this for company
 */
export function shareLookups<T>(
  look: (key: string) => Promise<T>,
  longestWaitMs = LONGEST_WAIT_MS,
): (key: string) => Promise<T> {
  const underWay = new Map<string, Shared<T>>();

  async function gatherAndLook(key: string): Promise<T> {
    try {
      await gather(() => underWay.get(key)?.askers ?? 0, longestWaitMs);
      return await look(key);
    } finally {
      underWay.delete(key);
    }
  }

  return (key) => {
    const shared = underWay.get(key) ?? { askers: 0, answer: gatherAndLook(key) };
    shared.askers += 1;
    underWay.set(key, shared);
    return shared.answer;
  };
}

/**
 * Waits while askers keep coming. Node accepts one connection a turn of the event loop, and the embedded database works within
 * one: without this a burst of connections would be served one by one, each with a transaction of its own.
 */
async function gather(askers: () => number, longestWaitMs: number): Promise<void> {
  const until = performance.now() + longestWaitMs;
  let [known, quiet] = [0, 0];
  while (quiet < QUIET_TURNS && performance.now() < until) {
    await setImmediate();
    quiet = askers() === known ? quiet + 1 : 0;
    known = askers();
  }
}
