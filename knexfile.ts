import type { Knex } from 'knex';
import { openEmbeddedEngine } from './server/db/embedded.ts';
import { migrationPool, migrationSource } from './server/db/migrate.ts';

/**
 * For knex's command line: `npx knex migrate:latest`, `migrate:rollback`, `migrate:status`. Works on the database of
 * DATABASE_URL, else on the embedded one in DATA_DIR while no server holds it.
 */
export default async function config(): Promise<Knex.Config> {
  const { DATABASE_URL: url, DATA_DIR: dataDir = './data' } = process.env;
  const pool = migrationPool(() => console.error('Another process is changing the tables: waiting for it.'));
  const shared = {
    client: 'pg',
    pool,
    acquireConnectionTimeout: 2 ** 31 - 1,
    migrations: { migrationSource },
  };
  if (url !== undefined && url !== '') return { ...shared, connection: url };
  const engine = await openEmbeddedEngine(dataDir);
  return { ...shared, connection: () => engine.connect() };
}
