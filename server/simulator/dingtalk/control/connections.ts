import type { Company } from '../company.ts';
import type { Connection } from '../stream/connection.ts';
import { object, text } from './read.ts';

const show = (connection: Connection): object => ({
  connectionId: connection.id,
  appKey: connection.appKey,
  since: connection.since,
  state: connection.isOpen() ? 'open' : 'closing',
});

/** `GET _control/connections`: who holds which, oldest first. */
export const showConnections = (company: Company): object => ({ items: company.streams.of().map(show) });

const readWhose = object({}, { appKey: text(1, 100) });

/** `POST _control/connections/rotate` {appKey?}: each is told to go, and closed 10 s later, as the gateway does some day. */
export function rotateConnections(company: Company, body: unknown): object {
  const connections = company.streams.of(readWhose(body, '').appKey);
  for (const connection of connections) connection.rotate();
  return { items: connections.map(show) };
}

/** `POST _control/connections/cut` {appKey?}: each ends without a word, as when a network fails. */
export function cutConnections(company: Company, body: unknown): object {
  const connections = company.streams.of(readWhose(body, '').appKey);
  for (const connection of connections) connection.cut();
  return { items: connections.map(show) };
}
