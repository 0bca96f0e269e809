import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isDatabaseAway } from '../../server/db/away.ts';
import { openPostgres } from '../../server/db/database.ts';
import type { Database } from '../../server/db/database.ts';
import { openDatabaseProxy } from '../support/database-proxy.ts';
import type { DatabaseProxy } from '../support/database-proxy.ts';
import { DATABASES, usePostgres } from '../support/databases.ts';

describe.runIf(DATABASES.includes('postgres'))('a network that swallows everything', () => {
  const made = usePostgres();
  let proxy: DatabaseProxy;
  let database: Database;
  beforeAll(async () => {
    proxy = await openDatabaseProxy(new URL(made().url ?? ''));
    database = openPostgres(proxy.url, undefined, { silenceMs: 300 });
  });
  afterAll(async () => {
    await database.close();
    await proxy.close();
  });

  it('fails queries as a database that is away, and hangs nobody who comes later', async () => {
    await database.knex.raw('select 1');
    proxy.swallow();
    // One waits for an answer, the others for new connections.
    const errors = await Promise.allSettled(
      [0, 100, 500].map((ms) => delay(ms).then(() => database.knex.raw('select 1'))),
    );
    expect(errors.map((end) => end.status === 'rejected' && isDatabaseAway(end.reason))).toEqual([
      ...[true, true, true],
    ]);
    await proxy.mend();
    await vi.waitFor(() => database.knex.raw('select 1'));
  });
});
