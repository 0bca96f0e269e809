import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { countdown, eventually, handlers, workersOn } from './support.ts';

describe.each(DATABASES)('a job given to another process on %s', (kind) => {
  const database = useDatabase(kind);
  const workers = workersOn(database);
  afterEach(async () => {
    await workers.stop();
    await database().knex.raw('delete from jobs.job');
  });

  /** What pg-boss does with a job whose process was silent for too long. */
  const takeAway = (): Promise<unknown> =>
    database().knex.raw("update jobs.job set state = 'retry', start_after = now() where state = 'active'");
  const active = async (): Promise<{ retry_count: number }[]> => {
    const { rows } = await database().knex.raw<{ rows: { retry_count: number }[] }>(
      "select retry_count from jobs.job where state = 'active'",
    );
    return rows;
  };

  it.each(['ends well', 'fails'])(
    'is not settled by the process that lost it, when it %s there',
    async (how) => {
      const slow = workers.add();
      const begun = [countdown(1), countdown(1)];
      const [mayEnd, end] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
      let ended = false;
      await slow.start(
        handlers(async (_, { attempt, signal }) => {
          begun[attempt - 1]?.count();
          if (attempt === 1) await mayEnd.promise;
          else await Promise.race([end.promise, once(signal, 'abort')]);
          ended = attempt === 1;
          if (how === 'fails') throw new Error('too late');
        }),
      );
      await database().knex.transaction((trx) =>
        slow.queue.enqueue(trx, 'open-approval', { approvalId: 'a' }),
      );
      await begun[0]?.reached;
      await takeAway();
      await begun[1]?.reached;
      mayEnd.resolve(undefined);
      await eventually(() => ended);
      // Whatever the loser writes is behind this in the queue of one connection, or has had its time.
      await slow.stats();
      expect(await active()).toEqual([{ retry_count: 1 }]);
      end.resolve(undefined);
    },
  );

  it('is stopped in the process that lost it', async () => {
    const loser = workers.add({ pace: { heartbeatSeconds: 10 } });
    const begun = countdown(1);
    const { promise: aborted, resolve } = Promise.withResolvers<unknown>();
    await loser.start(
      handlers(async (_, { attempt, signal }) => {
        if (attempt > 1) return;
        begun.count();
        await once(signal, 'abort');
        resolve(signal.reason);
        signal.throwIfAborted();
      }),
    );
    await database().knex.transaction((trx) =>
      loser.queue.enqueue(trx, 'open-approval', { approvalId: 'a' }),
    );
    await begun.reached;
    await takeAway();
    expect(String(await aborted)).toContain('given to another process');
    await eventually(async () => (await active()).length === 0);
    expect(await loser.stats()).toContainEqual(
      expect.objectContaining({ name: 'open-approval', ready: 0, delayed: 0, failed: 0 }),
    );
  });
});
