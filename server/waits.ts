/**
 * Every delay of the approval life cycle, in milliseconds. Passed in as one object, so that tests need not wait.
 */
export interface Waits {
  /** Before each further attempt after a temporary failure (provider down, throttled, sandbox busy). When used up, the task fails. */
  readonly retry: readonly number[];
  /** Between an uncertain create and each search of the provider's listing. */
  readonly search: readonly number[];
  /** A search can prove absence only this long after the intent: until then the call may still be on its way. */
  readonly settle: number;
  /** The least time between two searches that together prove absence; a listing may lag a minute. */
  readonly absentApart: number;
  /** No create call leaves later than this after its intent was stored. */
  readonly intentValid: number;
  /** After creation, before a revoke makes sense (protocols/dingtalk.md §3: 15 s). */
  readonly revokeAfter: number;
  /** Before each poll of a linked approval, where callbacks are not known to arrive. The last one repeats. */
  readonly poll: readonly number[];
  /** The same where callbacks are known to arrive. */
  readonly pollWithCallbacks: readonly number[];
  /** How long after a callback they are assumed to arrive. */
  readonly callbacksKnownFor: number;
  /** How long an event of an unknown instance waits for it. */
  readonly unknownInstance: number;
  /** How often due approvals are looked for. */
  readonly tick: number;
  readonly connection: ConnectionWaits;
}

/** The waits of connections that the hub holds to providers. */
export interface ConnectionWaits {
  /** Before each next try, since the last connection that was steady. The last one repeats. */
  readonly retry: readonly number[];
  /** A connection that stood so long was a good one: what ended it says nothing about the next. */
  readonly steady: number;
  /** How long a connection may take to be made. */
  readonly open: number;
  /** A connection over which nothing came for so long is dead (protocols/dingtalk.md §10: a sign of life comes every 20 to 30 s). */
  readonly silence: number;
  /** How long the provider may take to close a connection that it, or the hub, is done with. */
  readonly drain: number;
  /** How often it is looked whether channels have changed. */
  readonly follow: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export const WAITS: Waits = {
  retry: [
    2 * SECOND,
    10 * SECOND,
    30 * SECOND,
    2 * MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
  ],
  search: [
    SECOND,
    5 * SECOND,
    15 * SECOND,
    30 * SECOND,
    65 * SECOND,
    65 * SECOND,
    2 * MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    HOUR,
    4 * HOUR,
    8 * HOUR,
  ],
  settle: 15 * SECOND,
  absentApart: 60 * SECOND,
  intentValid: 5 * SECOND,
  revokeAfter: 16 * SECOND,
  poll: [5 * MINUTE, 10 * MINUTE, 20 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR],
  pollWithCallbacks: [30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR],
  callbacksKnownFor: 7 * 24 * HOUR,
  unknownInstance: 24 * HOUR,
  tick: 15 * SECOND,
  connection: {
    retry: [SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE],
    steady: 30 * SECOND,
    open: 10 * SECOND,
    silence: 60 * SECOND,
    drain: 15 * SECOND,
    follow: 2 * SECOND,
  },
};
