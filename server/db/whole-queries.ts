import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';

/** Message types after which PostgreSQL answers (protocol 3.0, "Message Formats"): `S` Sync and `Q` Query. */
const ENDS: readonly (number | undefined)[] = [0x53, 0x51];

type Exec = PGlite['execProtocolStream'];

/**
 * The embedded engine as its `pg` connection sees it, with two differences. A query's messages (Parse, Bind, Describe, Execute,
 * Sync) go in together: each call into the engine costs as much as a small query. And between two queries the event loop gets
 * a turn: the engine computes on it, and a transaction of many queries would else keep every socket waiting.
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
