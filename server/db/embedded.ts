import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import knex from 'knex';
import type { Database } from './database.ts';

/**
 * Opens the embedded database: PostgreSQL as WebAssembly in this process, one connection.
 * @param dataDir DATA_DIR; undefined keeps everything in memory
 */
export async function openEmbedded(dataDir: string | undefined, template?: Blob): Promise<Database> {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const pglite = await PGlite.create({
    ...(dataDir === undefined ? {} : { dataDir: join(dataDir, 'database') }),
    ...(template === undefined ? {} : { loadDataDir: template }),
  });
  const db = knex({
    client: 'pg',
    connection: () => createPgConfig(pglite) as object,
    pool: { min: 0, max: 1 },
    acquireConnectionTimeout: 10_000,
  });
  return {
    knex: db,
    kind: 'embedded',
    url: undefined,
    async close() {
      await db.destroy();
      await pglite.close();
    },
  };
}
