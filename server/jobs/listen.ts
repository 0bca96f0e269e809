import pg from 'pg';
import type { Log } from '../log.ts';
import { backoff } from './backoff.ts';

interface Listener {
  heard(payload: string): void;
  /** Connected, for the first time or again: what was sent meanwhile was not heard. */
  connected(): void;
}

/**
 * Hears what is sent on a channel of PostgreSQL, over a connection of its own. Connects again for as long as it is not closed;
 * meanwhile nothing is heard, and who listens must look for itself now and then.
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
    // Whatever else it says about its end has been said.
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
