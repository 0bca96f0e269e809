import type { Knex } from 'knex';
import type { Log } from '../log.ts';

/** How the embedded database is maintained: it has no background processes of its own. */
export interface UpkeepPlan {
  /** How often to check. */
  readonly lookMs: number;
  /** A checkpoint when this much was written since the last one … */
  readonly checkpointBytes: number;
  /** … or when this much time has passed and anything was written. Then tables are vacuumed and analysed too. */
  readonly checkpointMs: number;
}

const UPKEEP: UpkeepPlan = {
  lookMs: 5_000,
  checkpointBytes: 64 * 1024 * 1024,
  checkpointMs: 180_000,
};

export interface Upkeep {
  /** Stops, after what is running has ended. */
  stop(): Promise<void>;
}

/**
 * Starts checkpoints, which free the write-ahead log, and vacuums, which free dead rows and keep the planner's statistics right. All go
 * through the pool, so that none runs within somebody's transaction on the single connection.
 * @param log gets a warning when one fails; the next check tries again
 */
export function startUpkeep(db: Knex, log?: Log, plan: UpkeepPlan = UPKEEP): Upkeep {
  let lastMs = Date.now();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let isStopped = false;

  async function look(): Promise<void> {
    const written = await bytesSinceCheckpoint(db);
    const isDue = Date.now() - lastMs >= plan.checkpointMs;
    if (written >= plan.checkpointBytes || (isDue && written > 0)) await db.raw('checkpoint');
    if (!isDue) return;
    lastMs = Date.now();
    for (const table of await tablesToVacuum(db)) await db.raw(`vacuum (analyze) ${table}`);
  }

  function wait(): void {
    timer = setTimeout(() => {
      looking = look()
        .catch((error: unknown) => log?.warn({ err: error }, 'the upkeep of the embedded database failed'))
        .then(() => {
          if (!isStopped) wait();
        });
    }, plan.lookMs);
    timer.unref();
  }

  wait();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

async function bytesSinceCheckpoint(db: Knex): Promise<number> {
  const { rows } = await db.raw<{ rows: { bytes: string }[] }>(
    'select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn) as bytes from pg_control_checkpoint()',
  );
  return Number(rows[0]?.bytes);
}

/** As autovacuum would choose (PostgreSQL manual, 24.1.6), quoted for SQL. */
async function tablesToVacuum(db: Knex): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { name: string }[] }>(
    `select format('%I.%I', schemaname, relname) as name from pg_stat_all_tables
     where n_dead_tup > 50 + 0.2 * n_live_tup or n_mod_since_analyze > 50 + 0.1 * n_live_tup`,
  );
  return rows.map(({ name }) => name);
}
