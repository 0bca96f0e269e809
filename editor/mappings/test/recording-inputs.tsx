import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../server/contract/stage.ts';
import type { Inputs } from './inputs.ts';
import { RecordingInput } from './recording-input.tsx';
import { CHAIN } from './run-round.ts';
import type { ChangeInputs } from './use-inputs.ts';

export interface RecordingInputsProps {
  readonly mappingId: string;
  readonly stage: Stage;
  readonly inputs: Inputs;
  readonly change: ChangeInputs;
}

/** The recorded answers of the stage, and folded those of the chain's other stages. */
export function RecordingInputs({ mappingId, stage, inputs, change }: RecordingInputsProps) {
  const { t } = useTranslation('test');
  const input = (each: Stage) => (
    <RecordingInput
      key={each}
      mappingId={mappingId}
      stage={each}
      text={inputs.recordings[each] ?? ''}
      onChange={(text) =>
        change((before) => ({ ...before, recordings: { ...before.recordings, [each]: text } }))
      }
    />
  );
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">
        {t('mode.recordedHint')}
      </Text>
      {input(stage)}
      <details>
        <summary>{t('recording.others')}</summary>
        <Stack gap="md" mt="xs">
          {CHAIN.filter((each) => each !== stage).map(input)}
        </Stack>
      </details>
    </Stack>
  );
}
