import { setTimeout as pause } from 'node:timers/promises';
import type { Approvals } from '../../server/approvals/approvals.ts';
import type { Db } from '../../server/db/database.ts';
import type { JobData, JobName, JobQueue } from '../../server/jobs/queue.ts';

interface Job {
  readonly name: JobName;
  readonly data: JobData[JobName];
  readonly dueAt: number;
  readonly attempt: number;
}

/** A queue that keeps what was put in once its transaction is committed, and works on it when it is told to. */
export interface MemoryQueue extends JobQueue {
  readonly jobs: readonly Job[];
  clear(): void;
  /** Works on jobs, each at its time and several at once, until none is left. One that throws comes again, some times. */
  work(approvals: Approvals): Promise<void>;
}

const MOST_ATTEMPTS = 5;

export function memoryQueue(knex: Db): MemoryQueue {
  let jobs: Job[] = [];
  let running = new Set<Promise<void>>();

  async function run(approvals: Approvals, job: Job): Promise<void> {
    const told = {
      signal: new AbortController().signal,
      attempt: job.attempt,
      last: job.attempt === MOST_ATTEMPTS,
    };
    try {
      if (job.name === 'open-approval') await approvals.open(job.data as JobData['open-approval'], told);
      if (job.name === 'sync-approval') await approvals.sync(job.data as JobData['sync-approval'], told);
      if (job.name === 'revoke-approval')
        await approvals.revoke(job.data as JobData['revoke-approval'], told);
    } catch {
      if (!told.last) jobs.push({ ...job, attempt: job.attempt + 1, dueAt: performance.now() + 20 });
    }
  }

  return {
    get jobs() {
      return jobs;
    },
    clear() {
      jobs = [];
      running = new Set();
    },
    enqueue(trx, name, data, { afterMs = 0 } = {}) {
      const put = (): void => void jobs.push({ name, data, attempt: 1, dueAt: performance.now() + afterMs });
      trx.executionPromise.then(put, () => undefined);
      return Promise.resolve();
    },
    async enqueueAll(trx, name, all) {
      for (const data of all) await this.enqueue(trx, name, data);
    },
    async work(approvals) {
      // A job is put in when its transaction has ended, which is told to others in their turn.
      await knex.raw('select 1');
      while (jobs.length > 0 || running.size > 0) {
        const now = performance.now();
        const due = jobs.filter((job) => job.dueAt <= now);
        jobs = jobs.filter((job) => job.dueAt > now);
        for (const job of due) {
          const ended = run(approvals, job).finally(() => running.delete(ended));
          running.add(ended);
        }
        const next = Math.min(...jobs.map((job) => job.dueAt - now), 50);
        await Promise.race([pause(Math.max(1, next)), ...running]);
        await knex.raw('select 1');
      }
    },
  };
}
