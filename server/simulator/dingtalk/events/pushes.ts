import type { App } from '../apps.ts';
import { wait, type Clock } from '../clock.ts';
import type { FaultSet } from '../faults.ts';
import type { EventPayload } from './payload.ts';
import { CHECK_PATIENCE_MS, EVENT_PATIENCE_MS, send, type Sent } from './send.ts';

/**
 * An event that does not arrive is pushed again 10 s after the first failure and 30 s after the second, then kept in the failed list
 * (issue 2 item 6; official numbers are not published, protocols/dingtalk.md §7).
 */
export const REPUSH_AFTER_MS = [10_000, 30_000] as const;

/** With reorderEvents: long enough for the next change to overtake. */
const HELD_BACK_MS = 1000;
const KEPT_DAYS_MS = 7 * 86_400_000;

/** One event that no attempt could deliver, until somebody fetches it (§9). */
export interface FailedPush {
  readonly id: number;
  readonly appKey: string;
  readonly payload: EventPayload;
  /** Epoch milliseconds of the last attempt. */
  readonly failedAt: number;
  readonly detail: string;
  confirmed: boolean;
}

export interface Pushes {
  /** Sends the events of one change to every app that wants them. `subject` is what they are about. Returns at once; pushes follow. */
  announce(subject: string, events: readonly EventPayload[]): void;
  /** The URL check DingTalk runs when a callback is saved. */
  check(app: App): Promise<Sent>;
  /** Undelivered events of one app, oldest first; kept for seven days. */
  failed(appKey: string): readonly FailedPush[];
  /** Takes fetched events off the list. */
  forget(ids: ReadonlySet<number>): void;
  clear(): void;
  close(): Promise<void>;
}

interface Surroundings {
  readonly clock: Clock;
  readonly apps: () => Iterable<App>;
  readonly app: (appKey: string) => App | undefined;
  readonly faults: () => FaultSet;
  readonly log: (line: string) => void;
}

/** The event pushes of the simulated company: first attempts about one subject go out one after another, subjects side by side. */
export function createPushes(around: Surroundings): Pushes {
  let closing = new AbortController();
  let failures: FailedPush[] = [];
  let lastId = 0;
  const underWay = new Set<Promise<void>>();
  const lanes = new Map<string, Promise<void>>();

  const track = (push: Promise<void>): void => {
    underWay.add(push);
    void push.finally(() => underWay.delete(push));
  };

  async function attempt(appKey: string, payload: EventPayload, closed: AbortSignal): Promise<Sent> {
    const callback = around.app(appKey)?.callback;
    if (!callback) return { ok: false, detail: 'the app has no callback any more', unreachable: true };
    const sent = await send(callback, payload, EVENT_PATIENCE_MS, around.clock, closed);
    const what = `${payload.EventType} ${String(payload.type)} to ${appKey}`;
    if (!sent.ok && !closed.aborted) around.log(`push ${what} failed: ${sent.detail}`);
    return sent;
  }

  async function again(
    appKey: string,
    payload: EventPayload,
    first: Sent,
    closed: AbortSignal,
  ): Promise<void> {
    let last = first;
    for (const pause of REPUSH_AFTER_MS) {
      if (!(await wait(around.clock, pause, closed))) return;
      last = await attempt(appKey, payload, closed);
      if (last.ok || closed.aborted) return;
    }
    lastId += 1;
    failures.push({
      id: lastId,
      appKey,
      payload,
      failedAt: around.clock.now(),
      detail: last.detail,
      confirmed: false,
    });
  }

  function enqueue(lane: string, appKey: string, payload: EventPayload, closed: AbortSignal): void {
    const before = lanes.get(lane) ?? Promise.resolve();
    const firstAttempt = before.then(async () => {
      const sent = await attempt(appKey, payload, closed);
      // A re-push waits beside the lane: a failed event must not hold up the ones behind it.
      if (!sent.ok && !closed.aborted) track(again(appKey, payload, sent, closed));
    });
    lanes.set(lane, firstAttempt);
    track(
      firstAttempt.finally(() => {
        if (lanes.get(lane) === firstAttempt) lanes.delete(lane);
      }),
    );
  }

  function pushTo(app: App, subject: string, events: readonly EventPayload[], faults: FaultSet): void {
    const tags = app.callback?.tags ?? null;
    const wanted = events.filter((event) => tags?.includes(event.EventType) ?? true);
    const ordered = faults.reorderEvents ? wanted.toReversed() : wanted;
    const lane = `${app.appKey}/${subject}`;
    const closed = closing.signal;
    for (const [index, payload] of ordered.entries()) {
      const copies = faults.duplicateEvents ? 2 : 1;
      const late = faults.reorderEvents === true && index === ordered.length - 1;
      for (let copy = 0; copy < copies; copy += 1) {
        if (!late) enqueue(lane, app.appKey, payload, closed);
        else
          track(
            wait(around.clock, HELD_BACK_MS, closed).then((passed) => {
              if (passed) enqueue(lane, app.appKey, payload, closed);
            }),
          );
      }
    }
  }

  const kept = (): FailedPush[] => {
    failures = failures.filter((failure) => failure.failedAt > around.clock.now() - KEPT_DAYS_MS);
    return failures;
  };

  return {
    announce(subject, events) {
      const faults = around.faults();
      if (faults.dropEvents) return;
      for (const app of around.apps()) if (app.callback) pushTo(app, subject, events, faults);
    },
    async check(app) {
      if (!app.callback) return { ok: false, detail: 'no callbackUrl', unreachable: true };
      return send(app.callback, { EventType: 'check_url' }, CHECK_PATIENCE_MS, around.clock, closing.signal);
    },
    failed: (appKey) => kept().filter((failure) => failure.appKey === appKey),
    forget: (ids) => (failures = failures.filter((failure) => !ids.has(failure.id))),
    clear() {
      closing.abort();
      closing = new AbortController();
      failures = [];
      lanes.clear();
    },
    async close() {
      closing.abort();
      await Promise.all(underWay);
    },
  };
}
