import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SubmitSample } from '../sample/submit-sample.tsx';
import type { Step } from './steps.ts';
import { useTour } from './tour.tsx';

/** The button that leads to where a step is done. */
export function StepAction({ step, size }: { step: Step; size: 'xs' | 'sm' }) {
  const { t } = useTranslation('tour');
  const { mappingId = '', simulatorPath, progress } = useTour();
  const [isSampleOpen, setSampleOpen] = useState(false);
  if (step === 'submit')
    return (
      <>
        <Button size={size} onClick={() => setSampleOpen(true)}>
          {t('submit.action')}
        </Button>
        <SubmitSample opened={isSampleOpen} onClose={() => setSampleOpen(false)} />
      </>
    );
  if (step === 'decide') {
    const { task } = progress ?? {};
    if (simulatorPath !== undefined)
      return (
        <Button
          size={size}
          component="a"
          href={simulatorPath}
          target="_blank"
          rightSection={<IconExternalLink size={14} aria-hidden />}
        >
          {t('decide.action')}
        </Button>
      );
    return task === undefined ? null : (
      <Button size={size} component={Link} to={`/tasks/${encodeURIComponent(task.taskId)}`}>
        {t('toTask')}
      </Button>
    );
  }
  return (
    <Button size={size} component={Link} to={`/mappings/${mappingId}?stage=create`}>
      {t('toMapping')}
    </Button>
  );
}
