import type { JobData, JobName } from './queue.ts';

/** What a handler gets besides the job's data. */
export interface JobRun {
  /** Aborted when the job no longer belongs to this process: it was given to another one, or this one stops. */
  readonly signal: AbortSignal;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Whether this is the last attempt. */
  readonly last: boolean;
}

/** The handler of each queue. A job whose handler throws is tried again later; all must be safe to repeat. */
export type JobHandlers = { readonly [N in JobName]: (data: JobData[N], job: JobRun) => Promise<void> };
