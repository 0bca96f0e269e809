import { fromKnex } from 'pg-boss';
import type { PgBoss } from 'pg-boss';
import type { Trx } from '../db/database.ts';
import type { JobData, JobName, JobQueue } from './queue.ts';

/** Longer delays are left to the poll. */
const LONGEST_TIMER_MS = 60_000;

/**
 * The queue that the rooms put jobs into.
 * @param started answers pg-boss; throws before it runs
 * @param wake called when a job of this process may be taken
 * @param options.isTold the database tells of new jobs by itself, of all but those that wait for their time
 */
export function createQueue(
  started: () => PgBoss,
  wake: (name: JobName) => void,
  { isTold }: { isTold: boolean },
): JobQueue {
  /** After the commit: before it nobody can see the job. A transaction that is undone wakes nobody. */
  function wakeAfter(trx: Trx, name: JobName, afterMs: number): void {
    trx.executionPromise.then(
      () => {
        if (afterMs <= 0 && !isTold) wake(name);
        if (afterMs > 0 && afterMs <= LONGEST_TIMER_MS) setTimeout(() => wake(name), afterMs + 1).unref();
      },
      () => undefined,
    );
  }

  async function put<N extends JobName>(
    trx: Trx,
    name: N,
    all: readonly JobData[N][],
    afterMs: number,
  ): Promise<void> {
    if (all.length === 0) return;
    // An interval, so that it is the database's clock that counts.
    const startAfter = `${Math.max(0, Math.round(afterMs))} milliseconds`;
    await started().insert(
      name,
      all.map((data) => ({ data, startAfter })),
      { db: fromKnex(trx) },
    );
    wakeAfter(trx, name, afterMs);
  }

  return {
    enqueue: (trx, name, data, { afterMs = 0 } = {}) => put(trx, name, [data], afterMs),
    enqueueAll: (trx, name, all) => put(trx, name, all, 0),
  };
}
