import type { JobRun } from '../jobs/handlers.ts';
import type { JobData } from '../jobs/queue.ts';
import type { ApprovalDeps } from './deps.ts';
import { lookForDue } from './due.ts';
import { lookSoon } from './look-soon.ts';
import { openApproval } from './open.ts';
import { revokeApproval } from './revoke.ts';
import { syncJob } from './sync-job.ts';
import { syncApproval } from './sync.ts';
import type { SyncEnd } from './sync.ts';

export type { ApprovalDeps } from './deps.ts';
export type { SyncEnd } from './sync.ts';

/** The life of approvals: what the queue's jobs do, and what is looked for by itself. */
export interface Approvals {
  /** Handlers, see JobHandlers; each safe to repeat and to run twice at once. */
  open(data: JobData['open-approval'], job: JobRun): Promise<void>;
  sync(data: JobData['sync-approval'], job: JobRun): Promise<void>;
  revoke(data: JobData['revoke-approval'], job: JobRun): Promise<void>;
  /** To be called every `waits.tick`, in any number of processes. */
  tick(): Promise<void>;
  /**
   * Somebody reads of an approval: has the provider asked soon if it has more to tell, as far as the channel's budget is ample.
   * @returns whether it will be asked
   */
  lookSoon(approvalId: string): Promise<boolean>;
  /** Asks the provider now, for a person who waits for it. Never rejects for what the provider does. */
  syncNow(approvalId: string, options: { signal: AbortSignal; runBy: string }): Promise<SyncEnd>;
}

/**
 * @param deps.random 0 to 1, to spread what would come at the same moment
 * @param deps.monotonic milliseconds on a clock that never goes back
 */
export function createApprovals(
  given: Omit<ApprovalDeps, 'random' | 'monotonic'> & Partial<Pick<ApprovalDeps, 'random' | 'monotonic'>>,
): Approvals {
  const deps: ApprovalDeps = { random: Math.random, monotonic: () => performance.now(), ...given };
  return {
    open: ({ approvalId }, { signal }) => openApproval(deps, approvalId, signal),
    sync: (data, job) => syncJob(deps, data, job),
    revoke: ({ approvalId }, { signal }) => revokeApproval(deps, approvalId, signal),
    tick: () => lookForDue(deps),
    lookSoon: (approvalId) => lookSoon(deps, approvalId),
    syncNow: (approvalId, options) => syncApproval(deps, approvalId, 'asked', options),
  };
}
