import { Button, List, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskSummary } from '../../server/contract/task.ts';
import { call, withQuery } from '../api/client.ts';
import { refresh } from '../api/queries.ts';
import type { PageOf } from '../api/queries.ts';
import type { Filters } from '../lists/use-filters.ts';
import { useConfirm } from '../parts/confirm.tsx';
import { showDone, showTrouble } from '../parts/notify.ts';
import { isSureToRetry, reasonsOf, retryInTurn } from './retry-many.ts';
import { pathOfTask } from './task-path.ts';

/** So many at a time: enough for an outage, and a person still knows what they are about to do. */
const MOST = 200;

/** Tries all failed tasks again that the list's filters find, one after the other; pressed again it stops. */
export function RetryAll({ filters }: { filters: Filters<'status' | 'taskType' | 'q'> }) {
  const { t } = useTranslation('tasks');
  const confirm = useConfirm();
  const [done, setDone] = useState<number>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const retry = async (): Promise<void> => {
    const { items } = await call<PageOf<TaskSummary>>(
      'GET',
      withQuery('/tasks', { ...filters, limit: MOST }),
    );
    const sure = items.filter(isSureToRetry);
    const unsure = items.length - sure.length;
    const text = (
      <>
        <Text>{t('retryAll.text')}</Text>
        <List size="sm" my="sm" aria-label={t('retryAll.reasons')}>
          {reasonsOf(sure).map(([code, count]) => (
            <List.Item key={code}>
              <code>{code}</code> · {count}
            </List.Item>
          ))}
        </List>
        {unsure > 0 && <Text size="sm">{t('retryAll.unsure', { count: unsure })}</Text>}
      </>
    );
    const title = t('retryAll.title', { count: sure.length });
    if (sure.length === 0) {
      showDone(t('retryAll.none'));
      return;
    }
    if ((await confirm({ title, text, confirm: t('retryDo') })) === false) return;
    const mine = new AbortController();
    running.current = mine;
    const failures = await retryInTurn(sure, {
      retry: (task) => call('POST', `${pathOfTask(task)}/retry`),
      tell: setDone,
      signal: mine.signal,
    });
    await refresh('/tasks', '/executions', '/overview');
    const [first] = failures;
    if (first !== undefined)
      throw new Error(t('retryAll.failed', { count: failures.length, taskId: first.taskId, why: first.why }));
    showDone(t(mine.signal.aborted ? 'retryAll.stopped' : 'retryAll.done'));
  };
  const isRunning = done !== undefined;
  return (
    <Button
      variant="default"
      onClick={() => {
        if (isRunning) running.current?.abort();
        else
          retry()
            .catch(showTrouble)
            .finally(() => setDone(undefined));
      }}
    >
      {isRunning ? t('retryAll.running', { count: done }) : t('retryAll.action')}
    </Button>
  );
}
