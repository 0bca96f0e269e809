import type { Socket } from 'node:net';
import type { ClientBase } from 'pg';

/**
 * How long a connection may say nothing, in milliseconds: a little longer than the server lets a statement run (30 s), so that silence
 * means that nobody is there. A network that swallows everything ends no connection by itself for a quarter of an hour.
 */
export const SILENCE_MS = 35_000;

/**
 * Breaks a connection that has said nothing for so long, in use or not. Its query then fails as of a database that is away
 * (`isDatabaseAway`), and the pool drops it.
 */
export function breakWhenSilent(client: ClientBase, ms = SILENCE_MS): void {
  // pg has no such setting: its query_timeout gives up the query and keeps the connection, for the next one to hang on.
  const { stream } = (client as ClientBase & { readonly connection: { readonly stream: Socket } }).connection;
  stream.setTimeout(ms, () => {
    const error = new Error(`The database has said nothing for ${ms} ms.`);
    stream.destroy(Object.assign(error, { code: 'ETIMEDOUT' }));
  });
}
