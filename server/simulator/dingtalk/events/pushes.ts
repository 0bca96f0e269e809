import type { App } from '../apps.ts';
import { wait } from '../clock.ts';
import type { FaultSet } from '../faults.ts';
import { attempt, REPUSH_AFTER_MS, type Post, type Push } from './attempt.ts';
import { createJournal, type Entry, type Outcome } from './journal.ts';
import type { EventPayload } from './payload.ts';
import { CHECK_PATIENCE_MS, send, type Sent } from './send.ts';

/** With reorderEvents: long enough for the next change to overtake. */
const HELD_BACK_MS = 1000;
const KEPT_DAYS_MS = 7 * 86_400_000;

/** One event that no attempt could deliver, until somebody fetches it (§9). */
export interface FailedPush {
  readonly id: number;
  readonly appKey: string;
  readonly payload: EventPayload;
  readonly entry: Entry;
  /** Epoch milliseconds of the last attempt. */
  readonly failedAt: number;
  readonly detail: string;
  confirmed: boolean;
}

/** How the last check of an app's callback URL went, and when (epoch milliseconds). */
export interface Check {
  readonly url: string;
  readonly at: number;
  readonly ok: boolean;
  readonly detail: string;
}

export interface Pushes {
  /** Sends the events of one change to every app that wants them. `subject` is what they are about. Returns at once; pushes follow. */
  announce(subject: string, events: readonly EventPayload[]): void;
  /** The URL check DingTalk runs when a callback is saved. */
  check(app: App): Promise<Sent>;
  /** The last such check of one app; null when there was none. */
  lastCheck(appKey: string): Check | null;
  /** The newest events and what became of each, newest first. */
  newest(): readonly Entry[];
  /** Undelivered events of one app, oldest first; kept for seven days. */
  failed(appKey: string): readonly FailedPush[];
  /** Takes fetched events off the list. */
  forget(ids: ReadonlySet<number>): void;
  clear(): void;
  close(): Promise<void>;
}

interface Surroundings extends Post {
  readonly apps: () => Iterable<App>;
  readonly faults: () => FaultSet;
}

/** The event pushes of the simulated company: first attempts about one subject go out one after another, subjects side by side. */
export function createPushes(around: Surroundings): Pushes {
  const { clock } = around;
  let closing = new AbortController();
  let failures: FailedPush[] = [];
  let lastId = 0;
  const underWay = new Set<Promise<void>>();
  const lanes = new Map<string, Promise<void>>();
  const journal = createJournal();
  const checks = new Map<string, Check>();

  const track = (push: Promise<void>): void => {
    underWay.add(push);
    void push.finally(() => underWay.delete(push));
  };

  async function again(push: Push): Promise<void> {
    for (const [index, pause] of REPUSH_AFTER_MS.entries()) {
      if (!(await wait(clock, pause, push.closed))) return;
      if (await attempt(push, index + 2, around)) return;
    }
    lastId += 1;
    const { appKey, payload, entry } = push;
    const failedAt = clock.now();
    failures.push({ id: lastId, appKey, payload, entry, failedAt, detail: entry.detail, confirmed: false });
  }

  function enqueue(lane: string, push: Push): void {
    const before = lanes.get(lane) ?? Promise.resolve();
    const firstAttempt = before.then(async () => {
      // A re-push waits beside the lane: a failed event must not hold up the ones behind it.
      if (!(await attempt(push, 1, around))) track(again(push));
    });
    lanes.set(lane, firstAttempt);
    track(
      firstAttempt.finally(() => {
        if (lanes.get(lane) === firstAttempt) lanes.delete(lane);
      }),
    );
  }

  function pushTo(app: App, subject: string, events: readonly EventPayload[], faults: FaultSet): void {
    const { appKey } = app;
    const note = (payload: EventPayload, outcome: Outcome): Entry =>
      journal.note(clock.now(), appKey, subject, payload, outcome);
    const tags = app.callback?.tags ?? null;
    const wanted = events.filter((event) => tags?.includes(event.EventType) ?? true);
    for (const event of events) if (!wanted.includes(event)) note(event, 'unwanted');
    const ordered = faults.reorderEvents ? wanted.toReversed() : wanted;
    const lane = `${appKey}/${subject}`;
    const closed = closing.signal;
    for (const [index, payload] of ordered.entries()) {
      const copies = faults.duplicateEvents ? 2 : 1;
      const late = faults.reorderEvents === true && index === ordered.length - 1;
      for (let copy = 0; copy < copies; copy += 1) {
        if (faults.dropEvents) {
          note(payload, 'dropped');
          continue;
        }
        const push: Push = { appKey, payload, entry: note(payload, 'sending'), closed };
        if (!late) {
          enqueue(lane, push);
          continue;
        }
        Object.assign(push.entry, { outcome: 'waiting', nextAt: clock.now() + HELD_BACK_MS });
        track(
          wait(clock, HELD_BACK_MS, closed).then((passed) => {
            if (passed) enqueue(lane, push);
          }),
        );
      }
    }
  }

  const kept = (): FailedPush[] => {
    failures = failures.filter((failure) => failure.failedAt > clock.now() - KEPT_DAYS_MS);
    return failures;
  };

  return {
    announce(subject, events) {
      const faults = around.faults();
      for (const app of around.apps()) if (around.ways.reaches(app)) pushTo(app, subject, events, faults);
    },
    async check(app) {
      const { appKey, callback } = app;
      if (!callback) return { ok: false, detail: 'no callbackUrl', unreachable: true };
      const closed = closing.signal;
      const sent = await send(callback, { EventType: 'check_url' }, CHECK_PATIENCE_MS, clock, closed);
      if (closed.aborted) return sent;
      checks.set(appKey, { url: callback.url, at: clock.now(), ok: sent.ok, detail: sent.detail });
      around.log(`check_url to ${appKey} ${sent.ok ? 'succeeded' : `failed: ${sent.detail}`}`);
      return sent;
    },
    lastCheck: (appKey) => checks.get(appKey) ?? null,
    newest: () => journal.newest(),
    failed: (appKey) => kept().filter((failure) => failure.appKey === appKey),
    forget(ids) {
      for (const { id, entry } of failures) if (ids.has(id)) entry.outcome = 'fetched';
      failures = failures.filter((failure) => !ids.has(failure.id));
    },
    clear() {
      closing.abort();
      closing = new AbortController();
      failures = [];
      lanes.clear();
      journal.clear();
      checks.clear();
    },
    async close() {
      closing.abort();
      await Promise.all(underWay);
    },
  };
}
