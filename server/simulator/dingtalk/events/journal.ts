import type { EventPayload } from './payload.ts';

/**
 * What became of one event on its way to one app: being pushed, taken, to be pushed again at `nextAt`, in the failed list, fetched from
 * there, lost to the dropEvents fault, or of a type the app did not subscribe to.
 */
export type Outcome = 'sending' | 'delivered' | 'waiting' | 'failed' | 'fetched' | 'dropped' | 'unwanted';

/** One line of the journal. Times are epoch milliseconds. */
export interface Entry {
  readonly id: number;
  readonly at: number;
  readonly appKey: string;
  /** What the event is about: an instance's id, or a user's. */
  readonly subject: string;
  readonly eventType: string;
  /** The event's `type` and `result` where it has them: `finish agree`. */
  readonly what: string;
  attempts: number;
  outcome: Outcome;
  nextAt: number | null;
  /** Why the last attempt failed, in words; "" when none did. */
  detail: string;
}

/** The page shows as many; older ones are forgotten, so that a simulator may run for months. */
const KEPT = 20;

/** The newest events and what became of each, so that a person sees why a callback did not arrive. */
export interface Journal {
  /** Adds a line. Whoever pushes the event keeps the line up to date. */
  note(at: number, appKey: string, subject: string, payload: EventPayload, outcome: Outcome): Entry;
  /** At most 20, newest first. */
  newest(): readonly Entry[];
  clear(): void;
}

/** An empty journal. */
export function createJournal(): Journal {
  let entries: readonly Entry[] = [];
  let lastId = 0;
  return {
    note(at, appKey, subject, payload, outcome) {
      lastId += 1;
      const entry: Entry = {
        id: lastId,
        at,
        appKey,
        subject,
        eventType: payload.EventType,
        what: [payload.type, payload.result].filter((word) => typeof word === 'string').join(' '),
        attempts: 0,
        outcome,
        nextAt: null,
        detail: '',
      };
      entries = [entry, ...entries].slice(0, KEPT);
      return entry;
    },
    newest: () => entries,
    clear: () => (entries = []),
  };
}
