import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownChannel } from '../../server/contract/channel.ts';
import type { Overview } from '../../server/contract/overview.ts';
import type { TaskSummary } from '../../server/contract/task.ts';
import { useRead } from '../api/queries.ts';
import type { PageOf } from '../api/queries.ts';
import { useMay } from '../app/session.tsx';
import { ErrorState } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { Page } from '../parts/page.tsx';
import { SubmitSample } from '../sample/submit-sample.tsx';
import { TourCard } from '../tour/tour-card.tsx';
import { useTour } from '../tour/tour.tsx';
import { attentionOf } from './attention.ts';
import { AttentionList } from './attention-list.tsx';
import { Counts } from './counts.tsx';
import { FirstSteps } from './first-steps.tsx';
import classes from './home.module.css';
import { LatestTasks } from './latest-tasks.tsx';
import { WaysOn } from './ways-on.tsx';

const EVERY_MS = 5_000;
const SELDOM_MS = 30_000;

/** What needs attention, how tasks stand, and where to go. */
export default function HomePage() {
  const { t } = useTranslation('home');
  const overview = useRead<Overview>('/overview', { everyMs: EVERY_MS });
  const tasks = useRead<PageOf<TaskSummary>>('/tasks?limit=8', { everyMs: EVERY_MS });
  const channels = useRead<PageOf<ShownChannel>>('/channels?limit=200', { everyMs: SELDOM_MS });
  const maySubmit = useMay('submitter');
  const [isSampleOpen, setSampleOpen] = useState(false);
  // While the tour is taken, its next step is the page's main action.
  const isOnTour = useTour().progress?.current !== undefined;
  const reads = [overview, tasks, channels];
  const failed = reads.find(({ data, error }) => data === undefined && error !== null);

  let content;
  if (failed !== undefined)
    content = <ErrorState error={failed.error} retry={() => reads.forEach((read) => void read.refetch())} />;
  else if (overview.data === undefined || tasks.data === undefined || channels.data === undefined)
    content = <LoadingState words={t('loading')} />;
  else if (channels.data.items.length === 0 && tasks.data.items.length === 0) content = <FirstSteps />;
  else
    content = (
      <div className={classes['home']}>
        <div className={classes['whole']}>
          <Counts tasks={overview.data.tasks} />
        </div>
        <Stack gap="md">
          <TourCard />
          <AttentionList items={attentionOf(overview.data, channels.data.items)} />
        </Stack>
        <Stack gap="md">
          <LatestTasks tasks={tasks.data.items} />
          <WaysOn simulators={overview.data.simulators} />
        </Stack>
      </div>
    );
  return (
    <Page
      title={t('title')}
      actions={
        maySubmit && (
          <Button variant={isOnTour ? 'default' : 'filled'} onClick={() => setSampleOpen(true)}>
            {t('submitSample')}
          </Button>
        )
      }
    >
      {content}
      <SubmitSample opened={isSampleOpen} onClose={() => setSampleOpen(false)} />
    </Page>
  );
}
