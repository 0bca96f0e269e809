import knex from 'knex';
import type { Knex } from 'knex';
import './tables.ts';

/** A query runs on the pool or in a transaction. Inside a transaction use that one for everything: the embedded database has one connection, and waiting for a second hangs. */
export type Db = Knex;
export type Trx = Knex.Transaction;

export interface Database {
  readonly knex: Knex;
  readonly kind: 'embedded' | 'postgres';
  /** For pg-boss, which wants connections of its own to listen on; undefined when embedded. */
  readonly url: string | undefined;
  close(): Promise<void>;
}

const ACQUIRE_MS = 5_000;

/**
 * Connects to PostgreSQL 14 or newer.
 * @param url postgres://…
 */
export function openPostgres(url: string): Database {
  const db = knex({
    client: 'pg',
    connection: {
      connectionString: url,
      application_name: 'countersign',
      connectionTimeoutMillis: ACQUIRE_MS,
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 30_000,
      keepAlive: true,
    },
    pool: { min: 0, max: 10 },
    acquireConnectionTimeout: ACQUIRE_MS,
  });
  return { knex: db, kind: 'postgres', url, close: () => db.destroy() };
}
