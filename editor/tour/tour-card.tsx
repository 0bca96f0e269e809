import { Anchor, Button, Group, Paper, Text, Title } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled, IconCircleDot } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { pathOf, STEPS } from './steps.ts';
import { StepAction } from './step-action.tsx';
import classes from './tour.module.css';
import { useTour } from './tour.tsx';

/** The whole tour, step by step, as the home page shows it. Shows nothing while the tour is not taken. */
export function TourCard() {
  const { t } = useTranslation('tour');
  const { progress, hide } = useTour();
  if (progress === undefined) return null;
  const { done, current, task } = progress;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="tour-title">
      <Group justify="space-between" align="flex-start" wrap="nowrap" mb="xs">
        <Title order={2} id="tour-title">
          {current === undefined ? t('doneTitle') : t('title')}
        </Title>
        <Button variant="subtle" size="compact-sm" onClick={hide} className={classes['hide']}>
          {current === undefined ? t('finish') : t('hide')}
        </Button>
      </Group>
      <Text mb="sm">{current === undefined ? t('doneText') : t('text')}</Text>
      <ol className={classes['steps']}>
        {STEPS.map((step) => {
          const state = done.has(step) ? 'done' : step === current ? 'current' : 'open';
          const Icon = { done: IconCircleCheckFilled, current: IconCircleDot, open: IconCircle }[state];
          return (
            <li
              key={step}
              data-state={state}
              {...(state === 'current' && { 'aria-current': 'step' as const })}
            >
              <Icon size={20} className={classes['mark']} aria-hidden />
              <div>
                <Text fw={state === 'current' ? 600 : 400}>
                  {t(`${step}.title`)}
                  {state === 'done' && <span className={classes['told']}> {t('stepDone')}</span>}
                </Text>
                {state === 'current' && (
                  <>
                    <Text size="sm" c="dimmed" my={4}>
                      {t(`${step}.text`)}
                    </Text>
                    <StepAction step={step} />
                  </>
                )}
              </div>
            </li>
          );
        })}
      </ol>
      {task !== undefined && (
        <Text size="sm" mt="sm">
          <Anchor component={Link} to={pathOf(task)}>
            {t('follow', { taskId: task.taskId })}
          </Anchor>
        </Text>
      )}
    </Paper>
  );
}
