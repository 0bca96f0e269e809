import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPostgres } from '../../server/db/database.ts';
import type { Database } from '../../server/db/database.ts';
import { DATABASES, usePostgres } from '../support/databases.ts';
import { countdown, eventually, handlers, workersOn } from './support.ts';

/** A way to a database that can be cut. */
async function openWay(to: URL): Promise<{ url: string; cut(): Promise<void>; mend(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  const listen = async (port: number): Promise<void> => {
    server = createServer((near) => {
      const far = connect(Number(to.port), to.hostname);
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server?.address() as { port: number };
  const url = new URL(to);
  url.port = String(port);
  return {
    url: url.href,
    async cut() {
      if (server?.listening !== true) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    mend: () => listen(port),
  };
}

describe.runIf(DATABASES.includes('postgres'))('when PostgreSQL goes away', () => {
  const made = usePostgres();
  let way: Awaited<ReturnType<typeof openWay>>;
  let database: Database;
  const workers = workersOn(() => database);
  beforeEach(async () => {
    way = await openWay(new URL(made().url ?? ''));
    database = openPostgres(way.url);
  });
  afterEach(async () => {
    await workers.stop();
    await database.close();
    await way.cut();
  });

  it('says so, keeps what is under way, and goes on when it is back', async () => {
    const jobs = workers.add({ pace: { pollMs: 50 } });
    const begun = countdown(2);
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<undefined>();
    const attempts: number[] = [];
    await jobs.start(
      handlers(async ({ approvalId }, { attempt }) => {
        begun.count();
        if (approvalId === 'a') await mayEnd;
        attempts.push(attempt);
      }),
    );
    expect(jobs.fault).toBeUndefined();
    const direct = made().database.knex;
    await direct.transaction((trx) => jobs.queue.enqueue(trx, 'open-approval', { approvalId: 'a' }));
    await eventually(async () => (await jobs.stats()).some(({ active }) => active === 1));

    await way.cut();
    await eventually(() => jobs.fault !== undefined);
    end(undefined);
    await eventually(() => attempts.length === 1);

    await way.mend();
    await direct.transaction((trx) => jobs.queue.enqueue(trx, 'open-approval', { approvalId: 'b' }));
    await begun.reached;
    await eventually(async () => (await jobs.stats()).every(({ active, ready }) => active + ready === 0));
    expect({ attempts, fault: jobs.fault }).toEqual({ attempts: [1, 1], fault: undefined });
  });

  it('hears of new jobs again after its connections were ended', async () => {
    const jobs = workers.add({ pace: { pollMs: 3_600_000 } });
    const done: string[] = [];
    await jobs.start(
      handlers(({ approvalId }) => {
        done.push(approvalId);
        return Promise.resolve();
      }),
    );
    const direct = made().database.knex;
    const listens = async (): Promise<boolean> => {
      const { rows } = await direct.raw<{ rows: unknown[] }>(
        "select 1 from pg_stat_activity where datname = current_database() and application_name like '%(listen)' and query ilike 'listen%'",
      );
      return rows.length > 0;
    };
    await eventually(listens);
    await direct.raw(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like 'countersign jobs%'",
    );
    await eventually(async () => !(await listens()));
    await eventually(listens);
    for (const approvalId of ['a', 'b']) {
      await direct.transaction((trx) => jobs.queue.enqueue(trx, 'open-approval', { approvalId }));
      await eventually(() => done.includes(approvalId));
    }
    expect(done).toEqual(['a', 'b']);
  });

  it('ends in time although it cannot hand anything back', async () => {
    const jobs = workers.add({ pace: { abortMs: 50 } });
    const begun = countdown(1);
    await jobs.start(
      handlers(async () => {
        begun.count();
        await new Promise(() => undefined);
      }),
    );
    await made().database.knex.transaction((trx) =>
      jobs.queue.enqueue(trx, 'open-approval', { approvalId: 'a' }),
    );
    await begun.reached;
    await way.cut();
    const from = performance.now();
    await jobs.stop(100);
    expect(performance.now() - from).toBeLessThan(10_000);
    await way.mend();
  });
});
