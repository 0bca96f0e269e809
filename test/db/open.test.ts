import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { isDatabaseAway } from '../../server/db/away.ts';
import { DatabaseStartError, openPostgres } from '../../server/db/database.ts';
import { openDatabase } from '../../server/db/open.ts';
import { createLog } from '../../server/log.ts';
import { DATABASES, useDatabase, usePostgres } from '../support/databases.ts';

const log = createLog('silent');
const caught = (work: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(work).then(
    () => expect.unreachable('it should have failed'),
    (error: unknown) => error,
  );

describe.each(DATABASES)('an error of %s', (kind) => {
  const database = useDatabase(kind);

  it('that lies in the query is not taken for a database that is away', async () => {
    const { knex } = database();
    for (const query of ['select 1 / 0', 'select * from nothing', `select 'x'::int`])
      expect(isDatabaseAway(await caught(knex.raw(query)))).toBe(false);
    expect(isDatabaseAway(new TypeError('x'))).toBe(false);
    expect(isDatabaseAway(undefined)).toBe(false);
  });
});

describe.runIf(DATABASES.includes('postgres'))('a PostgreSQL that goes away', () => {
  const made = usePostgres();

  it('fails what runs, and serves again when it is back', async () => {
    const { database, url = '' } = made();
    const running = caught(database.knex.raw('select pg_sleep(30)'));
    await database.knex('tasks');
    const admin = openPostgres(url);
    await expect
      .poll(async () => {
        const { rows } = await admin.knex.raw<{ rows: unknown[] }>(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid() and query like '%pg_sleep%'`,
        );
        return rows.length;
      })
      .toBeGreaterThan(0);
    await admin.knex.raw(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await admin.close();
    expect(isDatabaseAway(await running)).toBe(true);
    await expect.poll(() => database.knex('tasks')).toEqual([]);
  });

  it('fails a transaction that was open, which then had no effect', async () => {
    const { database, url = '' } = made();
    const admin = openPostgres(url);
    const failed = await caught(
      database.knex.transaction(async (trx) => {
        await trx('catalogue').insert({ name: 'variables', value: {}, updated_by: 'x' });
        await admin.knex.raw(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
        );
        await trx('catalogue');
      }),
    );
    await admin.close();
    expect(isDatabaseAway(failed)).toBe(true);
    await expect.poll(() => database.knex('catalogue')).toEqual([]);
  });
});

describe('a PostgreSQL that cannot be had', () => {
  it('stops the start with one line that does not tell the password', async () => {
    const refused = await caught(
      openDatabase({ databaseUrl: 'postgres://hub:hunter22@127.0.0.1:1/hub', dataDir: '' }, log),
    );
    expect(refused).toBeInstanceOf(DatabaseStartError);
    expect((refused as Error).message).toMatch(
      /^The database of DATABASE_URL cannot be reached: .*ECONNREFUSED/,
    );
    expect((refused as Error).message).not.toContain('hunter22');
  });

  it('is distinguished from one that is too slow to answer', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    const database = openPostgres(`postgres://hub@127.0.0.1:${port}/hub?connect_timeout=1`);
    expect(isDatabaseAway(await caught(database.knex.raw('select 1')))).toBe(true);
    await database.close();
    silent.close();
  });
});
