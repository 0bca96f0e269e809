import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres } from '../../server/db/database.ts';
import { startWatchedCluster } from '../../test/support/postgres.ts';

export const DATABASE_NAMES = ['embedded', 'postgres'] as const;
export type DatabaseName = (typeof DATABASE_NAMES)[number];

/** Where new databases are made, all of one kind. */
export interface Databases {
  /** Makes an empty one. @returns the settings by which a process opens it */
  make(name: string): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** PostgreSQL is started for this alone, with fsync as in production; the embedded ones lie in a folder that goes in the end. */
export async function openDatabases(kind: DatabaseName): Promise<Databases> {
  return kind === 'embedded' ? inFolder() : inCluster();
}

function inFolder(): Databases {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  return {
    make: (name) => Promise.resolve({ DATA_DIR: join(folder, name) }),
    close() {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

async function inCluster(): Promise<Databases> {
  const cluster = await startWatchedCluster();
  const admin = openPostgres(cluster.url);
  return {
    async make(name) {
      await admin.knex.raw('create database ??', [name]);
      return { DATABASE_URL: cluster.url.replace(/postgres$/, name) };
    },
    async close() {
      await admin.close();
      await cluster.stop();
    },
  };
}
