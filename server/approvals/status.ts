import type { TaskStatus } from '../contract/task.ts';
import type { ApprovalStatus, StageResult } from '../contract/stage.ts';

/** What an event or a look at the provider says of an approval. */
export interface News {
  readonly source: 'callback' | 'sync';
  readonly status: ApprovalStatus;
  /** The callback script is the provider's default one, letter by letter. What a sync says is always believed. */
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
 * What follows from news. `ask`: the provider is asked before anything changes. `note`: nothing changes, but a person should
 * know, for the provider contradicts what it said before.
 */
export type Decision =
  | { readonly do: 'nothing' }
  | { readonly do: 'move'; readonly to: ApprovalStatus }
  | { readonly do: 'ask'; readonly why: 'confirm' | 'contradiction' }
  | { readonly do: 'note' };

/** Statuses that end a task. A failed one may still move: it may be retried, and news of its approval tells where it really stands. */
export const isTerminal = (status: TaskStatus): boolean =>
  status === 'approved' || status === 'rejected' || status === 'revoked';

/**
 * The state machine of a task whose approval is linked: order-insensitive, so that late, repeated and reordered news do no harm.
 * Terminal states absorb; a callback that contradicts one makes the hub ask; only what a sync or a default callback script says
 * can approve a task.
 * @param status where the task stands
 */
export function decide(status: TaskStatus, news: Pick<News, 'source' | 'status' | 'trusted'>): Decision {
  if (status === news.status) return { do: 'nothing' };
  const bySync = news.source === 'sync';
  // Late, or asked before the decision: an approval that was decided is never undecided again.
  if (isTerminal(status) && news.status === 'pending') return { do: 'nothing' };
  if (isTerminal(status)) return bySync ? { do: 'note' } : { do: 'ask', why: 'contradiction' };
  if (bySync) return { do: 'move', to: news.status };
  // A task failed because the provider did not know its approval any more: a late event is no proof that it does.
  if (status === 'failed' && news.status === 'pending') return { do: 'ask', why: 'confirm' };
  if (news.status === 'approved' && !news.trusted) return { do: 'ask', why: 'confirm' };
  return { do: 'move', to: news.status };
}
