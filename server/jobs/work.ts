import type { Database } from '../db/database.ts';
import type { Log } from '../log.ts';
import { startBoss } from './boss.ts';
import type { Boss } from './boss.ts';
import type { JobHandlers } from './handlers.ts';
import { readStats, takeOver } from './job-store.ts';
import type { QueueStats } from './job-store.ts';
import { PACE } from './pace.ts';
import type { Pace } from './pace.ts';
import { FEWEST_SLOTS } from './slots.ts';
import { JOB_NAMES } from './queue.ts';
import type { JobQueue } from './queue.ts';
import { createQueue } from './send.ts';
import { startTaking } from './take.ts';
import type { Taker } from './take.ts';

export type { JobHandlers, JobRun } from './handlers.ts';
export type { QueueStats } from './job-store.ts';

/** Right for two cores: a job mostly waits for the provider. */
const SLOTS = 16;

/** The background work of one process: its queue and its workers. Several processes on one database share the work. */
export interface Jobs {
  readonly queue: JobQueue;
  /** Creates the queues, so that jobs can be put in, without running any. A second call does nothing. */
  prepare(): Promise<void>;
  /** The same, then starts the workers. */
  start(handlers: JobHandlers): Promise<void>;
  /**
   * Takes no more jobs and waits for those running; after `graceMs` they are aborted and handed back, so that another
   * process, or the next start, takes them at once. Jobs can still be put in afterwards, for other processes.
   */
  stop(graceMs: number): Promise<void>;
  stats(): Promise<readonly QueueStats[]>;
  /** Why jobs are not being run; undefined when they are. */
  readonly fault: Error | undefined;
}

/**
 * @param deps.concurrency how many jobs run at once in this process, over all queues
 */
export function createJobs(deps: {
  database: Database;
  log: Log;
  concurrency?: number;
  pace?: Partial<Pace>;
}): Jobs {
  const { database, log, concurrency = SLOTS } = deps;
  const pace: Pace = { ...PACE, ...deps.pace };
  let starting: Promise<Boss> | undefined;
  let started: Boss | undefined;
  let taker: Taker | undefined;
  let stopping: Promise<void> | undefined;

  const wakeByName = (queue: string | undefined): void => {
    const name = JOB_NAMES.find((each) => each === queue);
    if (queue === undefined || name !== undefined) taker?.wake(name);
  };
  const bossNow = (): Boss['boss'] => {
    if (started === undefined) throw new Error('Jobs can be put in from prepare() on.');
    return started.boss;
  };
  const queue = createQueue(bossNow, wakeByName, { isTold: database.kind === 'postgres' });

  async function prepare(): Promise<Boss> {
    starting ??= startBoss(database, log, pace, wakeByName);
    started = await starting;
    return started;
  }

  async function stop(graceMs: number): Promise<void> {
    const boss = await starting?.catch(() => undefined);
    try {
      await taker?.stop(graceMs);
    } finally {
      await boss?.close();
    }
  }

  return {
    queue,
    async prepare() {
      await prepare();
    },
    async start(handlers) {
      if (concurrency < FEWEST_SLOTS) throw new RangeError(`concurrency must be at least ${FEWEST_SLOTS}`);
      const { boss, database: own } = await prepare();
      // Only one process at a time has the embedded database, so jobs marked as running belonged to a process that died.
      if (database.kind === 'embedded' && taker === undefined) {
        const jobs = await takeOver(own);
        if (jobs > 0) log.info({ jobs }, 'jobs of the process before were taken over');
      }
      taker ??= startTaking({ boss, database: own, handlers, slots: concurrency, pace, log });
    },
    stop: (graceMs) => (stopping ??= stop(graceMs)),
    stats: () => readStats(database.knex),
    get fault() {
      if (taker === undefined) return new Error('The jobs have not been started.');
      return stopping === undefined ? taker.fault : new Error('The jobs are being stopped.');
    },
  };
}
