import type { PgBoss } from 'pg-boss';
import type { Log } from '../log.ts';
import { settledIds } from './settle.ts';
import type { Attempt } from './job-store.ts';
import { JOB_NAMES } from './queue.ts';
import type { Running } from './slots.ts';

/** A job that this process has taken and is running. */
export interface Claim extends Attempt {
  readonly abort: AbortController;
  /** Resolves when this process is done with it. */
  readonly ended: Promise<undefined>;
  /** performance.now() when it was last known to belong to this process. */
  heldAt: number;
  /** Its end is being stored: a heartbeat that does not find it then proves nothing. */
  isSettling: boolean;
  isLost: boolean;
}

/** The jobs running in this process. Sends heartbeats for them, and aborts a handler whose job was given to another process. */
export interface Claims {
  readonly all: ReadonlySet<Claim>;
  running(): Running;
  /** Adds one. `work` runs it and stores how it ended; it never rejects. */
  add(attempt: Attempt, work: (claim: Claim) => Promise<void>): void;
  close(): Promise<void>;
}

/**
 * @param heartbeatSeconds a job without a heartbeat for this long may be taken by any process
 * @param ended called when a slot becomes free
 */
export function createClaims(boss: PgBoss, heartbeatSeconds: number, log: Log, ended: () => void): Claims {
  const all = new Set<Claim>();
  let beating: Promise<undefined> | undefined;
  const timer = setInterval(
    () => {
      // One at a time, however slow the database is.
      beating ??= beat().then(() => (beating = undefined));
    },
    (heartbeatSeconds * 1_000) / 3,
  );

  function lose(claim: Claim): void {
    claim.isLost = true;
    log.warn(
      { job: claim.name, jobId: claim.id },
      'a job was given to another process; this one stops working on it',
    );
    claim.abort.abort(new Error('The job was given to another process.'));
  }

  async function beat(): Promise<void> {
    for (const name of JOB_NAMES) {
      const claims = [...all].filter((claim) => claim.name === name && !claim.isLost);
      if (claims.length === 0) continue;
      const askedAt = performance.now();
      let held: ReadonlySet<string>;
      try {
        held = settledIds(
          await boss.touch(
            name,
            claims.map(({ id, retryCount }) => ({ id, retryCount })),
          ),
        );
      } catch (error) {
        log.debug({ err: error, job: name }, 'jobs could not be reported as alive');
        const since = performance.now() - heartbeatSeconds * 1_000;
        for (const claim of claims) if (claim.heldAt < since && all.has(claim)) lose(claim);
        continue;
      }
      for (const claim of claims) {
        if (held.has(claim.id)) claim.heldAt = askedAt;
        else if (all.has(claim) && !claim.isSettling) lose(claim);
      }
    }
  }

  return {
    all,
    running() {
      const count = { 'open-approval': 0, 'process-event': 0, 'sync-approval': 0, 'revoke-approval': 0 };
      for (const { name } of all) count[name] += 1;
      return count;
    },
    add(attempt, work) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const claim: Claim = {
        ...attempt,
        abort: new AbortController(),
        ended: promise,
        heldAt: performance.now(),
        isSettling: false,
        isLost: false,
      };
      all.add(claim);
      void work(claim).finally(() => {
        all.delete(claim);
        resolve(undefined);
        ended();
      });
    },
    async close() {
      clearInterval(timer);
      await beating;
    },
  };
}
