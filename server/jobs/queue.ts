import type { Trx } from '../db/database.ts';

/** What waits to be done, and what it is about. Handlers must be safe to repeat. */
export interface JobData {
  /** Open the approval of a task, or find out what became of an uncertain create. */
  'open-approval': { approvalId: string };
  /** Run the callback stage of a stored event and apply what it says. */
  'process-event': { eventId: string };
  /** Ask the provider where an approval stands. `why` is for the timeline. */
  'sync-approval': { approvalId: string; why: 'poll' | 'terminal' | 'confirm' | 'contradiction' | 'revoke' };
  /** Take an approval back at the provider. */
  'revoke-approval': { approvalId: string };
}
export type JobName = keyof JobData;
export const JOB_NAMES: readonly JobName[] = [
  'open-approval',
  'process-event',
  'sync-approval',
  'revoke-approval',
];

/** Puts jobs into the queue, in the transaction of the fact that they follow from. */
export interface JobQueue {
  /** @param afterMs not before so many milliseconds from now */
  enqueue<N extends JobName>(
    trx: Trx,
    name: N,
    data: JobData[N],
    options?: { afterMs?: number },
  ): Promise<void>;
  /** Many at once, in one statement. */
  enqueueAll<N extends JobName>(trx: Trx, name: N, data: readonly JobData[N][]): Promise<void>;
}
