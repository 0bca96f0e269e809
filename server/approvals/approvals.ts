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

/** The life of approvals: the job handlers, and what the hub does by itself. */
export interface Approvals {
  /** Handlers, see JobHandlers; each safe to repeat and to run twice at once. */
  open(data: JobData['open-approval'], job: JobRun): Promise<void>;
  sync(data: JobData['sync-approval'], job: JobRun): Promise<void>;
  revoke(data: JobData['revoke-approval'], job: JobRun): Promise<void>;
  /** To be called every `waits.tick`, in any number of processes. */
  tick(): Promise<void>;
  /**
   * Polls an approval soon because somebody is reading its page, if there may be news and the channel's budget allows it.
   * @returns whether it will be polled
   */
  lookSoon(approvalId: string): Promise<boolean>;
  /** Syncs now, for a person who waits for the answer. Never rejects because of the provider. */
  syncNow(approvalId: string, options: { signal: AbortSignal; runBy: string }): Promise<SyncEnd>;
}

/**
 * @param given.random 0 to 1, to spread what would happen at the same moment
 * @param given.monotonic milliseconds on a clock that never goes back
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
