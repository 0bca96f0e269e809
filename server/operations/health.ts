import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '../db/database.ts';

export interface Check {
  readonly ok: boolean;
  /** For people: what is wrong. Names no host and no account, since nobody needs to sign in to read it. */
  readonly detail?: string;
}

export interface HealthAnswer<B> {
  readonly status: 200 | 503;
  readonly body: B;
}

export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<'database' | 'sandbox' | 'jobs' | 'server', Check>>;
}

export interface Health {
  /** /healthz: the process lives. Says nothing of the database: starting this process again would not bring that back. */
  alive(): HealthAnswer<{ readonly alive: true }>;
  /** /readyz: whether requests should be sent here. */
  ready(): Promise<HealthAnswer<Readiness>>;
}

const DATABASE_MS = 2_000;
const WELL: Check = { ok: true };
const ill = (detail: string): Check => ({ ok: false, detail });

/**
 * @param deps.isStopping whether the server has been told to stop
 * @param deps.databaseMs how long the database may take to answer
 */
export function createHealth(deps: {
  knex: Db;
  sandbox: { readonly fault: Error | undefined };
  jobs: { readonly fault: Error | undefined };
  isStopping: () => boolean;
  databaseMs?: number;
}): Health {
  const { knex, sandbox, jobs, isStopping, databaseMs = DATABASE_MS } = deps;

  async function database(): Promise<Check> {
    const over = new AbortController();
    const answer = knex.raw('select 1').then(
      () => WELL,
      () => ill('It does not answer.'),
    );
    const late = delay(databaseMs, ill(`It has not answered within ${databaseMs} ms.`), {
      signal: over.signal,
    }).catch(() => WELL);
    const check = await Promise.race([answer, late]);
    over.abort();
    return check;
  }

  return {
    alive: () => ({ status: 200, body: { alive: true } }),
    async ready() {
      const checks = {
        database: await database(),
        sandbox: sandbox.fault === undefined ? WELL : ill('No process that runs scripts could be started.'),
        jobs: jobs.fault === undefined ? WELL : ill('The job queue is not being worked on.'),
        server: isStopping() ? ill('It is being stopped.') : WELL,
      };
      const ready = Object.values(checks).every(({ ok }) => ok);
      return { status: ready ? 200 : 503, body: { ready, checks } };
    },
  };
}
