import pg from 'pg';
import type { Log } from '../log.ts';
import { backoff } from './backoff.ts';

interface Listener {
  heard(payload: string): void;
  /** Connected or reconnected: notifications sent in between were missed. */
  connected(): void;
}

/**
 * Receives the notifications (LISTEN) of a PostgreSQL channel over a connection of its own. Reconnects until it is closed; notifications
 * in between are lost, so the caller must also poll.
 */
export function listen(
  config: pg.ClientConfig,
  channel: string,
  listener: Listener,
  log: Log,
): { close(): Promise<void> } {
  let client: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;
  let failures = 0;
  let isClosed = false;

  function lost(from: pg.Client, error: Error): void {
    if (client !== from) return;
    client = undefined;
    // Further errors of the connection that is being closed: the first one was reported.
    from.end().catch(() => undefined);
    if (isClosed) return;
    failures += 1;
    if (failures === 1)
      log.warn({ err: error }, 'the job queue does not hear of new jobs at once; it looks every second');
    again = setTimeout(() => void connect(), backoff(failures));
  }

  async function connect(): Promise<void> {
    const next = new pg.Client(config);
    client = next;
    next.on('error', (error) => lost(next, error));
    next.on('end', () => lost(next, new Error('The connection was closed.')));
    next.on('notification', ({ payload }) => listener.heard(payload ?? ''));
    try {
      await next.connect();
      await next.query(`listen ${next.escapeIdentifier(channel)}`);
    } catch (error) {
      lost(next, error as Error);
      return;
    }
    if (failures > 0) log.info('the job queue hears of new jobs again');
    failures = 0;
    listener.connected();
  }

  void connect();
  return {
    async close() {
      isClosed = true;
      clearTimeout(again);
      const last = client;
      client = undefined;
      await last?.end().catch(() => undefined);
    },
  };
}
