import type { Database } from '../../server/db/database.ts';
import { createLog } from '../../server/log.ts';
import { createJobs } from '../../server/jobs/work.ts';
import type { JobHandlers, Jobs, JobRun } from '../../server/jobs/work.ts';
import type { Pace } from '../../server/jobs/pace.ts';
import type { JobData } from '../../server/jobs/queue.ts';

export const quiet = createLog('silent');

type Open = (data: JobData['open-approval'], job: JobRun) => Promise<void>;

const done = (): Promise<void> => Promise.resolve();

/** Handlers that do nothing but what the test says. */
export const handlers = (open: Open, more: Partial<JobHandlers> = {}): JobHandlers => ({
  'open-approval': open,
  'process-event': done,
  'sync-approval': done,
  'revoke-approval': done,
  ...more,
});

export interface Workers {
  /** Another process's, as it were: one more worker on the same database. Stopped after the test. */
  add(options?: { concurrency?: number; pace?: Partial<Pace> }): Jobs;
  stop(): Promise<void>;
}

export function workersOn(database: () => Database): Workers {
  const all: Jobs[] = [];
  return {
    add({ concurrency, pace } = {}) {
      const jobs = createJobs({
        database: database(),
        log: quiet,
        ...(concurrency === undefined ? {} : { concurrency }),
        ...(pace === undefined ? {} : { pace }),
      });
      all.push(jobs);
      return jobs;
    },
    async stop() {
      await Promise.all(all.splice(0).map((jobs) => jobs.stop(0)));
    },
  };
}

/** Counts towards a number that a test waits for. */
export function countdown(from: number): {
  readonly reached: Promise<undefined>;
  readonly count: () => void;
  /** A handler that does nothing but count. */
  readonly handle: () => Promise<void>;
} {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let left = from;
  const count = (): void => {
    left -= 1;
    if (left === 0) resolve(undefined);
  };
  return {
    reached: promise,
    count,
    handle() {
      count();
      return Promise.resolve();
    },
  };
}

/** Asks again and again, until the answer is right or the test's time is over. */
export async function eventually(isSo: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}
