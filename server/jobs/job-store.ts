import type { Db as BossConnection } from 'pg-boss';
import type { Knex } from 'knex';
import { JOB_NAMES } from './queue.ts';
import type { JobName } from './queue.ts';

/** The database schema that pg-boss keeps its tables in. */
export const SCHEMA = 'jobs';
/** The queue of jobs whose attempts are used up. No worker takes them. */
export const GIVEN_UP = 'given-up';

/** One taking of a job: the next time the job is taken, `retryCount` differs. */
export interface Attempt {
  readonly name: JobName;
  readonly id: string;
  readonly retryCount: number;
}

/** The numbers of one queue. */
export interface QueueStats {
  readonly name: JobName;
  /** Can be taken now. */
  readonly ready: number;
  /** Delayed: their time has not come. */
  readonly delayed: number;
  readonly active: number;
  /** Given up after the last try in the past 90 days, and kept. */
  readonly failed: number;
  /** How long the oldest ready one has been waiting, in ms; 0 when there is none. */
  readonly oldestMs: number;
}

/**
 * Hands jobs back unfinished: any process may take them at once, and the attempt does not count. A job whose claim was lost
 * meanwhile is not touched.
 * @returns how many were handed back
 */
export async function handBack(db: BossConnection, attempts: readonly Attempt[]): Promise<number> {
  const { rows } = await db.executeSql(
    `update ${SCHEMA}.job set state = 'retry', start_after = now(), heartbeat_on = null, retry_limit = retry_limit + 1
     where name = any($1::text[]) and id = any($2::uuid[]) and state = 'active'
       and (id::text || ':' || retry_count::text) = any($3::text[])
     returning id`,
    [
      [...new Set(attempts.map(({ name }) => name))],
      attempts.map(({ id }) => id),
      attempts.map(({ id, retryCount }) => `${id}:${retryCount}`),
    ],
  );
  return rows.length;
}

/**
 * Makes all running jobs ready again. Only when no other process works on this database. The attempt counts, so that a job which kills its
 * process does not do so for ever.
 * @returns how many there were
 */
export async function takeOver(db: BossConnection): Promise<number> {
  const { rows } = await db.executeSql(
    `update ${SCHEMA}.job set state = 'retry', start_after = now(), heartbeat_on = null
     where name = any($1::text[]) and state = 'active' and retry_count < retry_limit
     returning id`,
    [JOB_NAMES],
  );
  return rows.length;
}

interface Count {
  readonly name: JobName;
  readonly ready: number;
  readonly delayed: number;
  readonly active: number;
  readonly failed: number;
  readonly oldest_ms: number;
}

/** All queues, those without jobs too, in the order of JOB_NAMES. */
export async function readStats(db: Knex): Promise<QueueStats[]> {
  const { rows } = await db.raw<{ rows: Count[] }>(
    `select coalesce(source_name, name) as name,
       count(*) filter (where name <> :givenUp and state < 'active' and start_after <= now())::int as ready,
       count(*) filter (where name <> :givenUp and state < 'active' and start_after > now())::int as delayed,
       count(*) filter (where name <> :givenUp and state = 'active')::int as active,
       count(*) filter (where name = :givenUp)::int as failed,
       coalesce(1000 * extract(epoch from now() - min(start_after)
         filter (where name <> :givenUp and state < 'active' and start_after <= now())), 0)::float8 as oldest_ms
     from ${SCHEMA}.job where state <= 'active' and name = any(:names) group by 1`,
    { givenUp: GIVEN_UP, names: [...JOB_NAMES, GIVEN_UP] },
  );
  return JOB_NAMES.map((name) => {
    const count = rows.find((row) => row.name === name);
    return {
      name,
      ready: count?.ready ?? 0,
      delayed: count?.delayed ?? 0,
      active: count?.active ?? 0,
      failed: count?.failed ?? 0,
      oldestMs: count?.oldest_ms ?? 0,
    };
  });
}
