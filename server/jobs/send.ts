import { fromKnex } from 'pg-boss';
import type { PgBoss } from 'pg-boss';
import type { Trx } from '../db/database.ts';
import type { JobData, JobName, JobQueue } from './queue.ts';

/** Jobs with a longer delay are found by polling. */
const LONGEST_TIMER_MS = 60_000;

/**
 * The queue that the other modules put jobs into.
 * @param started returns pg-boss; throws before it is started
 * @param wake called when a job of this process may be taken
 * @param options.isTold the database notifies this process of new jobs, except delayed ones
 */
export function createQueue(
  started: () => PgBoss,
  wake: (name: JobName) => void,
  { isTold }: { isTold: boolean },
): JobQueue {
  /** Only after the commit: before it no worker can see the job. A rolled-back transaction wakes no worker. */
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
    // An interval, so that the database's clock decides.
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
