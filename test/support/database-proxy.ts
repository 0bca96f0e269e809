import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

/** A TCP proxy in front of PostgreSQL that breaks connections on demand. */
export interface DatabaseProxy {
  /** postgres://… through the proxy. */
  readonly url: string;
  /** Stops listening and breaks all connections. */
  cut(): Promise<void>;
  /** Keeps all connections open but drops all data, in both directions. */
  swallow(): void;
  /** Ends `cut` and `swallow`. */
  mend(): Promise<void>;
  /**
   * The next `many` commits reach the database; their connections break before its answer returns.
   * @param matching only commits of transactions whose text matches
   */
  loseCommits(many: number, matching?: RegExp): void;
  /** How many of those commits are still to come. */
  readonly commitsToLose: number;
  close(): Promise<void>;
}

// As knex spells them.
const BEGIN = 'BEGIN;';
const COMMIT = 'COMMIT;';

/** Opens a proxy to a PostgreSQL. */
export async function openDatabaseProxy(to: URL): Promise<DatabaseProxy> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let swallows = false;
  let commitsToLose = 0;
  let wanted = /(?:)/;

  function connectThrough(near: Socket): void {
    const far = connect(Number(to.port), to.hostname);
    let isDeaf = false;
    let transaction = '';
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        if (!isDeaf) other.destroy();
      });
    }
    near.on('data', (chunk: Buffer) => {
      if (swallows) return;
      far.write(chunk);
      const text = chunk.toString('latin1');
      transaction = text.includes(BEGIN) ? text : transaction + text;
      if (commitsToLose === 0 || !text.includes(COMMIT) || !wanted.test(transaction)) return;
      commitsToLose -= 1;
      // PostgreSQL has got the commit, but its answer gets lost.
      isDeaf = true;
      near.destroy();
      far.resume().end();
    });
    far.on('data', (chunk: Buffer) => {
      if (!swallows && !isDeaf) near.write(chunk);
    });
  }

  async function listen(port: number): Promise<void> {
    server = createServer(connectThrough).listen(port, '127.0.0.1');
    await once(server, 'listening');
  }

  async function cut(): Promise<void> {
    if (server?.listening !== true) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  await listen(0);
  const { port } = server?.address() as unknown as { port: number };
  const url = new URL(to);
  url.port = String(port);
  return {
    url: url.href,
    cut,
    swallow() {
      swallows = true;
    },
    async mend() {
      // Data that was dropped is missing: those connections are useless now.
      if (swallows) for (const socket of sockets) socket.destroy();
      swallows = false;
      if (server?.listening !== true) await listen(port);
    },
    loseCommits(many, matching = /(?:)/) {
      commitsToLose = many;
      wanted = matching;
    },
    get commitsToLose() {
      return commitsToLose;
    },
    close: cut,
  };
}
