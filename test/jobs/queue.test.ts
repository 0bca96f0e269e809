import { afterEach, describe, expect, it } from 'vitest';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { countdown, eventually, handlers, workersOn } from './support.ts';

/** So that a test in which only a poll would help runs out of time. */
const NEVER_POLLS = { pollMs: 3_600_000 };

describe.each(DATABASES)('jobs on %s', (kind) => {
  const database = useDatabase(kind);
  const workers = workersOn(database);
  afterEach(async () => {
    await workers.stop();
    await database().knex.raw('delete from jobs.job');
  });

  it('answers twenty first submits at once, each with its job in the transaction of its task', async () => {
    const jobs = workers.add();
    const done: string[] = [];
    const all = countdown(20);
    await jobs.start(
      handlers(({ approvalId }) => {
        done.push(approvalId);
        all.count();
        return Promise.resolve();
      }),
    );
    const submits = Array.from({ length: 20 }, (_, index) =>
      database().knex.transaction(async (trx) => {
        await trx.raw('select 1');
        await jobs.queue.enqueue(trx, 'open-approval', { approvalId: `a-${index}` });
      }),
    );
    await Promise.all(submits);
    await all.reached;
    expect(new Set(done).size).toBe(20);
  });

  it('forgets a job whose transaction is undone', async () => {
    const jobs = workers.add();
    await jobs.prepare();
    const undone = database().knex.transaction(async (trx) => {
      await jobs.queue.enqueue(trx, 'open-approval', { approvalId: 'a' });
      await jobs.queue.enqueueAll(trx, 'process-event', [{ eventId: 'e' }, { eventId: 'f' }]);
      throw new Error('the task could not be stored');
    });
    await expect(undone).rejects.toThrow('could not be stored');
    expect((await jobs.stats()).every(({ ready }) => ready === 0)).toBe(true);
  });

  it('starts a job as soon as its transaction is committed, without waiting for the next look', async () => {
    const jobs = workers.add({ pace: NEVER_POLLS });
    const begun = [countdown(1), countdown(1)];
    let count = 0;
    await jobs.start(
      handlers(() => {
        begun[count++]?.count();
        return Promise.resolve();
      }),
    );
    const enqueue = (approvalId: string): Promise<void> =>
      database().knex.transaction((trx) => jobs.queue.enqueue(trx, 'open-approval', { approvalId }));
    // The look that every worker begins with may find this one.
    await enqueue('a');
    await begun[0]?.reached;
    await eventually(async () => (await jobs.stats()).every(({ active }) => active === 0));

    await enqueue('b');
    await begun[1]?.reached;
  });

  it('starts a delayed job at its time and not before, without waiting for the next look', async () => {
    const jobs = workers.add({ pace: NEVER_POLLS });
    const begun = countdown(1);
    await jobs.start(handlers(begun.handle));
    const from = performance.now();
    await database().knex.transaction((trx) =>
      jobs.queue.enqueue(trx, 'open-approval', { approvalId: 'a' }, { afterMs: 300 }),
    );
    expect(await jobs.stats()).toContainEqual(
      expect.objectContaining({ name: 'open-approval', ready: 0, delayed: 1, oldestMs: 0 }),
    );
    await begun.reached;
    expect(performance.now() - from).toBeGreaterThanOrEqual(299);
  });

  it('finds jobs without a notification', async () => {
    const jobs = workers.add({ pace: { pollMs: 50 } });
    const teller = workers.add();
    await teller.prepare();
    const begun = countdown(1);
    await jobs.start(handlers(begun.handle));
    await database().knex.transaction((trx) =>
      teller.queue.enqueue(trx, 'open-approval', { approvalId: 'a' }, { afterMs: 100 }),
    );
    await teller.stop(0);
    await begun.reached;
  });

  it('does 200 jobs once each, never more than its slots at a time, and leaves polls their share only', async () => {
    const jobs = workers.add({ concurrency: 8 });
    const seen = new Map<string, number>();
    const all = countdown(200);
    let running = 0;
    let most = 0;
    let polls = 0;
    let mostPolls = 0;
    const work = async (id: string): Promise<void> => {
      seen.set(id, (seen.get(id) ?? 0) + 1);
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      all.count();
    };
    await jobs.prepare();
    await database().knex.transaction(async (trx) => {
      const ids = Array.from({ length: 100 }, (_, index) => `${index}`);
      await jobs.queue.enqueueAll(
        trx,
        'sync-approval',
        ids.map((id) => ({ approvalId: `s${id}`, why: 'poll' as const })),
      );
      await jobs.queue.enqueueAll(
        trx,
        'open-approval',
        ids.map((id) => ({ approvalId: `o${id}` })),
      );
    });
    await jobs.start(
      handlers(({ approvalId }) => work(approvalId), {
        async 'sync-approval'({ approvalId }) {
          polls += 1;
          mostPolls = Math.max(mostPolls, polls);
          await work(approvalId);
          polls -= 1;
        },
      }),
    );
    await all.reached;
    expect(seen.size).toBe(200);
    expect([...seen.values()].every((times) => times === 1)).toBe(true);
    expect(most).toBeLessThanOrEqual(8);
    expect(mostPolls).toBeLessThanOrEqual(3);
    await eventually(async () => (await jobs.stats()).every(({ active }) => active === 0));
  });

  it('retries a failing job, says which attempt is the last, and then keeps it among those given up', async () => {
    const jobs = workers.add({ pace: { pollMs: 30 } });
    const tries: { attempt: number; last: boolean }[] = [];
    await jobs.start(
      handlers((_, { attempt, last }) => {
        tries.push({ attempt, last });
        throw new Error('a fault of ours, with \u0000 and half a \ud83d in it');
      }),
    );
    await database().knex.transaction((trx) => jobs.queue.enqueue(trx, 'open-approval', { approvalId: 'a' }));
    await eventually(async () => {
      // Nobody needs to wait for the minutes between the tries.
      await database().knex.raw("update jobs.job set start_after = now() where state = 'retry'");
      return (await jobs.stats()).some(({ failed }) => failed === 1);
    });
    expect(tries.map(({ attempt }) => attempt)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(tries.filter(({ last }) => last)).toEqual([{ attempt: 12, last: true }]);
  });

  it('keeps seconds between the first attempts', async () => {
    const jobs = workers.add();
    const failed = countdown(1);
    await jobs.start(
      handlers(() => {
        failed.count();
        throw new Error('no');
      }),
    );
    await database().knex.transaction((trx) => jobs.queue.enqueue(trx, 'open-approval', { approvalId: 'a' }));
    await failed.reached;
    const waiting = async (): Promise<number | undefined> => {
      const { rows } = await database().knex.raw<{ rows: { seconds: number }[] }>(
        "select extract(epoch from start_after - now())::float8 as seconds from jobs.job where state = 'retry'",
      );
      return rows[0]?.seconds;
    };
    await eventually(async () => (await waiting()) !== undefined);
    expect(await waiting()).toBeGreaterThan(1);
    expect(await waiting()).toBeLessThanOrEqual(5);
  });
});
