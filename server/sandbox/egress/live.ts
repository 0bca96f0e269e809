import type { Connections } from './connections.ts';
import { exchange } from './exchange.ts';
import type { Reply } from './exchange.ts';
import type { Outgoing } from './outgoing.ts';
import type { EgressPolicy } from './policy.ts';
import { checkedAddresses } from './resolve.ts';
import type { Resolve } from './resolve.ts';
import { ownPorts } from './route.ts';
import type { Route } from './route.ts';

/** What a transport is told about the call it makes. */
export interface CallSteps {
  /** Aborted, with a Refusal as its reason, when the call's time is over or the run ends. */
  readonly signal: AbortSignal;
  /** To be awaited when nothing but the sending is left to do. If it rejects, the call must not leave. */
  intend(): Promise<void>;
  /** The first byte goes onto the wire. */
  leaves(): void;
}

/** How one request, its route already found, becomes a reply: over the network, or from a recording. */
export type Transport = (request: Outgoing, route: Route, steps: CallSteps) => Promise<Reply>;

/** Waits for `work`, but no longer than until `signal` aborts; then throws its reason. The work itself is not stopped. */
async function until<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** The transport that really calls: resolve, check, pin, send. */
export function liveTransport(policy: EgressPolicy, resolve: Resolve, connections: Connections): Transport {
  const { limits } = policy;
  const own = ownPorts(policy);
  return async (request, route, steps) => {
    const { signal } = steps;
    const addresses = await until(signal, () => checkedAddresses(route, resolve, own));
    await until(signal, () => steps.intend());
    const pool = connections.to(route.target, addresses, limits.headerBytes);
    return exchange(pool, route.target, request, limits, signal, () => steps.leaves());
  };
}
