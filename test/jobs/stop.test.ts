import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { countdown, handlers, workersOn } from './support.ts';

describe.each(DATABASES)('stopping on %s', (kind) => {
  const database = useDatabase(kind);
  const workers = workersOn(database);
  afterEach(async () => {
    await workers.stop();
    await database().knex.raw('delete from jobs.job');
  });

  it('waits for running jobs and takes no more', async () => {
    const jobs = workers.add();
    const begun = countdown(1);
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<undefined>();
    const ended: string[] = [];
    await jobs.start(
      handlers(async ({ approvalId }) => {
        begun.count();
        await mayEnd;
        // What follows from a job may still be put in.
        await database().knex.transaction((trx) =>
          jobs.queue.enqueue(trx, 'process-event', { eventId: 'e' }),
        );
        ended.push(approvalId);
      }),
    );
    await database().knex.transaction((trx) => jobs.queue.enqueue(trx, 'open-approval', { approvalId: 'a' }));
    await begun.reached;
    const stopped = jobs.stop(10_000);
    end(undefined);
    await stopped;
    expect(ended).toEqual(['a']);
    const stats = await jobs.stats();
    expect(stats).toContainEqual(expect.objectContaining({ name: 'open-approval', ready: 0, active: 0 }));
    expect(stats).toContainEqual(expect.objectContaining({ name: 'process-event', ready: 1 }));
    expect(jobs.fault?.message).toContain('stopped');
  });

  it.each([
    ['ends when it is told to', true],
    ['does not listen', false],
  ])(
    'hands a job back at once when its time is over and it %s; the try does not count',
    async (_, listens) => {
      const first = workers.add({ pace: { abortMs: 50 } });
      const begun = countdown(1);
      await first.start(
        handlers(async (data, { signal }) => {
          begun.count();
          await once(signal, 'abort');
          if (!listens) await new Promise(() => undefined);
          signal.throwIfAborted();
        }),
      );
      await database().knex.transaction((trx) =>
        first.queue.enqueue(trx, 'open-approval', { approvalId: 'a' }),
      );
      await begun.reached;
      await first.stop(0);
      expect(await first.stats()).toContainEqual(
        expect.objectContaining({ name: 'open-approval', ready: 1, active: 0 }),
      );

      const second = workers.add();
      const runs: boolean[] = [];
      const done = countdown(1);
      await second.start(
        handlers((data, { last }) => {
          runs.push(last);
          return done.handle();
        }),
      );
      await done.reached;
      const { rows } = await database().knex.raw<{ rows: { left: number }[] }>(
        "select retry_limit - retry_count as left from jobs.job where name = 'open-approval'",
      );
      expect({ runs, left: rows[0]?.left }).toEqual({ runs: [false], left: 11 });
    },
  );

  it('leaves later jobs to the next process', async () => {
    const first = workers.add();
    await first.start(handlers(() => Promise.resolve()));
    await first.stop(1_000);
    await database().knex.transaction((trx) =>
      first.queue.enqueue(trx, 'open-approval', { approvalId: 'late' }),
    );
    const second = workers.add();
    const done = countdown(1);
    await second.start(handlers(done.handle));
    await done.reached;
  });

  it('can be called twice, and before the start', async () => {
    const jobs = workers.add();
    await Promise.all([jobs.stop(100), jobs.stop(100)]);
    const early = database().knex.transaction((trx) =>
      jobs.queue.enqueue(trx, 'open-approval', { approvalId: 'a' }),
    );
    await expect(early).rejects.toThrow('from prepare() on');
    const other = workers.add();
    await other.prepare();
    await Promise.all([other.stop(100), other.stop(100)]);
  });
});
