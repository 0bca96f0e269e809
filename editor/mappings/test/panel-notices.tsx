import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RunFigures } from '../../parts/run-result-figures.tsx';
import type { InputTrouble } from './inputs.ts';
import { useMistakeWords } from './json-field.tsx';
import { Notice } from './notice.tsx';
import type { Step } from './run-round.ts';
import classes from './test-panel.module.css';

export interface NoticesProps {
  readonly trouble: InputTrouble | undefined;
  readonly tokenDropped: boolean;
  readonly onShow: () => void;
}

/** Why nothing was run, and what was done about a refused token. */
export function Notices({ trouble, tokenDropped, onShow }: NoticesProps) {
  const { t } = useTranslation('test');
  const mistakeWords = useMistakeWords();
  return (
    <>
      {trouble !== undefined && (
        <Notice tone="trouble" title={t('trouble.notRun', { stage: trouble.stage })}>
          <Group gap="sm" justify="space-between">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {trouble.where === 'event' && trouble.mistake === undefined
                ? t('input.eventNeeded')
                : t(`trouble.${trouble.where}`, { stage: trouble.stage })}{' '}
              {trouble.mistake !== undefined && mistakeWords(trouble.mistake)}
              {trouble.issue !== undefined && `${trouble.issue.path} ${trouble.issue.message}`}
            </Text>
            <Button size="compact-xs" variant="default" onClick={onShow}>
              {t('trouble.mend')}
            </Button>
          </Group>
        </Notice>
      )}
      {tokenDropped && <Notice tone="warning">{t('input.tokenDropped')}</Notice>}
    </>
  );
}

/** The head of a former test that is looked at again, in the place of the latest run's. */
export function FormerTest({ step, onBack }: { step: Step; onBack: () => void }) {
  const { t } = useTranslation('test');
  return (
    <div className={classes['status']}>
      <Text span size="sm" fw={600}>
        {t('history.opened', { stage: step.stage })}
      </Text>
      {step.run !== undefined && <RunFigures run={step.run} />}
      <Button size="compact-xs" variant="default" onClick={onBack}>
        {t('history.back')}
      </Button>
    </div>
  );
}
