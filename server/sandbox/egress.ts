import type { Recording } from '../contract/recording.ts';
import { openConnections } from './egress/connections.ts';
import type { Connections } from './egress/connections.ts';
import { liveTransport } from './egress/live.ts';
import type { EgressPolicy } from './egress/policy.ts';
import { recordedTransport } from './egress/recorded.ts';
import { systemResolve } from './egress/resolve.ts';
import type { Resolve } from './egress/resolve.ts';
import { routesOf } from './egress/route.ts';
import { openSession } from './egress/session.ts';
import type { EgressSession } from './egress/session.ts';

export { readAllowedHost } from './egress/allow-list.ts';
export type { ScriptRequest } from './egress/outgoing.ts';
export { dial } from './egress/dial.ts';
export type { Dial } from './egress/dial.ts';
export type { CallPattern, EgressLimits, EgressPolicy, LeavingCall, ProviderHost } from './egress/policy.ts';
export { toRecording } from './egress/recorded.ts';
export type { RecordedExchange } from './egress/recorded.ts';
export type { Address, Resolve } from './egress/resolve.ts';
export type { EgressSession, ScriptReply } from './egress/session.ts';

/** What a session needs of the world; each has the real one as its default. */
export interface EgressIo {
  readonly resolve?: Resolve;
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number;
  /** Keep whole calls for `exchanges()`, to be made into a recording. */
  readonly record?: boolean;
}

// Idle connections outlive a run, which is what makes the next one fast; see connections.ts for why that is safe.
const connections: Connections = openConnections();

const monotonic = (): number => performance.now();

/**
 * Opens the door through which one run's script reaches the network: every call is checked against the policy, resolved, checked
 * again by address, sent to that address and no other, and traced.
 * Throws an Error in words when the policy itself is wrong (a base URL or an allowed host that cannot be read).
 */
export function openEgress(policy: EgressPolicy, io: EgressIo = {}): EgressSession {
  const transport = liveTransport(policy, io.resolve ?? systemResolve, connections);
  return openSession(policy, transport, { now: io.now ?? monotonic, record: io.record ?? false });
}

/**
 * Opens a session that answers from a recording instead of the network. Allow-list, limits, redirects and trace are the same;
 * `beforeCall` is not asked and `changingCalls` stays empty, for nothing leaves.
 */
export function openRecorded(recording: Recording, policy: EgressPolicy, io: EgressIo = {}): EgressSession {
  const transport = recordedTransport(recording, policy.limits.inBytes);
  return openSession(policy, transport, { now: io.now ?? monotonic, record: io.record ?? false });
}

/**
 * Reads a policy as a session would, without opening one.
 * @throws Error in words when a base URL or an allowed host cannot be read
 */
export function checkPolicy(policy: EgressPolicy): void {
  routesOf(policy);
}
