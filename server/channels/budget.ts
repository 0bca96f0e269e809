import type { TracedCall } from '../contract/execution.ts';
import type { Execution } from '../executions/stage-run.ts';
import type { Provider } from '../providers/provider.ts';

export { addCalls, countCalls, budgetOf } from './budget-store.ts';

/** How many of the company's calls at the provider this channel used in a month, and how many it may use for looking. */
export interface Budget {
  /** `2026-11`, in UTC. */
  readonly month: string;
  /** The channel's monthlyCalls. */
  readonly limit: number;
  readonly used: number;
  /** Of `limit`: looks that nobody asked for. */
  readonly pollLimit: number;
  /** Of `pollLimit`: until the end of today, so that the month's last day has some. */
  readonly pollLimitToday: number;
  readonly polled: number;
}

/** Half of the calls are kept for opening, revoking, and what people ask for. */
const POLL_SHARE = 0.5;

/**
 * Works out the budget of a month.
 * @param counted.day the day of the month, from 1
 */
export function budgetFor(
  limit: number,
  counted: { month: string; day: number; days: number; calls: number; polls: number },
): Budget {
  const { month, day, days, calls, polls } = counted;
  const pollLimit = Math.floor(limit * POLL_SHARE);
  const pollLimitToday = Math.ceil((pollLimit * day) / days);
  return { month, limit, used: calls, pollLimit, pollLimitToday, polled: polls };
}

/** Whether the hub may look at the provider without having been asked to. */
export const mayPoll = ({ limit, used, pollLimitToday, polled }: Budget): boolean =>
  polled < pollLimitToday && used < limit;

/** Whether it may do so sooner than planned, for somebody who reads: until half of what it may use is used up. */
export const mayPollEarly = ({ limit, used, pollLimitToday, polled }: Budget): boolean =>
  2 * polled < pollLimitToday && 2 * used < limit;

/** The calls of a run that count against the provider's quota, as its provider.json tells (protocols/dingtalk.md §12). */
export function countedCalls(
  provider: Pick<Provider, 'countedPaths' | 'freeAnswers'>,
  execution: Execution,
): number {
  return execution.http.filter((call) => isCounted(provider, call)).length;
}

function isCounted(
  { countedPaths, freeAnswers }: Pick<Provider, 'countedPaths' | 'freeAnswers'>,
  { url, status, response, error }: TracedCall,
): boolean {
  const path = URL.parse(url)?.pathname ?? '';
  if (!countedPaths.some((part) => path.includes(part))) return false;
  // What the egress kept back never left. A call that got no answer may have been counted.
  if (status === 0 && error !== undefined && error.code !== 'HTTP_ERROR') return false;
  return response === null || !freeAnswers.some((words) => response.body.includes(words));
}
