import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

/** A way to PostgreSQL on which things can go wrong. */
export interface Way {
  /** postgres://… by this way. */
  readonly url: string;
  /** Nobody listens any more, and what was connected breaks. */
  cut(): Promise<void>;
  /** Everything stays connected, and nothing comes through, in either direction. */
  swallow(): void;
  mend(): Promise<void>;
  /**
   * The next `many` commits reach the database; their connections break before its answer comes back.
   * @param said only of transactions in which this was said
   */
  loseCommits(many: number, said?: RegExp): void;
  /** How many of those are still to come. */
  readonly commitsToLose: number;
  close(): Promise<void>;
}

// As knex spells them.
const BEGIN = 'BEGIN;';
const COMMIT = 'COMMIT;';

/** @param to where PostgreSQL is */
export async function openWay(to: URL): Promise<Way> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let swallows = false;
  let commitsToLose = 0;
  let wanted = /(?:)/;

  function lead(near: Socket): void {
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
      // PostgreSQL has heard it; nobody hears PostgreSQL.
      isDeaf = true;
      near.destroy();
      far.resume().end();
    });
    far.on('data', (chunk: Buffer) => {
      if (!swallows && !isDeaf) near.write(chunk);
    });
  }

  async function listen(port: number): Promise<void> {
    server = createServer(lead).listen(port, '127.0.0.1');
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
      // Bytes that were swallowed are missing: those connections are of no use any more.
      if (swallows) for (const socket of sockets) socket.destroy();
      swallows = false;
      if (server?.listening !== true) await listen(port);
    },
    loseCommits(many, said = /(?:)/) {
      commitsToLose = many;
      wanted = said;
    },
    get commitsToLose() {
      return commitsToLose;
    },
    close: cut,
  };
}
