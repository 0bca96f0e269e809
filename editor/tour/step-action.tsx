import { Button } from '@mantine/core';
import type { ButtonProps } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { TaskShown } from '../../server/contract/task.ts';
import { useRead } from '../api/queries.ts';
import { SubmitSample } from '../sample/submit-sample.tsx';
import { pathOf } from './steps.ts';
import type { Step, TourTask } from './steps.ts';
import { useTour } from './tour.tsx';

const SIZE = { size: 'xs', px: 'xs', maw: '100%' } satisfies ButtonProps;

/** The button that leads to where a step is done; none where the person is there already. */
export function StepAction({ step }: { step: Step }) {
  const { progress } = useTour();
  if (step === 'submit') return <SubmitAction />;
  if (step !== 'decide') return <MappingAction />;
  return progress?.task === undefined ? null : <DecideAction task={progress.task} />;
}

function MappingAction() {
  const { t } = useTranslation('tour');
  const { mappingId = '' } = useTour();
  const { pathname } = useLocation();
  const mapping = `/mappings/${mappingId}`;
  if (pathname === mapping) return null;
  return (
    <Button {...SIZE} component={Link} to={`${mapping}?stage=create`}>
      {t('toMapping')}
    </Button>
  );
}

function SubmitAction() {
  const { t } = useTranslation('tour');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button {...SIZE} onClick={() => setOpen(true)}>
        {t('submit.action')}
      </Button>
      <SubmitSample opened={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

const SOON_MS = 2_000;

/** Leads to the task's own approval: the test before has opened one of the same name. */
function DecideAction({ task }: { task: TourTask }) {
  const { t } = useTranslation('tour');
  const { simulatorPath } = useTour();
  const { data } = useRead<TaskShown>(pathOf(task), {
    everyMs: SOON_MS,
    enabled: simulatorPath !== undefined && task.status !== 'failed',
  });
  if (simulatorPath === undefined)
    return (
      <Button {...SIZE} component={Link} to={pathOf(task)}>
        {t('toTask')}
      </Button>
    );
  const instanceId = data?.approval?.approvalInstanceId;
  return (
    <Button
      {...SIZE}
      component="a"
      href={`${simulatorPath}${instanceId === undefined ? '' : `#instance-${encodeURIComponent(instanceId)}`}`}
      target="_blank"
      rightSection={<IconExternalLink size={14} aria-hidden />}
    >
      {t('decide.action')}
    </Button>
  );
}
