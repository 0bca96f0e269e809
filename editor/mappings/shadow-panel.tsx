import { Badge, Button, Group, NativeSelect, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShadowedTask } from '../../server/contract/shadow.ts';
import { ErrorState } from '../parts/error-state.tsx';
import { ShadowTask } from './shadow-task.tsx';
import { changedFields, outcomesOf } from './shadow-summary.ts';
import { useShadow } from './use-shadow.ts';

/** What matters most comes first. */
const OUTCOMES = ['fails', 'changed', 'unknown', 'same'] as const satisfies ShadowedTask['outcome'][];
const COUNTS = [5, 10, 20, 50];

/** Tries the draft on the last real tasks, and shows what would change in their forms. */
export function ShadowPanel({ mappingId }: { mappingId: string }) {
  const { t } = useTranslation('versions');
  const [count, setCount] = useState(10);
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
          onChange={(event) => setCount(Number(event.currentTarget.value))}
          data={COUNTS.map(String)}
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
          {phase === 'done' &&
            error === undefined &&
            tasks.length > 0 &&
            t('shadow.result', { count: tasks.length })}
          {phase === 'done' && error === undefined && tasks.length === 0 && t('shadow.none')}
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
