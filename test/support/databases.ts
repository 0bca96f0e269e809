import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, inject, it } from 'vitest';
import { openPostgres } from '../../server/db/database.ts';
import type { Database } from '../../server/db/database.ts';
import { openEmbedded } from '../../server/db/embedded.ts';
import type { Templates } from './database-templates.ts';
import { postgresPrograms } from './postgres.ts';

export type DatabaseKind = Database['kind'];

const hasPostgres = postgresPrograms() !== undefined;

/** What every promise about stored data is tested on; PostgreSQL only where the machine has it. */
export const DATABASES: readonly DatabaseKind[] = hasPostgres ? ['embedded', 'postgres'] : ['embedded'];

// The report at the end of a run then says what to install (tell-skipped.ts).
if (!hasPostgres) describe('on postgres', () => it.skip('the same (needs PostgreSQL)', () => undefined));

/** The templates of this run (database-templates.ts). */
const templates = {
  embedded: () => ask('embedded') as ReturnType<Templates['embedded']>,
  postgres: () => ask('postgres') as ReturnType<Templates['postgres']>,
};

async function ask(kind: DatabaseKind | 'editor'): Promise<unknown> {
  const response = await fetch(`${inject('databaseTemplates')}/${kind}`);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/** Has the editor built once in this run, unless what lies built is made of the sources as they are. */
export async function buildEditor(): Promise<void> {
  await ask('editor');
}

/** A database that a test file made for itself. */
export interface TestDatabase {
  readonly database: Database;
  /** postgres://… to hand to another process; undefined when embedded. */
  readonly url: string | undefined;
  remove(): Promise<void>;
}

async function copyEmbedded(): Promise<TestDatabase> {
  const { file } = await templates.embedded();
  const database = await openEmbedded(undefined, { template: await openAsBlob(file) });
  return { database, url: undefined, remove: () => database.close() };
}

async function copyPostgres({ empty }: { empty: boolean }): Promise<TestDatabase> {
  const { url: adminUrl, template } = await templates.postgres();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = async (sql: string): Promise<void> => {
    const cluster = openPostgres(adminUrl);
    try {
      await cluster.knex.raw(sql);
    } finally {
      await cluster.close();
    }
  };
  await admin(`create database ${name}${empty ? '' : ` template ${template}`}`);
  const url = adminUrl.replace(/postgres$/, name);
  const database = openPostgres(url);
  return {
    database,
    url,
    async remove() {
      await database.close();
      await admin(`drop database ${name} with (force)`);
    },
  };
}

function useTestDatabase(make: () => Promise<TestDatabase>): () => TestDatabase {
  let made: TestDatabase | undefined;
  beforeAll(async () => {
    made = await make();
  }, 60_000);
  afterAll(() => made?.remove(), 60_000);
  return () => {
    if (made === undefined) throw new Error('The database is there from beforeAll on.');
    return made;
  };
}

/**
 * A fresh, migrated database for the tests of the surrounding `describe`.
 * @returns gives it, from beforeAll on
 */
export function useDatabase(kind: DatabaseKind): () => Database {
  const made = useTestDatabase(() => (kind === 'embedded' ? copyEmbedded() : copyPostgres({ empty: false })));
  return () => made().database;
}

/**
 * A fresh PostgreSQL database with its URL, for tests that start further processes on it.
 * @param options.empty without tables
 */
export const usePostgres = (options = { empty: false }): (() => TestDatabase) =>
  useTestDatabase(() => copyPostgres(options));

/**
 * Puts a migrated embedded database into a folder, for tests that start processes on it: making one from
 * nothing takes seconds.
 * @returns the folder
 */
export async function prepareDataDir(dataDir: string): Promise<string> {
  const { file } = await templates.embedded();
  const folder = join(dataDir, 'database');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // The names in the dump begin with a slash, which tar takes away and tells on stderr.
  execFileSync('tar', ['-xf', file, '-C', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  return dataDir;
}
