import { fromKnex } from 'pg-boss';
import type { Db as BossConnection } from 'pg-boss';
import pg from 'pg';
import type { Knex } from 'knex';
import type { Log } from '../log.ts';
import { createPrepare } from '../db/prepare.ts';
import { breakWhenSilent } from '../db/silence.ts';
import { listen } from './listen.ts';

export interface BossDatabase extends BossConnection {
  close(): Promise<void>;
}

/** Fetches, settles, heartbeats and maintenance; each is short. */
const CONNECTIONS = 4;
const STATEMENT_MS = 30_000;

/**
 * The queue's own few connections to PostgreSQL: what it asks never waits for a request's connection, nor a request for its.
 * @param url postgres://…
 * @param heard a job of this queue was put in and may be taken, by whichever process; `undefined`: look into all of them
 */
export function bossOverPool(
  url: string,
  log: Log,
  heard: (queue: string | undefined) => void,
): BossDatabase {
  const connection = {
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    statement_timeout: STATEMENT_MS,
    keepAlive: true,
  };
  const pool = new pg.Pool({ ...connection, application_name: 'countersign jobs', max: CONNECTIONS });
  const prepare = createPrepare();
  pool.on('connect', (client) => {
    breakWhenSilent(client);
    prepare(client);
  });
  // A connection that breaks while nobody uses it: the pool has dropped it, the next query takes another.
  pool.on('error', (error) => log.debug({ err: error }, 'an idle connection of the job queue was lost'));
  return {
    // A query that fails takes its connection along (pg-pool): pg-boss sends BEGIN; …; COMMIT as one text, and what fails in
    // the middle of that leaves a transaction open.
    executeSql: (text, values) => pool.query(text, values as unknown[]),
    // pg-boss names the channel and notifies on it in the transaction that puts a job in; its payload is the queue's name.
    listen(channel, onNotification, onReconnect) {
      const listening = listen(
        { ...connection, application_name: 'countersign jobs (listen)' },
        channel,
        {
          heard(payload) {
            onNotification(payload);
            heard(payload);
          },
          connected() {
            onReconnect();
            heard(undefined);
          },
        },
        log,
      );
      return Promise.resolve({ close: () => listening.close() });
    },
    close: () => pool.end(),
  };
}

/**
 * The embedded database's one connection, shared with everybody else by way of the pool: never straight at PGlite, whose
 * single session may stand in the middle of somebody's transaction.
 */
export function bossOverKnex(knex: Knex): BossDatabase {
  const client = knex.client as Knex.Client;
  const boss = fromKnex(knex);
  return {
    async executeSql(text, values) {
      if (values !== undefined && values.length > 0) return boss.executeSql(text, values);
      // One text with BEGIN and COMMIT in it: what fails in the middle would leave everybody's connection in a dead transaction.
      const connection: unknown = await client.acquireConnection();
      const onIt: Parameters<typeof fromKnex>[0] = {
        raw: (sql, bindings) => knex.raw(sql, [...(bindings ?? [])] as never[]).connection(connection),
      };
      try {
        return await fromKnex(onIt).executeSql(text, values);
      } catch (error) {
        await knex.raw('rollback').connection(connection);
        throw error;
      } finally {
        await client.releaseConnection(connection);
      }
    },
    close: () => Promise.resolve(),
  };
}
