import type { Knex } from 'knex';
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

/** Brings the tables up to date. */
export async function migrate(db: Knex): Promise<void> {
  await db.migrate.latest({ migrationSource });
}
