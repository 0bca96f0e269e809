import { setTimeout as pause } from 'node:timers/promises';
import { openPostgres } from '../../server/db/database.ts';
import { readStats } from '../../server/jobs/job-store.ts';
import type { Target } from './load.ts';

const PATIENCE_MS = 180_000;
/** The hub reads its own figures afresh no more often. */
const FRESH_MS = 10_500;

/**
 * Waits until a hub has nothing left to do, as its metrics tell, so that one measurement does not pay for another.
 * @throws Error when it does not come to rest
 */
export async function quiet(hub: Target): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const metrics = (await hub.ask({ method: 'GET', path: '/metrics' }, 200)) as string;
    const jobs = metrics.matchAll(/^countersign_jobs\{.*state="(?:ready|active)".*\} (\d+)$/gm);
    const left = jobs.reduce((sum, [, count]) => sum + Number(count), 0);
    if (left === 0) return;
    if (performance.now() > until) throw new Error(`${left} jobs are left after all that time`);
    await pause(FRESH_MS);
  }
}

/** How many jobs wait in a hub's queues, asked beside the hub. */
export interface Depth {
  look(): Promise<number>;
  close(): Promise<void>;
}

/** @param url postgres://… */
export function depthOf(url: string): Depth {
  const database = openPostgres(url);
  return {
    async look() {
      const queues = await readStats(database.knex);
      return queues.reduce((sum, { ready }) => sum + ready, 0);
    },
    close: () => database.close(),
  };
}
