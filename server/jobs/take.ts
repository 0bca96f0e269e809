import { setTimeout as delay } from 'node:timers/promises';
import type { PgBoss } from 'pg-boss';
import type { Log } from '../log.ts';
import { backoff } from './backoff.ts';
import { createClaims } from './claims.ts';
import type { JobHandlers } from './handlers.ts';
import { handBack } from './job-store.ts';
import type { Attempt } from './job-store.ts';
import type { BossDatabase } from './boss-database.ts';
import type { Pace } from './pace.ts';
import { createPerform } from './perform.ts';
import { freeSlots, sharesOf } from './slots.ts';
import { JOB_NAMES } from './queue.ts';
import type { JobName } from './queue.ts';
import { createSettling } from './settle.ts';

export interface Taker {
  /** Says that there may be jobs in a queue; undefined: in any. */
  wake(name: JobName | undefined): void;
  /** Why jobs cannot be taken or settled at the moment. */
  readonly fault: Error | undefined;
  /** Takes no more jobs, waits up to `graceMs` for those running, then aborts them and hands them back. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Takes jobs from all queues and runs them, at most `slots` at once. A queue is read when `wake` names it, and every `pollMs` in any
 * case. While the database is unavailable it tries again with a growing delay; running jobs continue.
 */
export function startTaking(deps: {
  boss: PgBoss;
  database: BossDatabase;
  handlers: JobHandlers;
  slots: number;
  pace: Pace;
  log: Log;
}): Taker {
  const { boss, database, handlers, slots, pace, log } = deps;
  const shares = sharesOf(slots);
  const stopping = new AbortController();
  /** Queues that may have jobs. */
  const wanted = new Set<JobName>(JOB_NAMES);
  let resume = (): void => undefined;
  let last = 0;
  let fault: Error | undefined;
  const claims = createClaims(boss, pace.heartbeatSeconds, log, () => resume());
  const perform = createPerform({
    handlers,
    settling: createSettling(boss),
    onFault: (error) => (fault = error),
    log,
  });

  function wake(name: JobName | undefined): void {
    for (const each of name === undefined ? JOB_NAMES : [name]) wanted.add(each);
    resume();
  }
  const poll = setInterval(() => wake(undefined), pace.pollMs);

  /** The next queue, in turn, that may have jobs and has a free slot; undefined: wait until that changes. */
  function next(): { name: JobName; free: number } | undefined {
    const running = claims.running();
    for (let step = 1; step <= JOB_NAMES.length; step += 1) {
      const at = (last + step) % JOB_NAMES.length;
      const name = JOB_NAMES[at];
      if (name === undefined || !wanted.has(name)) continue;
      const free = freeSlots(name, running, shares, slots);
      if (free === 0) continue;
      last = at;
      return { name, free };
    }
    return undefined;
  }

  async function takeAll(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const turn = next();
      if (turn === undefined) {
        await new Promise<void>((resolve) => (resume = resolve));
        continue;
      }
      // Before fetching, not after: a job that arrives meanwhile must be fetched too.
      wanted.delete(turn.name);
      try {
        await take(turn.name, turn.free);
        if (failures > 0) log.info('the job queue is back');
        failures = 0;
        fault = undefined;
      } catch (error) {
        wanted.add(turn.name);
        failures += 1;
        fault = error as Error;
        if (failures === 1) log.error({ err: error }, 'the job queue cannot take jobs; it goes on trying');
        await delay(backoff(failures), undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  async function take(name: JobName, most: number): Promise<void> {
    const jobs = await boss.fetch<object>(name, { batchSize: most, includeMetadata: true });
    if (jobs.length === most) wanted.add(name);
    if (stopping.signal.aborted && jobs.length > 0) {
      await giveBack(jobs.map(({ id, retryCount }) => ({ name, id, retryCount })));
      return;
    }
    for (const job of jobs)
      claims.add({ name, id: job.id, retryCount: job.retryCount }, (claim) => perform(job, claim));
  }

  const taking = takeAll();

  async function stop(graceMs: number): Promise<void> {
    clearInterval(poll);
    stopping.abort();
    resume();
    const under = (): Promise<unknown> => Promise.all([taking, ...[...claims.all].map(({ ended }) => ended)]);
    await within(graceMs, under());
    for (const { abort } of claims.all) abort.abort(new Error('The hub is being stopped.'));
    const left = [...claims.all].filter(({ isLost }) => !isLost);
    if (left.length > 0) {
      await within(pace.abortMs, under());
      await giveBack(left);
    }
    await claims.close();
  }

  async function giveBack(left: readonly Attempt[]): Promise<void> {
    try {
      const jobs = await handBack(database, left);
      if (jobs > 0) log.info({ jobs }, 'jobs under way were handed back');
    } catch (error) {
      log.warn(
        { err: error },
        'jobs under way could not be handed back; they are taken over when nobody reports them any more',
      );
    }
  }

  return {
    wake,
    get fault() {
      return fault;
    },
    stop,
  };
}

/** Waits for a promise, but at most `ms` milliseconds. */
async function within(ms: number, what: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  await Promise.race([what, delay(ms, undefined, { signal: over.signal }).catch(() => undefined)]);
  over.abort();
}
