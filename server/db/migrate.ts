import knex from 'knex';
import type { Knex } from 'knex';
import type { Log } from '../log.ts';
import { DatabaseStartError, knexLog } from './database.ts';
import type { Database } from './database.ts';
import * as hub from './migrations/0001-hub.ts';

const MIGRATIONS: Readonly<Record<string, Knex.Migration>> = {
  '0001-hub': hub,
};

/** Names without file extension, so that `knex migrate:latest` and the start agree (knexfile.ts). */
export const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: () => Promise.resolve(Object.keys(MIGRATIONS).sort()),
  getMigrationName: (name) => name,
  getMigration(name) {
    const migration = MIGRATIONS[name];
    if (migration === undefined) throw new Error(`There is no migration "${name}".`);
    return Promise.resolve(migration);
  },
};

/** Any number, the same in all our processes: who holds this advisory lock may change the tables. */
const LOCK = 5_820_117;

interface Connection {
  query(text: string): Promise<{ rows: Record<string, unknown>[] }>;
}

/**
 * A pool of one connection that holds the lock for as long as it lives: the server lets go of it when the process is
 * killed. knex's own lock is a row, which a killed process leaves behind; under ours such a row is stale, and freed.
 * @param whenWaiting told when another process is changing the tables now
 */
export function migrationPool(whenWaiting: () => void = () => undefined): Knex.PoolConfig {
  async function takeLock(connection: Connection): Promise<void> {
    const { rows } = await connection.query(`select pg_try_advisory_lock(${LOCK}) as taken`);
    if (rows[0]?.['taken'] !== true) {
      whenWaiting();
      await connection.query(`select pg_advisory_lock(${LOCK})`);
    }
    await connection.query(
      `do $$ begin
         if to_regclass('knex_migrations_lock') is not null then
           update knex_migrations_lock set is_locked = 0 where is_locked <> 0;
         end if;
       end $$`,
    );
  }
  return {
    min: 1,
    max: 1,
    afterCreate(connection: Connection, done: (error: unknown, connection: Connection) => void) {
      takeLock(connection).then(
        () => done(null, connection),
        (error: unknown) => done(error, connection),
      );
    },
  };
}

/**
 * Brings the tables up to date; all or nothing, and one process at a time while others wait.
 * @throws DatabaseStartError when a newer program made the tables
 */
export async function migrate(database: Database, log?: Log): Promise<void> {
  // The embedded database is this process's own: one connection, no other to wait for.
  const { url } = database;
  const waiting = (): void => log?.info('waiting: another process is changing the tables');
  const db =
    url === undefined
      ? database.knex
      : knex({
          client: 'pg',
          connection: { connectionString: url, application_name: 'countersign migrate' },
          pool: migrationPool(waiting),
          // However long the other takes.
          acquireConnectionTimeout: 2 ** 31 - 1,
          log: knexLog(log),
        });
  try {
    await refuseNewer(db);
    const [, done] = (await db.migrate.latest({ migrationSource })) as [number, string[]];
    if (done.length > 0) log?.info({ migrations: done }, 'the tables are up to date');
  } finally {
    if (db !== database.knex) await db.destroy();
  }
}

async function refuseNewer(db: Knex): Promise<void> {
  if (!(await db.schema.hasTable('knex_migrations'))) return;
  const rows = await db<{ name: string }>('knex_migrations').select('name').orderBy('id');
  const unknown = rows.map(({ name }) => name).filter((name) => MIGRATIONS[name] === undefined);
  if (unknown.length > 0)
    throw new DatabaseStartError(
      `The database was changed by a newer Countersign (${unknown.join(', ')}): start that version, or give this one a database of its own.`,
    );
}
