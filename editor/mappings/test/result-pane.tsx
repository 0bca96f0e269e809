import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FormField } from '../../../server/contract/mapping.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { RunResult } from '../../parts/run-result.tsx';
import { keyNames } from '../../app/keys.ts';
import { Notice } from './notice.tsx';
import { unansweredCall } from './recording-text.ts';
import type { Step } from './run-round.ts';

export interface ResultPaneProps {
  readonly stage: string;
  readonly step: Step | undefined;
  readonly isLive: boolean;
  readonly form: readonly FormField[] | undefined;
  readonly onLine: ((line: number, column: number) => void) | undefined;
  readonly onAgain: () => void;
  /** Makes the shown run's answers the stage's recording. */
  readonly onRecord: (() => void) | undefined;
  /** Adds an answer to the call that the recording lacks. */
  readonly onAddAnswer: (call: { method: string; url: string }) => void;
}

/** What became of the shown stage. */
export function ResultPane({
  stage,
  step,
  isLive,
  form,
  onLine,
  onAgain,
  onRecord,
  onAddAnswer,
}: ResultPaneProps) {
  const { t } = useTranslation('test');
  if (step === undefined) {
    const keys = keyNames('Mod+Enter').join('+');
    return <EmptyState title={t('nothingYet')} text={t('nothingYetText', { stage, keys })} />;
  }
  const { state, run, trouble } = step;
  const name = step.stage;
  if (state === 'cancelled')
    return (
      <Notice tone="warning" title={t('cancelledTitle', { stage: name })}>
        {t('cancelledText')}
      </Notice>
    );
  if (trouble !== undefined) return <ErrorState error={trouble} retry={onAgain} />;
  if (run === undefined)
    return (
      <Text size="sm" c="dimmed">
        {state === 'skipped' ? t('skippedText', { stage: name }) : t('runningText')}
      </Text>
    );
  const lacking = isLive ? undefined : unansweredCall(run.http);
  return (
    <Stack gap="sm">
      {lacking !== undefined && (
        <Notice tone="warning">
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {t('recording.wanted', { call: `${lacking.method} ${lacking.url}` })}
          </Text>
          <Button size="compact-sm" mt="xs" variant="default" onClick={() => onAddAnswer(lacking)}>
            {t('recording.add', { call: lacking.method })}
          </Button>
        </Notice>
      )}
      <RunResult {...{ run, form, onLine }} stage={name} figures={false} />
      {isLive && onRecord !== undefined && run.http.some(({ response }) => response !== null) && (
        <Group>
          <Button size="compact-xs" variant="subtle" onClick={onRecord}>
            {t('recording.useThese')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
