import { AppError } from '../errors.ts';

const MINUTE = 60_000;
const WINDOW = 15 * MINUTE;
const MOST_FAILURES = 10;
const KNOWN_FOR = 30 * 24 * 60 * MINUTE;
/** So many names and addresses are remembered; then the oldest are forgotten. */
const MOST_KEPT = 20_000;

/** Counts wrong passwords, in this process's memory. */
export interface Attempts {
  /**
   * Counts an attempt as failed before it is made, so that many at once are no way around the limit.
   * @throws AppError TOO_MANY_ATTEMPTS
   */
  begin(name: string, address: string): Attempt;
}

export interface Attempt {
  /** The password was right. */
  succeeded(): void;
  /** It could not be found out whether it was. */
  takeBack(): void;
}

/**
 * Ten failures in 15 minutes for a name or an address are enough. An address from which the name's owner has signed in lately is
 * not held to what others did with the name: nobody can lock an owner out from afar.
 * @param now milliseconds
 */
export function createAttempts(now: () => number): Attempts {
  const failures = new Map<string, number[]>();
  const known = new Map<string, number>();

  const recent = (key: string): number[] => (failures.get(key) ?? []).filter((time) => time > now() - WINDOW);

  function refuseIfMany(key: string): void {
    const times = recent(key);
    const first = times.at(-MOST_FAILURES);
    if (first === undefined) return;
    throw new AppError(
      'TOO_MANY_ATTEMPTS',
      'Too many wrong passwords. Wait, or ask an admin for a sign-in link.',
      { retryAfter: (first + WINDOW - now()) / 1000 },
    );
  }

  return {
    begin(name, address) {
      const owner = name.normalize('NFC').toLowerCase();
      const pair = JSON.stringify([owner, address]);
      const isKnown = (known.get(pair) ?? 0) > now() - KNOWN_FOR;
      const nameKey = isKnown ? `owner ${pair}` : `name ${owner}`;
      const addressKey = `address ${address}`;
      refuseIfMany(addressKey);
      refuseIfMany(nameKey);
      const time = now();
      for (const key of [nameKey, addressKey]) keep(failures, key, [...recent(key), time]);
      const takeBack = (): void => {
        for (const key of [nameKey, addressKey]) {
          const others = recent(key);
          const own = others.lastIndexOf(time);
          keep(failures, key, others.toSpliced(own, own < 0 ? 0 : 1));
        }
      };
      return {
        takeBack,
        succeeded() {
          // Of the address only this attempt: whoever has one account must not wash off guesses at others by signing in to it.
          takeBack();
          failures.delete(nameKey);
          keep(known, pair, now());
        },
      };
    },
  };
}

/** Puts an entry last, and drops the first ones of a map that has grown too large. */
function keep<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= MOST_KEPT) return;
    map.delete(oldest);
  }
}
