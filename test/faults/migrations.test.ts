import { describe, expect, it, vi } from 'vitest';
import { DatabaseStartError } from '../../server/db/database.ts';
import type { Database } from '../../server/db/database.ts';
import { openEmbedded } from '../../server/db/embedded.ts';
import { migrate } from '../../server/db/migrate.ts';
import { DATABASES, prepareDataDir, useDatabase, usePostgres } from '../support/databases.ts';
import { start, useFolder } from '../db/support.ts';
import type { Ended } from '../db/support.ts';

// Each test starts some processes and makes databases.
vi.setConfig({ testTimeout: 120_000 });

const newFolder = useFolder();
const KNEX = '../../node_modules/knex/bin/cli.js';

const migrationsOf = (database: Database): Promise<{ name: string }[]> =>
  database.knex<{ name: string }>('knex_migrations').select('name').orderBy('name');
const hasTasks = (database: Database): Promise<boolean> => database.knex.schema.hasTable('tasks');

const knexCommand = (command: string, env: Record<string, string>): Promise<Ended> =>
  start(KNEX, ['--knexfile', 'knexfile.ts', command], env).ended;

describe.each(DATABASES)('tables on %s', (kind) => {
  const migrated = useDatabase(kind);

  it('made by a newer program are left alone, in one line', async () => {
    const { knex } = migrated();
    await knex('knex_migrations').insert({ name: '9999-later', batch: 9, migration_time: new Date() });
    const refused = await migrate(migrated()).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DatabaseStartError);
    expect((refused as Error).message).toMatch(/newer Countersign \(9999-later\)/);
    await knex('knex_migrations').where({ name: '9999-later' }).delete();
    await migrate(migrated());
  });
});

describe('tables of the embedded database', () => {
  it('are made by the start after one that was killed in the middle, and are whole', async () => {
    const env = { DATA_DIR: newFolder() };
    expect((await start('./killed-migration.ts', [], env).ended).signal).toBe('SIGKILL');
    expect(await start('./migrate-once.ts', [], env).ended).toMatchObject({ code: 0 });
    const database = await openEmbedded(env.DATA_DIR);
    expect(await database.knex('tasks')).toEqual([]);
    expect(await migrationsOf(database)).toEqual([{ name: '0001-hub' }]);
    await database.close();
  });

  it("come and go by knex's own command line, which leaves a directory in use alone", async () => {
    const env = { DATA_DIR: await prepareDataDir(newFolder()) };
    const database = await openEmbedded(env.DATA_DIR);
    expect(await hasTasks(database)).toBe(true);
    const refused = await knexCommand('migrate:rollback', env);
    expect(refused.code).toBe(1);
    expect(refused.err + refused.out).toContain('in use by another Countersign process');
    await database.close();
    expect(await knexCommand('migrate:rollback', env)).toMatchObject({ code: 0 });
    const again = await openEmbedded(env.DATA_DIR);
    expect(await hasTasks(again)).toBe(false);
    await again.close();
    expect(await knexCommand('migrate:latest', env)).toMatchObject({ code: 0 });
    const last = await openEmbedded(env.DATA_DIR);
    expect(await hasTasks(last)).toBe(true);
    await last.close();
  });
});

describe.runIf(DATABASES.includes('postgres'))('tables of a PostgreSQL database', () => {
  const empty = usePostgres({ empty: true });
  const env = (): Record<string, string> => ({ DATABASE_URL: empty().url ?? '' });

  it('are made once when a start was killed in the middle and three begin at the same moment', async () => {
    expect((await start('./killed-migration.ts', [], env()).ended).signal).toBe('SIGKILL');
    const starts = [1, 2, 3].map(() => start('./migrate-once.ts', [], env()).ended);
    for (const ended of await Promise.all(starts)) expect(ended).toMatchObject({ code: 0, err: '' });
    expect(await migrationsOf(empty().database)).toEqual([{ name: '0001-hub' }]);
    expect(await empty().database.knex('tasks')).toEqual([]);
  });

  it('are waited for while another process changes them, which may then be killed', async () => {
    const other = await empty().database.knex.transaction();
    await other.raw('select pg_advisory_lock(5820117)');
    const waiting = start('./migrate-once.ts', [], env());
    await waiting.ready;
    await expect
      .poll(async () => {
        const { rows } = await empty().database.knex.raw<{ rows: unknown[] }>(
          `select 1 from pg_locks join pg_database d on d.oid = database
           where locktype = 'advisory' and not granted and datname = current_database()`,
        );
        return rows.length;
      })
      .toBe(1);
    // The server takes a killed process's lock back, as it does here.
    await empty().database.knex.raw(
      `select pg_terminate_backend(pid) from pg_locks l join pg_database d on d.oid = l.database
       where locktype = 'advisory' and granted and datname = current_database()`,
    );
    const { code, out } = await waiting.ended;
    expect(code).toBe(0);
    expect(out).toContain('another process is changing the tables');
    await other.rollback().catch(() => undefined);
  });

  it("come and go by knex's own command line", async () => {
    expect(await knexCommand('migrate:rollback', env())).toMatchObject({ code: 0 });
    expect(await hasTasks(empty().database)).toBe(false);
    expect(await knexCommand('migrate:latest', env())).toMatchObject({ code: 0 });
    expect(await hasTasks(empty().database)).toBe(true);
  });
});
