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

/** Twelve tries in some 25 minutes, then the job is kept among those given up. */
const RETRIES = { retryLimit: 11, retryDelay: 2, retryBackoff: true, retryDelayMax: 5 * MINUTE } as const;

export interface Boss {
  readonly boss: PgBoss;
  readonly database: BossDatabase;
  close(): Promise<void>;
}

/**
 * Starts pg-boss, makes the queues and has it know them. Afterwards putting a job in asks nothing outside of the caller's
 * transaction: looked up later, a queue would be looked up on another connection while the caller's transaction holds one, and
 * with one connection, or with as many first requests as there are connections, that waits for ever.
 * @param heard a job was put in by some process (PostgreSQL only); `undefined`: look everywhere
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
    // Jobs that wait for other jobs: we have none.
    flowIntervalSeconds: 60 * MINUTE,
    // The embedded database is vacuumed by ours (db/upkeep.ts), and cannot rebuild an index beside its one connection.
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
  // Jobs given up wait for nobody: they are kept to be counted and looked at.
  await ensureQueue(boss, GIVEN_UP, { retryLimit: 0, retentionSeconds: 90 * DAY });
  for (const name of JOB_NAMES)
    await ensureQueue(boss, name, {
      ...RETRIES,
      heartbeatSeconds: pace.heartbeatSeconds,
      expireInSeconds: 15 * MINUTE,
      // A hub that stood still for months finds its jobs as it left them.
      retentionSeconds: 400 * DAY,
      // What is done is of no use, and every fetch passes by it.
      deleteAfterSeconds: MINUTE,
      deadLetter: GIVEN_UP,
      notify,
    });
}

async function ensureQueue(boss: PgBoss, name: string, options: Omit<Queue, 'name'>): Promise<void> {
  await boss.createQueue(name, options);
  // One that an older version made gets today's settings.
  await boss.updateQueue(name, options);
  // Any question that needs the queue makes pg-boss read and remember it; it refreshes what it remembers, but never forgets.
  await boss.findJobs(name, { id: newId() });
}
