import knex from 'knex';
import type { Knex } from 'knex';
import type { Log } from '../log.ts';
import type { ClientBase } from 'pg';
import { createPrepare } from './prepare.ts';
import { breakWhenSilent } from './silence.ts';
import './tables.ts';

/** A query runs on the pool or in a transaction. Inside a transaction use that one for everything: the embedded database has one connection, and waiting for a second hangs. */
export type Db = Knex;
export type Trx = Knex.Transaction;
/** A statement that is not sent yet, to go along with another one. */
export type Statement = Knex.Raw;

export interface Database {
  readonly knex: Knex;
  readonly kind: 'embedded' | 'postgres';
  /** For pg-boss, which wants connections of its own to listen on; undefined when embedded. */
  readonly url: string | undefined;
  close(): Promise<void>;
}

/** The database cannot be used as it is; the message is the one clear line that the start ends with. */
export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';
}

const ACQUIRE_MS = 5_000;

/**
 * Where knex says what it has to say: by itself it would write to stdout. Errors it throws as well, so they are only
 * worth a line where somebody looks for the reason.
 */
export function knexLog(log: Log | undefined): Knex.Logger {
  return {
    warn: (message: unknown) => log?.warn({ knex: message }, 'the database connection'),
    error: (message: unknown) => log?.warn({ knex: message }, 'the database connection'),
    deprecate: (method: string) => log?.debug({ knex: method }, 'deprecated in knex'),
    debug: (message: unknown) => log?.trace({ knex: message }, 'the database connection'),
  };
}

/**
 * Connects to PostgreSQL 14 or newer. Connections are made when needed and dropped when they break: a database that is
 * away fails the queries of that time (`isDatabaseAway`) and nothing else.
 * @param url postgres://…
 * @param options.silenceMs how long a connection may say nothing (silence.ts)
 */
export function openPostgres(url: string, log?: Log, { silenceMs }: { silenceMs?: number } = {}): Database {
  const prepare = createPrepare();
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
    pool: {
      min: 0,
      max: 10,
      afterCreate(connection: ClientBase, done: (error: null, connection: ClientBase) => void) {
        breakWhenSilent(connection, silenceMs);
        prepare(connection);
        done(null, connection);
      },
    },
    acquireConnectionTimeout: ACQUIRE_MS,
    log: knexLog(log),
  });
  return { knex: db, kind: 'postgres', url, close: () => db.destroy() };
}
