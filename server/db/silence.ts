import type { Socket } from 'node:net';
import type { ClientBase } from 'pg';

/**
 * How long a connection may receive nothing, in milliseconds: a little longer than the server's statement timeout (30 s), so that silence
 * means that the server is gone. When a network drops all packets, TCP itself notices only after a quarter of an hour.
 */
const SILENCE_MS = 35_000;

/**
 * Breaks a connection, in use or not, that has received nothing for `ms` milliseconds. Its query then fails like any query to an
 * unavailable database (`isDatabaseAway`), and the pool drops the connection.
 */
export function breakWhenSilent(client: ClientBase, ms = SILENCE_MS): void {
  // pg has no such setting: its query_timeout gives up the query but keeps the connection, on which the next query hangs.
  const { stream } = (client as ClientBase & { readonly connection: { readonly stream: Socket } }).connection;
  stream.setTimeout(ms, () => {
    const error = new Error(`The database has said nothing for ${ms} ms.`);
    stream.destroy(Object.assign(error, { code: 'ETIMEDOUT' }));
  });
}
