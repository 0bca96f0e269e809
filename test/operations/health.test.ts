import { afterEach, describe, expect, it } from 'vitest';
import { openPostgres } from '../../server/db/database.ts';
import { createHealth } from '../../server/operations/health.ts';
import { handlers, workersOn } from '../jobs/support.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';

const well = { fault: undefined };

describe.each(DATABASES)('readiness on %s', (kind) => {
  const database = useDatabase(kind);
  const workers = workersOn(database);
  afterEach(() => workers.stop());

  it('is there when everything is, and tells what is missing otherwise', async () => {
    const { knex } = database();
    const jobs = workers.add();
    let stopping = false;
    const sandbox: { fault: Error | undefined } = { fault: undefined };
    const health = createHealth({ knex, sandbox, jobs, isStopping: () => stopping });

    const early = await health.ready();
    expect(early).toMatchObject({ status: 503, body: { ready: false, checks: { jobs: { ok: false } } } });

    await jobs.start(handlers(() => Promise.resolve()));
    const well = { ok: true };
    expect(await health.ready()).toEqual({
      status: 200,
      body: { ready: true, checks: { database: well, sandbox: well, jobs: well, server: well } },
    });

    sandbox.fault = new Error('spawn /opt/secret-place ENOENT');
    stopping = true;
    const ill = await health.ready();
    expect(ill.status).toBe(503);
    expect(ill.body.checks).toMatchObject({ sandbox: { ok: false }, server: { ok: false }, database: well });
    expect(JSON.stringify(ill.body)).not.toContain('secret-place');
    expect(health.alive()).toEqual({ status: 200, body: { alive: true } });
  });
});

describe('readiness without a database', () => {
  it('is missing, and the process lives', async () => {
    const nobody = openPostgres('postgres://someone:secret@127.0.0.1:1/none');
    const health = createHealth({ knex: nobody.knex, sandbox: well, jobs: well, isStopping: () => false });
    const { status, body } = await health.ready();
    expect({ status, database: body.checks.database }).toEqual({
      status: 503,
      database: { ok: false, detail: 'It does not answer.' },
    });
    expect(health.alive().status).toBe(200);
    await nobody.close();
  });
});

describe.each(DATABASES)('a database that is slow on %s', (kind) => {
  const database = useDatabase(kind);

  it('is not waited for', async () => {
    const { knex } = database();
    const health = createHealth({
      ...{ knex, sandbox: well, jobs: well, isStopping: () => false, databaseMs: 30 },
    });
    // Whoever holds every connection lets nobody else ask.
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<undefined>();
    const most = kind === 'embedded' ? 1 : 10;
    const held = Array.from({ length: most }, () => Promise.withResolvers<undefined>());
    const holders = held.map(({ resolve }) =>
      knex.transaction(async (trx) => {
        await trx.raw('select 1');
        resolve(undefined);
        await mayEnd;
      }),
    );
    await Promise.all(held.map(({ promise }) => promise));
    const { body } = await health.ready();
    expect(body.checks.database).toEqual({ ok: false, detail: 'It has not answered within 30 ms.' });
    end(undefined);
    await Promise.all(holders);
    expect((await health.ready()).body.checks.database.ok).toBe(true);
  });
});
