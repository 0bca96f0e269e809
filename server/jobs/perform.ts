import { setTimeout as delay } from 'node:timers/promises';
import type { JobWithMetadata } from 'pg-boss';
import type { Log } from '../log.ts';
import { backoff } from './backoff.ts';
import type { Claim } from './claims.ts';
import type { JobHandlers, JobRun } from './handlers.ts';
import type { Settling } from './settle.ts';

/**
 * Makes the function that runs one claimed job and stores how it ended. It never rejects.
 * @param deps.onFault told when the end of a job cannot be stored
 */
export function createPerform(deps: {
  handlers: JobHandlers;
  settling: Settling;
  onFault: (error: Error) => void;
  log: Log;
}): (job: JobWithMetadata, claim: Claim) => Promise<void> {
  const { handlers, settling, onFault, log } = deps;

  async function perform(job: JobWithMetadata, claim: Claim): Promise<void> {
    const { signal } = claim.abort;
    const attempt = job.retryCount + 1;
    const last = job.retryCount >= job.retryLimit;
    // createQueue() puts jobs in, and its types keep names and data together.
    const handle = handlers[claim.name] as (data: object, run: JobRun) => Promise<void>;
    let end: () => Promise<boolean>;
    try {
      await handle(job.data, { signal, attempt, last });
      end = () => settling.complete(claim);
    } catch (error) {
      // A handler that was aborted and stopped has not failed.
      if (signal.aborted) return;
      const message = last
        ? 'a job failed for the last time and is given up'
        : 'a job failed and is tried again';
      log.error({ job: claim.name, jobId: job.id, ...job.data, attempt, err: error }, message);
      end = () => settling.fail(claim, error);
    }
    await settle(claim, end);
  }

  /** Tries to store the end of a job until that succeeds or the job belongs to another process. */
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
        onFault(error as Error);
        log.warn({ err: error, job: claim.name, jobId: claim.id }, 'the end of a job could not be written');
        await delay(backoff(failures), undefined, { signal: claim.abort.signal }).catch(() => undefined);
        if (claim.abort.signal.aborted) return;
      }
    }
  }

  return perform;
}
