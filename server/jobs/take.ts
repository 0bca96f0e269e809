import { setTimeout as delay } from 'node:timers/promises';
import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { Log } from '../log.ts';
import { backoff } from './backoff.ts';
import { createClaims } from './claims.ts';
import type { Claim } from './claims.ts';
import type { JobHandlers, JobRun } from './handlers.ts';
import { handBack } from './job-store.ts';
import type { Attempt } from './job-store.ts';
import type { BossDatabase } from './boss-database.ts';
import type { Pace } from './pace.ts';
import { freePlaces, sharesOf } from './places.ts';
import { JOB_NAMES } from './queue.ts';
import type { JobName } from './queue.ts';
import { createSettling } from './settle.ts';

export interface Taker {
  /** There may be something in a queue; undefined: in any. */
  wake(name: JobName | undefined): void;
  /** Why jobs cannot be taken or settled at the moment. */
  readonly fault: Error | undefined;
  /** Takes nothing more, waits so long for what is under way, then aborts it and hands it back. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Takes jobs and has them done, so many at once, from all queues. A queue is looked into when somebody says so, and every
 * `pollMs` in any case. While the database is away it tries again, ever more slowly; what is under way goes on.
 */
export function startTaking(deps: {
  boss: PgBoss;
  database: BossDatabase;
  handlers: JobHandlers;
  places: number;
  pace: Pace;
  log: Log;
}): Taker {
  const { boss, database, handlers, places, pace, log } = deps;
  const shares = sharesOf(places);
  const settling = createSettling(boss);
  const stopping = new AbortController();
  /** Queues that may have something. */
  const wanted = new Set<JobName>(JOB_NAMES);
  let resume = (): void => undefined;
  let last = 0;
  let fault: Error | undefined;
  const claims = createClaims(boss, pace.heartbeatSeconds, log, () => resume());

  function wake(name: JobName | undefined): void {
    for (const each of name === undefined ? JOB_NAMES : [name]) wanted.add(each);
    resume();
  }
  const poll = setInterval(() => wake(undefined), pace.pollMs);

  /** The next queue in turn that may have something and has a place; undefined: wait until that changes. */
  function next(): { name: JobName; free: number } | undefined {
    const running = claims.running();
    for (let step = 1; step <= JOB_NAMES.length; step += 1) {
      const at = (last + step) % JOB_NAMES.length;
      const name = JOB_NAMES[at];
      if (name === undefined || !wanted.has(name)) continue;
      const free = freePlaces(name, running, shares, places);
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
      // Before the question, not after: what comes in meanwhile must be asked for again.
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
      claims.add({ name, id: job.id, retryCount: job.retryCount }, (claim) => work(job, claim));
  }

  async function work(job: JobWithMetadata, claim: Claim): Promise<void> {
    const { signal } = claim.abort;
    const attempt = job.retryCount + 1;
    const last = job.retryCount >= job.retryLimit;
    // What stands in a queue was put in by createQueue(), whose types keep names and data together.
    const handle = handlers[claim.name] as (data: object, run: JobRun) => Promise<void>;
    let end: () => Promise<boolean>;
    try {
      await handle(job.data, { signal, attempt, last });
      end = () => settling.complete(claim);
    } catch (error) {
      // Who was told to stop and did so has not failed.
      if (signal.aborted) return;
      const message = last
        ? 'a job failed for the last time and is given up'
        : 'a job failed and is tried again';
      log.error({ job: claim.name, jobId: job.id, ...job.data, attempt, err: error }, message);
      end = () => settling.fail(claim, error);
    }
    await settle(claim, end);
  }

  /** Until it is written, or the job is somebody else's. */
  async function settle(claim: Claim, write: () => Promise<boolean>): Promise<void> {
    claim.isSettling = true;
    for (let failures = 1; !claim.isLost; failures += 1) {
      try {
        if (!(await write()))
          log.warn(
            { job: claim.name, jobId: claim.id },
            'a job had been given to another process when it ended here',
          );
        return;
      } catch (error) {
        fault = error as Error;
        log.warn({ err: error, job: claim.name, jobId: claim.id }, 'the end of a job could not be written');
        await delay(backoff(failures), undefined, { signal: claim.abort.signal }).catch(() => undefined);
        if (claim.abort.signal.aborted) return;
      }
    }
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

/** Waits for something, but not longer than so many milliseconds. */
async function within(ms: number, what: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  await Promise.race([what, delay(ms, undefined, { signal: over.signal }).catch(() => undefined)]);
  over.abort();
}
