import { JOB_NAMES } from './queue.ts';
import type { JobName } from './queue.ts';

/** How many of the slots, in which jobs run concurrently, one queue may use. */
export interface Share {
  /** Reserved for it, however busy the others are. */
  readonly least: number;
  readonly most: number;
}
export type Shares = Readonly<Record<JobName, Share>>;
export type Running = Readonly<Record<JobName, number>>;

/** The smallest number of slots that gives every queue one of its own. */
export const FEWEST_SLOTS = JOB_NAMES.length;

/**
 * Divides the slots: jobs that somebody waits for (openings, events) get more, and a burst of one kind, such as
 * polls after an outage, never takes what the others need.
 * @param slots how many jobs run at once, at least FEWEST_SLOTS
 */
export function sharesOf(slots: number): Shares {
  const share = (least: number, most: number): Share => ({
    least: Math.max(1, Math.floor(slots * least)),
    most: Math.max(1, Math.floor(slots * most)),
  });
  return {
    'open-approval': share(3 / 16, 3 / 4),
    // A callback stage computes and rarely waits: a few keep the cores busy, more would only delay the openings.
    'process-event': share(3 / 16, 3 / 8),
    'revoke-approval': share(1 / 16, 3 / 8),
    'sync-approval': share(1 / 16, 3 / 8),
  };
}

/**
 * How many more jobs of a queue may start now.
 * @param running how many of each run
 */
export function freeSlots(name: JobName, running: Running, shares: Shares, slots: number): number {
  const common = slots - JOB_NAMES.reduce((sum, each) => sum + shares[each].least, 0);
  const inCommon = JOB_NAMES.reduce((sum, each) => sum + Math.max(0, running[each] - shares[each].least), 0);
  const own = Math.max(0, shares[name].least - running[name]);
  return Math.max(0, Math.min(shares[name].most - running[name], own + Math.max(0, common - inCommon)));
}
