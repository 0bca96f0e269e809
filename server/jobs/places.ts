import { JOB_NAMES } from './queue.ts';
import type { JobName } from './queue.ts';

/** What one queue may hold of the places in which jobs run at once. */
export interface Share {
  /** Kept free for it, however busy the others are. */
  readonly least: number;
  readonly most: number;
}
export type Shares = Readonly<Record<JobName, Share>>;
export type Running = Readonly<Record<JobName, number>>;

/** The fewest places with which every queue has one of its own. */
export const FEWEST_PLACES = JOB_NAMES.length;

/**
 * Divides the places: what somebody waits for (opening, events) keeps more, and a flood of one kind, such as
 * polls after an outage, never takes what the others need.
 * @param places how many jobs run at once, at least FEWEST_PLACES
 */
export function sharesOf(places: number): Shares {
  const share = (least: number, most: number): Share => ({
    least: Math.max(1, Math.floor(places * least)),
    most: Math.max(1, Math.floor(places * most)),
  });
  return {
    'open-approval': share(3 / 16, 3 / 4),
    // A callback stage computes and rarely waits: a few keep the cores busy, more would only hold up the openings.
    'process-event': share(3 / 16, 3 / 8),
    'revoke-approval': share(1 / 16, 3 / 8),
    'sync-approval': share(1 / 16, 3 / 8),
  };
}

/**
 * How many more jobs of a queue may start now.
 * @param running how many of each run
 */
export function freePlaces(name: JobName, running: Running, shares: Shares, places: number): number {
  const common = places - JOB_NAMES.reduce((sum, each) => sum + shares[each].least, 0);
  const inCommon = JOB_NAMES.reduce((sum, each) => sum + Math.max(0, running[each] - shares[each].least), 0);
  const own = Math.max(0, shares[name].least - running[name]);
  return Math.max(0, Math.min(shares[name].most - running[name], own + Math.max(0, common - inCommon)));
}
