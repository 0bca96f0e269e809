import { flag, fraction, object, whole, type Read } from './control/read.ts';

/** The fault switches (docs/simulator.md). They hit both API families and the pushes, never the control API or the page. */
export interface FaultSet {
  /** Every API answer waits this many milliseconds. */
  readonly latencyMs?: number;
  /** Share of calls throttled as DingTalk does it: 403 in the new family, errcode 88 with sub_code 90018 in the old one. */
  readonly throttleRate?: number;
  /** Share of calls answered 500. Nothing happened then. */
  readonly http500Rate?: number;
  /** Share of calls answered 200 with a page of HTML, as a proxy in the way would. Nothing happened then. */
  readonly htmlRate?: number;
  /** The next n creates happen, then the connection is cut. */
  readonly dropCreateResponses?: number;
  /** A new instance is listed only after this many milliseconds. */
  readonly listingLagMs?: number;
  /** Each token is good for this many calls. */
  readonly tokenExpiresAfterCalls?: number;
  /** How long after creation an instance cannot be revoked by API; REVOKE_LOCK_MS unless set. */
  readonly revokeLockMs?: number;
  /** Every event is pushed twice, under the same eventId. */
  readonly duplicateEvents?: boolean;
  /** Events of one change go out last first, its first event late enough to be overtaken by the next change. */
  readonly reorderEvents?: boolean;
  /** Events are lost: neither pushed nor kept in the failed list. Only asking finds out. */
  readonly dropEvents?: boolean;
}

/** Revoke lock of the real thing, in milliseconds (protocols/dingtalk.md §3). */
export const REVOKE_LOCK_MS = 15_000;

const upToADay = whole(0, 86_400_000);
const count = whole(0, 1_000_000);

/** Reads a whole set of switches; what is left out is off. Throws ControlProblem 400 naming a wrong or unknown switch. */
export const readFaults: Read<FaultSet> = object(
  {},
  {
    latencyMs: upToADay,
    throttleRate: fraction,
    http500Rate: fraction,
    htmlRate: fraction,
    dropCreateResponses: count,
    listingLagMs: upToADay,
    tokenExpiresAfterCalls: count,
    revokeLockMs: upToADay,
    duplicateEvents: flag,
    reorderEvents: flag,
    dropEvents: flag,
  },
);
