import type { TaskSummary } from '../../server/contract/task.ts';

/** Whether a retry needs no look at the provider first: where a first call may have opened an approval, somebody decides by themselves. */
export const isSureToRetry = ({ status, reason }: TaskSummary): boolean =>
  status === 'failed' && reason?.code !== 'CREATE_UNKNOWN';

/** Why tasks failed: each code with how many have it, the most frequent first. */
export const reasonsOf = (tasks: readonly TaskSummary[]): [code: string, count: number][] =>
  [...Map.groupBy(tasks, ({ reason }) => reason?.code ?? '')]
    .map(([code, those]): [string, number] => [code, those.length])
    .sort(([, a], [, b]) => b - a);

interface Retrying {
  readonly retry: (task: TaskSummary) => Promise<unknown>;
  /** Told how many are done, from 0 on. */
  readonly tell: (done: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Retries tasks one after the other, until all are or it is stopped: each is a change of its own, which the audit record names.
 * @returns those that were refused, and why
 */
export async function retryInTurn(
  tasks: readonly TaskSummary[],
  { retry, tell, signal }: Retrying,
): Promise<{ taskId: string; why: string }[]> {
  const failures: { taskId: string; why: string }[] = [];
  for (const [index, task] of tasks.entries()) {
    if (signal.aborted) break;
    tell(index);
    try {
      await retry(task);
    } catch (error) {
      failures.push({ taskId: task.taskId, why: error instanceof Error ? error.message : String(error) });
    }
  }
  return failures;
}
