import { Anchor, Button, Group, Progress, Text, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { pathOf, STEPS } from './steps.ts';
import { StepAction } from './step-action.tsx';
import classes from './tour.module.css';
import { useTour } from './tour.tsx';

/** The step that the tour is at, below the navigation: it goes along on every page but home, which shows the whole tour. */
export function TourStrip() {
  const { t } = useTranslation('tour');
  const { progress, hide } = useTour();
  const { pathname } = useLocation();
  if (progress === undefined || pathname === '/') return null;
  const { done, current, task } = progress;
  const count = { done: done.size, all: STEPS.length };
  return (
    <section className={classes['strip']} aria-label={t('title')}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="xs" c="dimmed">
          {t('progress', count)}
        </Text>
        <UnstyledButton onClick={hide} aria-label={t('hide')} title={t('hide')}>
          <IconX size={14} aria-hidden />
        </UnstyledButton>
      </Group>
      <Progress value={(done.size / STEPS.length) * 100} size="xs" my={6} aria-label={t('progress', count)} />
      <div role="status">
        <Text size="sm" fw={600}>
          {current === undefined ? t('doneTitle') : t(`${current}.title`)}
        </Text>
        <Text size="xs" my={4}>
          {current === undefined ? t('doneText') : t(`${current}.text`)}
        </Text>
      </div>
      {current === undefined ? (
        <Button size="xs" variant="default" onClick={hide}>
          {t('finish')}
        </Button>
      ) : (
        <StepAction step={current} />
      )}
      {task !== undefined && pathname !== pathOf(task) && (
        <Text size="xs" mt={6}>
          <Anchor component={Link} to={pathOf(task)}>
            {t('toTask')}
          </Anchor>
        </Text>
      )}
    </section>
  );
}
