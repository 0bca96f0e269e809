import type { TaskStatus } from '../contract/task.ts';
import type { ApprovalStatus, StageResult } from '../contract/stage.ts';

/** What a callback or a sync says of an approval. */
export interface News {
  readonly source: 'callback' | 'sync';
  readonly status: ApprovalStatus;
  /** Whether the callback script is exactly the provider's default one. A sync is always trusted. */
  readonly trusted: boolean;
  /** When it happened, as the provider says: ISO 8601. */
  readonly at?: string | undefined;
  readonly eventId?: string | undefined;
  readonly title?: string | undefined;
  readonly form?: StageResult<'sync'>['form'];
  readonly records?: StageResult<'sync'>['records'];
  readonly approvers?: StageResult<'sync'>['approvers'];
}

/**
 * What follows from news. `ask`: sync with the provider before anything changes. `note`: nothing changes, but a person should
 * know, because the provider contradicts what it said before.
 */
export type Decision =
  | { readonly do: 'nothing' }
  | { readonly do: 'move'; readonly to: ApprovalStatus }
  | { readonly do: 'ask'; readonly why: 'confirm' | 'contradiction' }
  | { readonly do: 'note' };

/** Final statuses. `failed` is not one: such a task may be retried, and news of its approval may still change it. */
export const isTerminal = (status: TaskStatus): boolean =>
  status === 'approved' || status === 'rejected' || status === 'revoked';

/**
 * The state machine of a task whose approval is linked. It does not depend on the order of news, so that late, repeated and reordered
 * ones do no harm: final statuses never change, a callback that contradicts one leads to a sync, and only a sync or a default callback
 * script can approve a task.
 * @param status the task's present status
 */
export function decide(status: TaskStatus, news: Pick<News, 'source' | 'status' | 'trusted'>): Decision {
  if (status === news.status) return { do: 'nothing' };
  const bySync = news.source === 'sync';
  // Late, or read before the decision: a decided approval never becomes pending again.
  if (isTerminal(status) && news.status === 'pending') return { do: 'nothing' };
  if (isTerminal(status)) return bySync ? { do: 'note' } : { do: 'ask', why: 'contradiction' };
  if (bySync) return { do: 'move', to: news.status };
  // The task failed because the approval was gone at the provider: a late event does not prove that it exists.
  if (status === 'failed' && news.status === 'pending') return { do: 'ask', why: 'confirm' };
  if (news.status === 'approved' && !news.trusted) return { do: 'ask', why: 'confirm' };
  return { do: 'move', to: news.status };
}
