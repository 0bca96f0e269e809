import { Button, Loader, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleX,
  IconClockFilled,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RunFigures } from '../../parts/run-result-figures.tsx';
import { Elapsed, useNow } from './elapsed.tsx';
import { currentStep } from './run-round.ts';
import type { Round, Step, StepState } from './run-round.ts';
import classes from './test-panel.module.css';

export interface RunStatusProps {
  readonly round: Round | undefined;
  readonly isCancelling: boolean;
  /** The step whose result is shown. */
  readonly shown: number;
  readonly onShow: (step: number) => void;
  readonly onCancel: () => void;
}

/** What runs, since when, and how to end it; afterwards what it used up. Of a chain, its stages with what became of each. */
export function RunStatus({ round, isCancelling, shown, onShow, onCancel }: RunStatusProps) {
  const { t } = useTranslation('test');
  const running = round === undefined ? undefined : currentStep(round);
  const step = round?.steps[shown];
  return (
    <div>
      {round !== undefined && round.steps.length > 1 && (
        <ol className={classes['steps']} aria-label={t('steps')}>
          {round.steps.map(({ stage, state }, index) => (
            <li key={stage}>
              <UnstyledButton
                className={classes['step']}
                data-state={state}
                aria-pressed={index === shown}
                onClick={() => onShow(index)}
              >
                <StepIcon state={state} />
                {t(`stages.${stage}`)}
                <StepWord state={state} />
              </UnstyledButton>
            </li>
          ))}
        </ol>
      )}
      <div className={classes['status']}>
        {running !== undefined && round !== undefined ? (
          <>
            <Loader size={14} aria-hidden />
            <Text span size="sm">
              <Progress round={round} step={running} />
            </Text>
            {running.startedAt !== undefined && <Elapsed since={running.startedAt} />}
            <Button size="compact-xs" variant="default" aria-disabled={isCancelling} onClick={onCancel}>
              {isCancelling ? t('cancelling') : t('cancel')}
            </Button>
          </>
        ) : (
          step?.run !== undefined && <RunFigures run={step.run} />
        )}
      </div>
    </div>
  );
}

function Progress({ round, step }: { round: Round; step: Step }) {
  const { t } = useTranslation('test');
  const { stage, state, againAt } = step;
  if (state === 'resting' && againAt !== undefined) return <Countdown stage={stage} until={againAt} />;
  const count = round.steps.length;
  return count === 1
    ? t('progress.running', { stage })
    : t('progress.runningOf', { stage, at: round.steps.indexOf(step) + 1, count });
}

function Countdown({ stage, until }: { stage: string; until: number }) {
  const { t } = useTranslation('test');
  const seconds = Math.max(0, Math.ceil((until - useNow()) / 1_000));
  return t('progress.resting', { stage, seconds });
}

const ICONS: Readonly<Record<StepState, typeof IconCircleDashed>> = {
  waiting: IconCircleDashed,
  running: IconClockFilled,
  resting: IconClockFilled,
  passed: IconCircleCheckFilled,
  failed: IconAlertTriangleFilled,
  cancelled: IconCircleX,
  skipped: IconCircleDashed,
};

function StepIcon({ state }: { state: StepState }) {
  const Icon = ICONS[state];
  return <Icon size={12} aria-hidden />;
}

/** What became of a step. Where a tick or an empty ring says it already, the word is for those who hear it. */
function StepWord({ state }: { state: StepState }) {
  const { t } = useTranslation('test');
  const word = t(`step.${state}`);
  return state === 'passed' || state === 'waiting' ? (
    <VisuallyHidden>{word}</VisuallyHidden>
  ) : (
    <span>{word}</span>
  );
}
