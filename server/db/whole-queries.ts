import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';

/** Message types after which PostgreSQL answers (protocol 3.0, "Message Formats"): `S` Sync and `Q` Query. */
const ENDS: readonly (number | undefined)[] = [0x53, 0x51];

type Exec = PGlite['execProtocolStream'];

/**
 * Wraps the embedded engine for its `pg` connection, with two changes. The messages of a query (Parse, Bind, Describe, Execute, Sync) are
 * sent together, since each call into the engine costs as much as a small query. And the event loop gets a turn between two queries, since
 * the engine computes on it and a long transaction would block every socket.
 */
export function wholeQueries(pglite: PGlite): PGlite {
  let waiting: Uint8Array[] = [];
  const execProtocolStream: Exec = async (message, options) => {
    waiting.push(message);
    if (!ENDS.includes(message[0])) return [];
    const whole = Buffer.concat(waiting);
    waiting = [];
    await nextTurn();
    return pglite.execProtocolStream(whole, options);
  };
  return new Proxy(pglite, {
    get(target, key) {
      if (key === 'execProtocolStream') return execProtocolStream;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
    },
  });
}
