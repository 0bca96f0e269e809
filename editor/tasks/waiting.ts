import type { ApprovalShown } from '../../server/contract/approval.ts';
import type { TaskShown } from '../../server/contract/task.ts';

type Approver = ApprovalShown['approvers'][number];

/** Who or what a task waits for. `nobody`: it is over. */
export type Waiting =
  | {
      readonly for: 'people';
      readonly names: readonly string[];
      readonly decided: number;
      readonly all: number;
    }
  | { readonly for: 'opening' | 'search'; readonly nextTryAt?: string }
  /** Taken back by a person; the provider has not agreed yet. */
  | { readonly for: 'revoke'; readonly askedAt: string }
  /** The approval stands, but nobody has asked yet who decides. */
  | { readonly for: 'first look' }
  /** Everybody known has decided, and the provider has more to come. */
  | { readonly for: 'provider' }
  | { readonly for: 'nobody' };

/** What people call somebody: the name where it is known, else the id. */
export const nameOf = (person: {
  readonly userId?: string | null | undefined;
  userName?: string | null | undefined;
}): string => person.userName ?? person.userId ?? '';

/** Those who must decide, or have: whoever passed it on, or is not needed any more, does not count. */
const counts = ({ status }: Approver): boolean => status !== 'transferred' && status !== 'canceled';

/** Whether a task will not move any more by itself. A failed one may be retried. */
export const isOver = ({ status }: Pick<TaskShown, 'status'>): boolean =>
  status === 'approved' || status === 'rejected' || status === 'revoked';

/** Who or what a task waits for just now. */
export function waitingFor({ status, approval, opening, revokeRequestedAt }: TaskShown): Waiting {
  if (status === 'failed' || isOver({ status })) return { for: 'nobody' };
  if (status === 'submitted') {
    const { nextTryAt, state } = opening;
    return { for: state === 'sending' ? 'search' : 'opening', ...(nextTryAt !== undefined && { nextTryAt }) };
  }
  if (revokeRequestedAt !== undefined) return { for: 'revoke', askedAt: revokeRequestedAt };
  const approvers = (approval?.approvers ?? []).filter(counts);
  if (approvers.length === 0) return { for: 'first look' };
  const waited = approvers.filter((each) => each.status === 'pending');
  if (waited.length === 0) return { for: 'provider' };
  return {
    for: 'people',
    names: [...new Set(waited.map(nameOf))],
    decided: approvers.length - waited.length,
    all: approvers.length,
  };
}

/**
 * Whether the provider may have more to tell of a task than is shown: who decides was never asked, or something happened since.
 * @param newestEventAt when the last event of its approval came
 */
export function mayHaveMore(
  { status, approval, revokeRequestedAt }: TaskShown,
  newestEventAt: string | undefined,
): boolean {
  if (status !== 'pending' || approval?.status !== 'pending' || revokeRequestedAt !== undefined) return false;
  const { syncedAt } = approval;
  return syncedAt === undefined || Date.parse(newestEventAt ?? '') > Date.parse(syncedAt);
}

/** Acts that make it somebody else's turn. */
const TURNS: readonly string[] = ['approved', 'transferred', 'sent back', 'added an approver before'];

/** Since when those who are waited for have been: since the last one before them acted, or the approval was opened. */
export function waitingSince({ records, openedAt }: Pick<ApprovalShown, 'records' | 'openedAt'>): string {
  const turns = records.flatMap(({ action, at }) => (at != null && TURNS.includes(action) ? [at] : []));
  return [openedAt, ...turns].reduce((latest, at) => (Date.parse(at) > Date.parse(latest) ? at : latest));
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/**
 * How soon a task's page asks again. Quick while things happen, slower the longer nothing has; not at all once the task is over and the
 * provider has told who decided.
 * @param now in milliseconds
 * @returns milliseconds, or false for never
 */
export function askAgainAfter(task: TaskShown, now: number): number | false {
  const age = now - Date.parse(task.updatedAt);
  if (isOver(task)) {
    const { approval } = task;
    // The callback comes first, and the details some seconds later.
    const isTold = approval === null || Date.parse(approval.syncedAt ?? '') >= Date.parse(task.updatedAt);
    return isTold || age > 2 * MINUTE_MS ? false : 2 * SECOND_MS;
  }
  if (age < 2 * MINUTE_MS) return 2 * SECOND_MS;
  return age < 60 * MINUTE_MS ? 5 * SECOND_MS : 15 * SECOND_MS;
}
