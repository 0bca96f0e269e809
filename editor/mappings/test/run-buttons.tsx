import { Button, Group, Kbd, SegmentedControl, Tooltip } from '@mantine/core';
import { IconPlayerPlayFilled, IconPlayerTrackNextFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../server/contract/stage.ts';
import { keyNames } from '../../app/keys.ts';
import type { Mode } from './inputs.ts';
import classes from './test-panel.module.css';

export interface RunButtonsProps {
  readonly stage: Stage;
  readonly isRunning: boolean;
  readonly mode: Mode;
  readonly onMode: (mode: Mode) => void;
  readonly onRun: () => void;
  readonly onRunChain: () => void;
}

/** Runs the stage or the chain, with live calls or recorded answers. */
export function RunButtons({ stage, isRunning, mode, onMode, onRun, onRunChain }: RunButtonsProps) {
  const { t } = useTranslation('test');
  return (
    <Group gap="xs" justify="space-between">
      <Group gap="xs">
        <Button
          size="xs"
          // Not `disabled`: that would take the focus away from who has just pressed it.
          aria-disabled={isRunning}
          {...(isRunning && { 'data-disabled': true })}
          leftSection={<IconPlayerPlayFilled size={14} aria-hidden />}
          rightSection={
            <Kbd size="xs" className={classes['keys']}>
              {keyNames('Mod+Enter').join('+')}
            </Kbd>
          }
          onClick={onRun}
        >
          {t('runStage', { stage })}
        </Button>
        <Tooltip label={t('chainHint')}>
          <Button
            size="xs"
            variant="default"
            aria-disabled={isRunning}
            {...(isRunning && { 'data-disabled': true })}
            leftSection={<IconPlayerTrackNextFilled size={14} aria-hidden />}
            onClick={onRunChain}
          >
            {t('runChain')}
          </Button>
        </Tooltip>
      </Group>
      <Tooltip label={mode === 'live' ? t('mode.liveHint') : t('mode.recordedHint')}>
        <SegmentedControl
          size="xs"
          aria-label={t('mode.label')}
          value={mode}
          onChange={(value) => onMode(value === 'recorded' ? 'recorded' : 'live')}
          data={[
            { value: 'live', label: t('mode.live') },
            { value: 'recorded', label: t('mode.recorded') },
          ]}
        />
      </Tooltip>
    </Group>
  );
}
