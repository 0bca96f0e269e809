import { setTimeout as delay } from 'node:timers/promises';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Db } from '../db/database.ts';
import type { QueueStats } from '../jobs/job-store.ts';
import type { Log } from '../log.ts';
import type { Observer } from '../metrics.ts';
import type { SandboxCounters } from '../sandbox/counters.ts';
import { createDatabaseGauges } from './database-gauges.ts';
import type { Reading } from './database-gauges.ts';
import { readFigures } from './figures-store.ts';
import { createObserver } from './observer.ts';
import { createSandboxGauges } from './sandbox-gauges.ts';

export interface Metrics {
  /** What the modules report to. */
  readonly observer: Observer;
  /** The page for Prometheus. Never rejects because the database is away: it says so. */
  text(): Promise<string>;
  readonly contentType: string;
}

const FRESH_MS = 10_000;
const PATIENCE_MS = 2_000;

/**
 * @param deps.freshMs a reading of the database serves all pages for so long
 * @param deps.patienceMs how long a page waits for the database
 */
export function createMetrics(deps: {
  knex: Db;
  sandbox: { stats(): SandboxCounters };
  jobs: { stats(): Promise<readonly QueueStats[]> };
  log: Log;
  freshMs?: number;
  patienceMs?: number;
}): Metrics {
  const { knex, sandbox, jobs, log, freshMs = FRESH_MS, patienceMs = PATIENCE_MS } = deps;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const observer = createObserver(registry);
  const showSandbox = createSandboxGauges(registry, () => sandbox.stats());
  const showDatabase = createDatabaseGauges(registry);
  /** One at a time, however many ask: a slow database is not asked twice. */
  let reading: Promise<Reading> | undefined;
  let last: { readonly at: number; readonly reading: Reading } | undefined;

  async function read(): Promise<Reading> {
    try {
      return { figures: await readFigures(knex), jobs: await jobs.stats() };
    } catch (error) {
      log.warn({ err: error }, 'the database could not be asked for the metrics');
      return undefined;
    }
  }

  async function readOnce(): Promise<Reading> {
    reading ??= read().then((result) => {
      last = { at: performance.now(), reading: result };
      reading = undefined;
      return result;
    });
    const over = new AbortController();
    const late = delay(patienceMs, undefined, { signal: over.signal }).catch(() => undefined);
    const result = await Promise.race([reading, late]);
    over.abort();
    return result;
  }

  return {
    observer,
    contentType: registry.contentType,
    async text() {
      showSandbox();
      const isFresh = last !== undefined && performance.now() - last.at < freshMs;
      showDatabase(isFresh ? last?.reading : await readOnce());
      return registry.metrics();
    },
  };
}
