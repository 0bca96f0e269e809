import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPostgres } from '../../server/db/database.ts';
import type { Database } from '../../server/db/database.ts';
import { openDatabaseProxy } from '../support/database-proxy.ts';
import type { DatabaseProxy } from '../support/database-proxy.ts';
import { DATABASES, usePostgres } from '../support/databases.ts';
import { countdown, eventually, handlers, workersOn } from './support.ts';

describe.runIf(DATABASES.includes('postgres'))('when PostgreSQL goes away', () => {
  const made = usePostgres();
  let proxy: DatabaseProxy;
  let database: Database;
  const workers = workersOn(() => database);
  beforeEach(async () => {
    proxy = await openDatabaseProxy(new URL(made().url ?? ''));
    database = openPostgres(proxy.url);
  });
  afterEach(async () => {
    await workers.stop();
    await database.close();
    await proxy.cut();
  });

  it('reports it, keeps running jobs, and continues when it is back', async () => {
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

    await proxy.cut();
    await eventually(() => jobs.fault !== undefined);
    end(undefined);
    await eventually(() => attempts.length === 1);

    await proxy.mend();
    await direct.transaction((trx) => jobs.queue.enqueue(trx, 'open-approval', { approvalId: 'b' }));
    await begun.reached;
    await eventually(async () => (await jobs.stats()).every(({ active, ready }) => active + ready === 0));
    expect({ attempts, fault: jobs.fault }).toEqual({ attempts: [1, 1], fault: undefined });
  });

  it('is notified of new jobs again after its connections were closed', async () => {
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

  it('stops in time although it cannot hand jobs back', async () => {
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
    await proxy.cut();
    const from = performance.now();
    await jobs.stop(100);
    expect(performance.now() - from).toBeLessThan(10_000);
    await proxy.mend();
  });
});
