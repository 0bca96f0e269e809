import type { JobData, JobName } from './queue.ts';

/** What a handler is told of the job beside its data. */
export interface JobRun {
  /** Aborted when the job is not this process's any more: it was given to another one, or this one stops. */
  readonly signal: AbortSignal;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Whether no further try follows. */
  readonly last: boolean;
}

/** Who does the jobs, by queue. One that throws is tried again later; all must be safe to repeat. */
export type JobHandlers = { readonly [N in JobName]: (data: JobData[N], job: JobRun) => Promise<void> };
