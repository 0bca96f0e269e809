import { afterEach, describe, expect, it } from 'vitest';
import { DATABASES, useDatabase, usePostgres } from '../support/databases.ts';
import { countdown, handlers, workersOn } from './support.ts';

describe.runIf(DATABASES.includes('postgres'))('the first start of several processes at once', () => {
  const made = usePostgres();
  const workers = workersOn(() => made().database);
  afterEach(() => workers.stop());

  it('makes the queues once, and each can use them', async () => {
    const all = [workers.add(), workers.add(), workers.add()];
    await Promise.all(all.map((jobs) => jobs.prepare()));
    for (const jobs of all)
      await made().database.knex.transaction((trx) =>
        jobs.queue.enqueue(trx, 'open-approval', { approvalId: 'a' }),
      );
    expect(await all[0]?.stats()).toContainEqual(
      expect.objectContaining({ name: 'open-approval', ready: 3 }),
    );
  });
});

describe.each(DATABASES)('a later start on %s', (kind) => {
  const database = useDatabase(kind);
  const workers = workersOn(database);
  afterEach(() => workers.stop());

  it('finds what was put in before, and gives the queues the settings of today', async () => {
    const first = workers.add();
    await first.prepare();
    await database().knex.transaction((trx) =>
      first.queue.enqueue(trx, 'open-approval', { approvalId: 'a' }),
    );
    await first.stop(0);
    await database().knex.raw(
      'update jobs.queue set retry_limit = 1, retry_delay = 0, heartbeat_seconds = null',
    );

    const second = workers.add();
    const done = countdown(1);
    await second.start(handlers(done.handle));
    await done.reached;
    const { rows } = await database().knex.raw<{ rows: object[] }>(
      "select retry_limit, retry_delay, heartbeat_seconds from jobs.queue where name = 'open-approval'",
    );
    expect(rows).toEqual([{ retry_limit: 11, retry_delay: 2, heartbeat_seconds: 20 }]);
  });

  it('refuses fewer slots than there are queues', async () => {
    const jobs = workers.add({ concurrency: 3 });
    await expect(jobs.start(handlers(() => Promise.resolve()))).rejects.toThrow('at least 4');
  });
});
