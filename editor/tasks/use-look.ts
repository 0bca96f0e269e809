import { useDocumentVisibility } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Looked, TaskShown } from '../../server/contract/task.ts';
import { call } from '../api/client.ts';
import { refresh } from '../api/queries.ts';
import { pathOfTask } from './task-path.ts';
import { mayHaveMore } from './waiting.ts';

const AGAIN_MS = 60_000;
/** What was asked for is there within this time, or does not come. */
const ANSWERED_MS = 15_000;
const ANSWER_EVERY_MS = 1_000;

/**
 * Tells the hub that somebody reads of a task about which the provider may have more to say than is shown; the hub decides whether to
 * ask it. Nothing is told from a tab that nobody sees.
 * @param newestEventAt when the last event of the task's approval came
 * @returns whether the provider's first word is on its way
 */
export function useLook(task: TaskShown, newestEventAt: string | undefined): boolean {
  const isSeen = useDocumentVisibility() === 'visible';
  const enabled = isSeen && mayHaveMore(task, newestEventAt);
  const path = pathOfTask(task);
  const { approvalInstanceId, syncedAt } = task.approval ?? {};
  const { data, isPending, dataUpdatedAt } = useQuery({
    // Not by its path: what is refreshed is read again, and this is no reading.
    queryKey: ['look', path, approvalInstanceId, syncedAt === undefined ? 'first' : newestEventAt],
    queryFn: () => call<Looked>('POST', `${path}/look`),
    ...{ enabled, staleTime: AGAIN_MS, refetchInterval: AGAIN_MS, retry: false },
  });
  const isAsked = data?.asked === true && Date.now() - dataUpdatedAt < ANSWERED_MS;
  useEffect(() => {
    if (!enabled || !isAsked) return undefined;
    const timer = setInterval(() => void refresh(path), ANSWER_EVERY_MS);
    return () => clearInterval(timer);
  }, [enabled, isAsked, path]);
  return enabled && syncedAt === undefined && (data === undefined ? isPending : isAsked);
}
