import type { WebSocket } from 'ws';
import { wait, type Clock } from '../clock.ts';
import type { EventPayload } from '../events/payload.ts';
import type { Sent } from '../events/send.ts';
import type { FaultSet } from '../faults.ts';
import { ACK_PATIENCE_MS, createConnection, type Connection } from './connection.ts';
import { createTickets, type Tickets } from './tickets.ts';

/** Stream mode (protocols/dingtalk.md §10): the connections of all apps, and events over them. */
export interface Streams {
  readonly tickets: Tickets;
  /** Takes over a socket whose ticket was an app's. */
  accept(appKey: string, socket: WebSocket): void;
  /** Whether an app's events go over connections: it has one, or had one, and may come back. */
  isUsedBy(appKey: string): boolean;
  /** Connections of one app, or of all; those that were told to go among them. Oldest first. */
  of(appKey?: string): readonly Connection[];
  /** Gives one event to one of the app's connections at random, and waits a little for one when there is none. Never rejects. */
  deliver(appKey: string, payload: EventPayload, closed: AbortSignal): Promise<Sent>;
  /** Cuts everything and forgets who used it. */
  clear(): void;
}

const NO_CONNECTION: Sent = { ok: false, detail: 'the app holds no connection', unreachable: true };

/** No connection yet. `log` takes a line for each that begins or ends. */
export function createStreams(around: {
  readonly clock: Clock;
  readonly faults: () => FaultSet;
  readonly log: (line: string) => void;
}): Streams {
  const { clock, faults, log } = around;
  const connections = new Set<Connection>();
  const users = new Set<string>();
  const tickets = createTickets(clock);
  /** Fires, and is replaced, whenever a connection begins. */
  let begun = new AbortController();

  const openOf = (appKey: string): Connection[] =>
    [...connections].filter((connection) => connection.appKey === appKey && connection.isOpen());

  /** While one connection takes the place of another, there may be none for a moment. */
  async function pick(appKey: string, closed: AbortSignal): Promise<Connection | undefined> {
    const until = clock.now() + ACK_PATIENCE_MS;
    for (;;) {
      const open = openOf(appKey);
      const left = until - clock.now();
      if (open.length > 0) return open[Math.floor(Math.random() * open.length)];
      if (closed.aborted || left <= 0) return undefined;
      await wait(clock, left, AbortSignal.any([closed, begun.signal]));
    }
  }

  return {
    tickets,
    accept(appKey, socket) {
      const connection = createConnection(socket, appKey, clock, (ended) => {
        if (connections.delete(ended)) log(`a connection of ${appKey} ended`);
      });
      connections.add(connection);
      users.add(appKey);
      log(`app ${appKey} connected, its events go over the connection unless it has a callbackUrl`);
      begun.abort();
      begun = new AbortController();
    },
    isUsedBy: (appKey) => users.has(appKey),
    of: (appKey) => [...connections].filter((each) => appKey === undefined || each.appKey === appKey),
    async deliver(appKey, payload, closed) {
      const { latencyMs } = faults();
      if (latencyMs) await wait(clock, latencyMs, closed);
      const connection = await pick(appKey, closed);
      return connection === undefined ? NO_CONNECTION : connection.push(payload, closed);
    },
    clear() {
      for (const connection of connections) connection.cut();
      connections.clear();
      users.clear();
      tickets.clear();
    },
  };
}
