import type { App } from '../apps.ts';
import type { Clock } from '../clock.ts';
import type { Streams } from '../stream/streams.ts';
import type { EventPayload } from './payload.ts';
import { EVENT_PATIENCE_MS, send, type Sent } from './send.ts';

/** How events find the apps: to the callback URL where there is one, else over a connection that the app holds. */
export interface Ways {
  /** Whether an app has any way. */
  reaches(app: App): boolean;
  /** Delivers one event once. Never rejects. */
  deliver(appKey: string, payload: EventPayload, closed: AbortSignal): Promise<Sent>;
}

/** An app uses one way at a time, as DingTalk's console has it. */
export const createWays = (around: {
  readonly clock: Clock;
  readonly app: (appKey: string) => App | undefined;
  readonly streams: Streams;
}): Ways => ({
  reaches: ({ appKey, callback }) => callback !== null || around.streams.isUsedBy(appKey),
  deliver(appKey, payload, closed) {
    const callback = around.app(appKey)?.callback;
    return callback
      ? send(callback, payload, EVENT_PATIENCE_MS, around.clock, closed)
      : around.streams.deliver(appKey, payload, closed);
  },
});
