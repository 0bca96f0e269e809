import { useEffect } from 'react';
import type { EventSummary } from '../../server/contract/event.ts';
import type { TaskShown } from '../../server/contract/task.ts';
import { useList } from '../api/queries.ts';
import type { ListQuery } from '../api/queries.ts';
import type { ExecutionHead } from '../executions/execution-columns.tsx';
import { useReadLive } from '../lists/use-read-live.ts';
import { pathOfTask } from './task-path.ts';
import { askAgainAfter } from './waiting.ts';

/** A task, kept up to date until it is over. */
export const useTask = (taskId: string) =>
  useReadLive<TaskShown>(pathOfTask({ taskId }), (task) => askAgainAfter(task, Date.now()));

/** What belongs to a task beside itself. */
export interface TaskWork {
  readonly runs: ListQuery<ExecutionHead>;
  readonly events: ListQuery<EventSummary>;
}

/** The API's longest page: nearly every task's runs fit into one, and the oldest are what the story needs. */
const LIMIT = 200;

/** The runs and events of a task, kept up to date as it is. */
export function useTaskWork(task: TaskShown): TaskWork {
  const { taskId, approval, timeline, updatedAt } = task;
  const everyMs = askAgainAfter(task, Date.now());
  const runs = useList<ExecutionHead>('/executions', { taskId, limit: LIMIT }, { everyMs });
  const events = useList<EventSummary>('/events', { taskId, limit: LIMIT }, { everyMs });
  const [readRuns, readEvents] = [runs.refetch, events.refetch];
  const state = [updatedAt, approval?.syncedAt, timeline.length].join(' ');
  useEffect(() => {
    // The last change of a task stops the clock; what it brought is read once more.
    void readRuns();
    void readEvents();
  }, [state, readRuns, readEvents]);
  return { runs, events };
}
