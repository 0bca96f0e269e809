const WINDOW_MS = 60_000;
/** Senders remembered at once; beyond that the oldest is forgotten, so that nobody fills the memory by changing addresses. */
const MOST_SENDERS = 10_000;

/** Counts pushes that could not be verified. Those that could are never counted: DingTalk re-pushes only twice. */
export interface FailureLimit {
  /** Notes one failure; answers whether this sender has had more than its share within the minute. */
  isTooMany(address: string, channelId: string): boolean;
}

/**
 * @param perMinute failures of one address at one channel that still get an ordinary refusal
 * @param now epoch milliseconds
 */
export function createFailureLimit(perMinute = 60, now: () => number = Date.now): FailureLimit {
  const senders = new Map<string, { since: number; failures: number }>();
  return {
    isTooMany(address, channelId) {
      const sender = `${address} ${channelId}`;
      const at = now();
      let counted = senders.get(sender);
      if (counted === undefined || at - counted.since >= WINDOW_MS) {
        senders.delete(sender);
        counted = { since: at, failures: 0 };
        senders.set(sender, counted);
        const [oldest] = senders.keys();
        if (senders.size > MOST_SENDERS && oldest !== undefined) senders.delete(oldest);
      }
      counted.failures += 1;
      return counted.failures > perMinute;
    },
  };
}
