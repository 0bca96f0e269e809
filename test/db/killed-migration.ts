// Changes the tables as `knex migrate:latest` does, and is killed when all statements ran but nothing is committed yet.
import knex from 'knex';
import config from '../../knexfile.ts';
import { migrationSource } from '../../server/db/migrate.ts';

const settings = await config();
const db = knex(settings);
await db.migrate.latest({
  migrationSource: {
    getMigrations: () => migrationSource.getMigrations([]),
    getMigrationName: (name: string) => name,
    async getMigration(name: string) {
      const migration = await migrationSource.getMigration(name);
      return {
        ...migration,
        async up(trx) {
          await migration.up(trx);
          process.kill(process.pid, 'SIGKILL');
        },
      };
    },
  },
});
