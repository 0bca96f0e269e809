import knex from 'knex';
import type { Knex } from 'knex';
import type { Log } from '../log.ts';
import type { ClientBase } from 'pg';
import { createPrepare } from './prepare.ts';
import { breakWhenSilent } from './silence.ts';
import './tables.ts';

/** The pool. Inside a transaction use only that transaction: the embedded database has one connection, and waiting for a second deadlocks. */
export type Db = Knex;
export type Trx = Knex.Transaction;
/** A statement that is not sent by itself but as part of another one. */
export type Statement = Knex.Raw;

export interface Database {
  readonly knex: Knex;
  readonly kind: 'embedded' | 'postgres';
  /** For pg-boss, which listens on connections of its own; undefined when embedded. */
  readonly url: string | undefined;
  close(): Promise<void>;
}

/** The database cannot be used as it is; the start ends with the message. */
export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';
}

const ACQUIRE_MS = 5_000;

/**
 * Sends knex's messages to our log instead of stdout. Errors are thrown too, so here they are only warnings.
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
 * Connects to PostgreSQL 14 or newer. Connections are opened when needed and dropped when they break: while the database is
 * unavailable its queries fail (`isDatabaseAway`), and nothing else does.
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
