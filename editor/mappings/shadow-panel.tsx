import { Badge, Button, Group, NativeSelect, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShadowedTask } from '../../server/contract/shadow.ts';
import { withQuery } from '../api/client.ts';
import { useRead } from '../api/queries.ts';
import type { PageOf } from '../api/queries.ts';
import { ErrorState } from '../parts/error-state.tsx';
import { ShadowTask } from './shadow-task.tsx';
import { changedFields, outcomesOf } from './shadow-summary.ts';
import { useShadow } from './use-shadow.ts';

/** What matters most comes first. */
const OUTCOMES = ['fails', 'changed', 'unknown', 'same'] as const satisfies ShadowedTask['outcome'][];
const COUNTS = [5, 10, 20, 50];
const MOST = 50;

/** Tries the draft on the last real tasks, and shows what would change in their forms; says so when there are none. */
export function ShadowPanel({ mappingId }: { mappingId: string }) {
  const { t } = useTranslation('versions');
  const opened = useRead<PageOf<unknown>>(
    withQuery('/executions', { mappingId, stage: 'create', kind: 'live', ok: true, limit: MOST }),
  );
  if (opened.isPending)
    return (
      <Text size="sm" c="dimmed" role="status">
        {t('shadow.looking')}
      </Text>
    );
  if (opened.isError) return <ErrorState error={opened.error} retry={() => void opened.refetch()} />;
  const { length } = opened.data.items;
  return length === 0 ? <Text size="sm">{t('shadow.none')}</Text> : <ShadowRun {...{ mappingId, length }} />;
}

/** @param props.length how many tasks there are, as far as a run may go */
function ShadowRun({ mappingId, length }: { mappingId: string; length: number }) {
  const { t } = useTranslation('versions');
  const counts = [...COUNTS.filter((each) => each < length), length];
  const [wish, setWish] = useState(10);
  const count = Math.min(wish, length);
  const { shadow, run, stop } = useShadow(mappingId);
  const { phase, tasks, wanted, error } = shadow;
  const isRunning = phase === 'running';
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {t('shadow.text')}
      </Text>
      <Group gap="xs" align="end">
        <NativeSelect
          size="xs"
          w={90}
          label={t('shadow.count')}
          value={String(count)}
          onChange={(event) => setWish(Number(event.currentTarget.value))}
          data={counts.map(String)}
        />
        {isRunning ? (
          <Button size="xs" variant="default" onClick={stop}>
            {t('shadow.cancel')}
          </Button>
        ) : (
          <Button size="xs" variant="default" onClick={() => void run(count)}>
            {t('shadow.run', { count })}
          </Button>
        )}
        <Text size="sm" role="status">
          {isRunning && t('shadow.progress', { done: tasks.length, wanted })}
          {phase === 'stopped' && t('shadow.stopped')}
          {phase === 'done' && error === undefined && t('shadow.result', { count: tasks.length })}
        </Text>
      </Group>
      {isRunning && (
        <Progress
          size="sm"
          value={(100 * tasks.length) / wanted}
          aria-label={t('shadow.title')}
          transitionDuration={100}
        />
      )}
      {error !== undefined && <ErrorState error={error} retry={() => void run(count)} />}
      {tasks.length > 0 && <Summary tasks={tasks} />}
      {tasks.map((task) => (
        <ShadowTask key={task.executionId} task={task} />
      ))}
    </Stack>
  );
}

function Summary({ tasks }: { tasks: readonly ShadowedTask[] }) {
  const { t } = useTranslation('versions');
  const outcomes = outcomesOf(tasks);
  const fields = changedFields(tasks);
  return (
    <Stack gap={4}>
      <Group gap="md">
        {OUTCOMES.filter((outcome) => outcomes.has(outcome)).map((outcome) => (
          <Text key={outcome} size="sm">
            <b>{outcomes.get(outcome)}</b> {t(`shadow.outcome.${outcome}`)}
          </Text>
        ))}
      </Group>
      {fields.length > 0 && (
        <Group gap={6}>
          <Text size="sm">{t('shadow.byField')}:</Text>
          {fields.map(({ name, isBeside, tasks: count }) => (
            <Badge key={`${isBeside} ${name}`} variant="outline" color="gray" tt="none">
              <Text inherit span c="var(--mantine-color-text)">
                {name} · {t('shadow.inTasks', { count })}
              </Text>
            </Badge>
          ))}
        </Group>
      )}
    </Stack>
  );
}
