// Two hubs in one process, with few tasks and with many, so that both are looked at in the same moments.
import type { Knex } from 'knex';
import { claimDue, claimStranded } from '../../server/approvals/due-store.ts';
import { readConfig } from '../../server/config.ts';
import type { Database } from '../../server/db/database.ts';
import { migrate } from '../../server/db/migrate.ts';
import { openDatabase } from '../../server/db/open.ts';
import { startHub } from '../../server/hub.ts';
import { startBoss } from '../../server/jobs/boss.ts';
import type { Boss } from '../../server/jobs/boss.ts';
import { PACE } from '../../server/jobs/pace.ts';
import { createLog } from '../../server/log.ts';
import { createSealer } from '../../server/secrets/seal.ts';
import { WAITS } from '../../server/waits.ts';
import { insertPlace } from '../../test/db/rows.ts';
import { inTurns } from './in-turns.ts';
import type { Medians } from './in-turns.ts';
import { tell } from './processes.ts';
import { SETTINGS } from './scene.ts';
import { DUE, QUEUE, seed } from './seed.ts';

/** What the bench is told of one of the two. */
export interface Grown {
  readonly url: string;
  /** Of the task in the middle: where a deep page begins. */
  readonly middle: string;
}

export interface GrownHubs {
  readonly few: Grown;
  readonly many: Grown;
  /** Milliseconds, by what was claimed. */
  readonly claims: Record<string, Medians>;
}

/** As many as jobs run at once for one queue. */
const FETCHED = 12;
const CLAIMS = 40;

const log = createLog('warn');
const order = JSON.parse(process.env['SIZES'] ?? '') as Record<
  'few' | 'many',
  { count: number; settings: Record<string, string> }
>;

interface Filled {
  readonly database: Database;
  readonly boss: Boss;
}

async function fill({
  count,
  settings,
}: {
  count: number;
  settings: Record<string, string>;
}): Promise<Filled> {
  const database = await openDatabase(readConfig({ ...SETTINGS, ...settings }), log);
  await migrate(database);
  const boss = await startBoss(database, log, PACE, () => undefined);
  const place = await insertPlace(database.knex, createSealer(SETTINGS.SECRET_KEY));
  await seed(database.knex, place, count);
  return { database, boss };
}

/** Claims and lets go again. */
async function claim(knex: Knex): Promise<void> {
  const undone = await knex.transaction();
  const due = await claimDue(undone, 100);
  await undone.rollback();
  if (due.length !== DUE) throw new Error(`${due.length} approvals were due`);
}

async function claimLost(knex: Knex): Promise<void> {
  const undone = await knex.transaction();
  await claimStranded(undone, 40 * WAITS.tick, 100);
  await undone.rollback();
}

async function fetch({ boss: { boss } }: Filled): Promise<void> {
  const jobs = await boss.fetch(QUEUE, { batchSize: FETCHED, includeMetadata: true });
  if (jobs.length !== FETCHED) throw new Error(`${jobs.length} jobs were ready`);
}

const [few, many] = [await fill(order.few), await fill(order.many)];
const claims = {
  'due approvals': await inTurns(
    CLAIMS,
    () => claim(few.database.knex),
    () => claim(many.database.knex),
  ),
  'lost openings': await inTurns(
    CLAIMS,
    () => claimLost(few.database.knex),
    () => claimLost(many.database.knex),
  ),
  'ready jobs': await inTurns(
    CLAIMS,
    () => fetch(few),
    () => fetch(many),
  ),
};

/** Starts the hub on it. Nothing is left to be done by itself, and no look is due for a day. */
async function serve({ database, boss }: Filled): Promise<Grown> {
  const { knex } = database;
  await boss.close();
  await knex.raw('truncate jobs.job_common');
  const { rows } = await knex.raw<{ rows: { id: string }[] }>(
    'select id from tasks order by id offset (select count(*) / 2 from tasks) limit 1',
  );
  const hub = await startHub({
    config: readConfig({
      ...SETTINGS,
      DATA_DIR: 'unused',
      DATABASE_URL: database.url ?? 'postgres://is.handed.in',
    }),
    log: createLog('info'),
    waits: { ...WAITS, tick: 86_400_000 },
    sandbox: { children: 1, spares: 0 },
    open: () => Promise.resolve(database),
  });
  return { url: hub.url, middle: rows[0]?.id ?? '' };
}

tell({ few: await serve(few), many: await serve(many), claims } satisfies GrownHubs);
