import { describe, expect, it, vi } from 'vitest';
import { isDatabaseAway } from '../../server/db/away.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';

describe.each(DATABASES)('statements that come again, on %s', (kind) => {
  const database = useDatabase(kind);
  const doubled = async (value: number): Promise<number | undefined> => {
    const { rows } = await database().knex.raw<{ rows: { doubled: number }[] }>(
      'select ?::int * 2 as doubled',
      [value],
    );
    return rows[0]?.doubled;
  };
  const prepared = async (): Promise<string[]> => {
    const { rows } = await database().knex.raw<{ rows: { statement: string }[] }>(
      'select statement from pg_prepared_statements',
    );
    return rows.map(({ statement }) => statement);
  };
  /** What the caller is told of a query that fails for being prepared. */
  const failsOnce = async (query: () => Promise<unknown>): Promise<void> => {
    const error = await query().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    (error as Error).message = 'in the language of the server';
    expect(isDatabaseAway(error), 'so that it comes again').toBe(true);
  };

  it('are prepared once and answer each value’s own', async () => {
    for (const value of [1, 2, 3, 4]) expect(await doubled(value)).toBe(value * 2);
    const statements = await prepared();
    expect(statements.filter((statement) => statement.includes('as doubled'))).toHaveLength(1);
  });

  it('fail once, as if the database were away, when a table has got another column meanwhile', async () => {
    const { knex } = database();
    const read = (): Promise<unknown> => knex('notes').where({ id: 1 }).first();
    await knex.raw('create table notes (id int)');
    await knex.raw('insert into notes values (1)');
    for (let times = 0; times < 3; times += 1) expect(await read()).toEqual({ id: 1 });
    await knex.raw("alter table notes add column text text default 'new'");
    await failsOnce(read);
    expect(await read()).toEqual({ id: 1, text: 'new' });
  });

  it('are planned anew when a table has grown, before the database has analysed it', async () => {
    const { knex } = database();
    const read = (): Promise<unknown> => knex('growing').where({ id: 7 }).first('n');
    const plan = async (): Promise<string> => {
      const found = await knex.raw<{ rows: { name: string }[] }>(
        `select name from pg_prepared_statements where statement like '%"growing"%' and statement not like '%pg_prepared%'`,
      );
      const explained = await knex.raw<{ rows: unknown }>(`explain execute "${found.rows[0]?.name}"('7', 1)`);
      return JSON.stringify(explained.rows);
    };
    await knex.raw('create table growing (id int primary key, n int) with (autovacuum_enabled = false)');
    const grow = (from: number, to: number): Promise<unknown> =>
      knex.raw(`insert into growing select n, n from generate_series(${from}, ${to}) n`);
    await grow(1, 20);
    await knex.raw('vacuum analyze growing');
    for (let times = 0; times < 10; times += 1) await read();
    await grow(21, 20_000);
    expect(await plan()).toContain('Seq Scan');
    const later = performance.now() + 60_000;
    const clock = vi.spyOn(performance, 'now').mockReturnValue(later);
    expect(await read()).toEqual({ n: 7 });
    clock.mockRestore();
    expect(await plan()).toContain('Index');
  });

  it('are planned each time where the values say which index leads to the first rows', async () => {
    const { knex } = database();
    const page = (): Promise<unknown> =>
      knex('tasks').where({ status: 'failed' }).orderBy('id', 'desc').limit(51).select('task_id');
    for (let times = 0; times < 4; times += 1) expect(await page()).toEqual([]);
    const statements = await prepared();
    expect(statements.filter((statement) => statement.includes('"status"'))).toEqual([]);
  });

  it('fill no memory, however many different ones there are', async () => {
    const { knex } = database();
    for (let n = 0; n < 300; n += 1)
      for (let times = 0; times < 2; times += 1) await knex.raw(`select ?::int as n${n}`, [n]);
    expect((await prepared()).length).toBeLessThanOrEqual(200);
    expect(await doubled(21)).toBe(42);
  });

  it('are prepared no more behind a pooler that mixes up connections', async () => {
    const { knex } = database();
    for (const value of [1, 2, 3]) await doubled(value);
    await knex.raw('deallocate all');
    await failsOnce(() => doubled(4));
    for (const value of [5, 6, 7]) expect(await doubled(value)).toBe(value * 2);
    expect(await prepared()).toEqual([]);
  });
});
