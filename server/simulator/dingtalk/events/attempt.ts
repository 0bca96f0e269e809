import type { Clock } from '../clock.ts';
import type { Ways } from './deliver.ts';
import type { Entry } from './journal.ts';
import type { EventPayload } from './payload.ts';

/**
 * An event that does not arrive is pushed again 10 s after the first failure and 30 s after the second, then kept in the failed list
 * (issue 2 item 6; official numbers are not published, protocols/dingtalk.md §7).
 */
export const REPUSH_AFTER_MS = [10_000, 30_000] as const;

/** One event on its way to one app. Nothing is pushed any more once `closed` fires. */
export interface Push {
  readonly appKey: string;
  readonly payload: EventPayload;
  readonly entry: Entry;
  readonly closed: AbortSignal;
}

/** What an attempt needs of its surroundings. */
export interface Post {
  readonly clock: Clock;
  readonly ways: Ways;
  readonly log: (line: string) => void;
}

/**
 * Pushes an event once, the `number`th time counted from 1; its entry and the log tell how it went.
 * Answers whether that is the end of it: delivered, or nothing is pushed any more.
 */
export async function attempt(
  { appKey, payload, entry, closed }: Push,
  number: number,
  post: Post,
): Promise<boolean> {
  Object.assign(entry, { outcome: 'sending', attempts: number, nextAt: null } satisfies Partial<Entry>);
  const sent = await post.ways.deliver(appKey, payload, closed);
  if (closed.aborted) return true;
  const event = `push to ${appKey}: ${`${entry.eventType} ${entry.what}`.trim()} of ${entry.subject}`;
  entry.detail = sent.ok ? '' : sent.detail;
  if (sent.ok) {
    entry.outcome = 'delivered';
    if (number > 1) post.log(`${event} delivered at attempt ${number}`);
    return true;
  }
  const pause = REPUSH_AFTER_MS[number - 1];
  entry.outcome = pause === undefined ? 'failed' : 'waiting';
  entry.nextAt = pause === undefined ? null : post.clock.now() + pause;
  const next = pause === undefined ? 'it is in the failed list now' : `next try in ${pause / 1000} s`;
  const all = REPUSH_AFTER_MS.length + 1;
  post.log(`${event} failed, attempt ${number} of ${all}: ${sent.detail}; ${next}`);
  return false;
}
