import type { Trx } from '../db/database.ts';

/** The kinds of jobs and their data. Handlers must be safe to repeat. */
export interface JobData {
  /** Open a task's approval, or find out what became of an uncertain create call. */
  'open-approval': { approvalId: string };
  /** Run the callback stage for a stored event and apply its result. */
  'process-event': { eventId: string };
  /** Ask the provider where an approval stands. `why` is for the timeline. */
  'sync-approval': { approvalId: string; why: 'poll' | 'terminal' | 'confirm' | 'contradiction' | 'revoke' };
  /** Revoke an approval at the provider. */
  'revoke-approval': { approvalId: string };
}
export type JobName = keyof JobData;
export const JOB_NAMES: readonly JobName[] = [
  'open-approval',
  'process-event',
  'sync-approval',
  'revoke-approval',
];

/** Puts jobs into the queue, in the transaction that stores what caused them. */
export interface JobQueue {
  /** @param options.afterMs earliest start, in milliseconds from now */
  enqueue<N extends JobName>(
    trx: Trx,
    name: N,
    data: JobData[N],
    options?: { afterMs?: number },
  ): Promise<void>;
  /** Many at once, in one statement. */
  enqueueAll<N extends JobName>(trx: Trx, name: N, data: readonly JobData[N][]): Promise<void>;
}
