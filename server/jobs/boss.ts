import { PgBoss } from 'pg-boss';
import type { Queue } from 'pg-boss';
import type { Database } from '../db/database.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import { bossOverKnex, bossOverPool } from './boss-database.ts';
import type { BossDatabase } from './boss-database.ts';
import type { Pace } from './pace.ts';
import { GIVEN_UP, SCHEMA } from './job-store.ts';
import { JOB_NAMES } from './queue.ts';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** Twelve attempts in about 25 minutes, then the job moves to the queue of given-up jobs. */
const RETRIES = { retryLimit: 11, retryDelay: 2, retryBackoff: true, retryDelayMax: 5 * MINUTE } as const;

export interface Boss {
  readonly boss: PgBoss;
  readonly database: BossDatabase;
  close(): Promise<void>;
}

/**
 * Starts pg-boss, creates the queues and loads them into its cache. A queue that is not in the cache would be looked up on a second
 * connection while the caller's transaction holds one: with one connection, or as many first requests as connections, a deadlock.
 * @param heard called when any process has put a job in (PostgreSQL only); `undefined`: check all queues
 */
export async function startBoss(
  database: Database,
  log: Log,
  pace: Pace,
  heard: (queue: string | undefined) => void,
): Promise<Boss> {
  const own =
    database.url === undefined ? bossOverKnex(database.knex) : bossOverPool(database.url, log, heard);
  const isEmbedded = database.url === undefined;
  const boss = new PgBoss({
    db: own,
    schema: SCHEMA,
    backend: isEmbedded ? 'pglite' : 'postgres',
    schedule: false,
    useListenNotify: !isEmbedded,
    superviseIntervalSeconds: pace.superviseSeconds,
    monitorIntervalSeconds: pace.superviseSeconds,
    maintenanceIntervalSeconds: MINUTE,
    // For jobs that wait for other jobs, which we do not use.
    flowIntervalSeconds: 60 * MINUTE,
    // db/upkeep.ts vacuums the embedded database, which cannot rebuild an index with its single connection in use.
    reindex: !isEmbedded,
    monitorVacuum: !isEmbedded,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'the job queue met a fault and goes on'));
  boss.on('warning', ({ message, data }) => log.warn({ data }, message));
  const close = async (): Promise<void> => {
    await boss.stop({ graceful: false });
    await own.close();
  };
  try {
    await boss.start();
    await makeQueues(boss, pace, !isEmbedded);
  } catch (error) {
    await close();
    throw error;
  }
  return { boss, database: own, close };
}

async function makeQueues(boss: PgBoss, pace: Pace, notify: boolean): Promise<void> {
  // Given-up jobs are kept to be counted and inspected.
  await ensureQueue(boss, GIVEN_UP, { retryLimit: 0, retentionSeconds: 90 * DAY });
  for (const name of JOB_NAMES)
    await ensureQueue(boss, name, {
      ...RETRIES,
      heartbeatSeconds: pace.heartbeatSeconds,
      expireInSeconds: 15 * MINUTE,
      // A hub that was stopped for months finds its jobs as it left them.
      retentionSeconds: 400 * DAY,
      // Finished jobs are useless and slow every fetch down.
      deleteAfterSeconds: MINUTE,
      deadLetter: GIVEN_UP,
      notify,
    });
}

async function ensureQueue(boss: PgBoss, name: string, options: Omit<Queue, 'name'>): Promise<void> {
  await boss.createQueue(name, options);
  // A queue that an older version created gets the current settings.
  await boss.updateQueue(name, options);
  // Any call that needs the queue makes pg-boss cache it; entries are refreshed but never dropped.
  await boss.findJobs(name, { id: newId() });
}
