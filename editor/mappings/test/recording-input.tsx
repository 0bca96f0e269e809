import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunCall } from '../../parts/run-result-run.ts';
import type { Stage } from '../../../server/contract/stage.ts';
import { JsonField, useMistakeWords } from './json-field.tsx';
import { Notice } from './notice.tsx';
import { RecordingPicker } from './recording-picker.tsx';
import { readRecording, recordingFrom } from './recording-text.ts';
import type { TakenRecording } from './recording-text.ts';

export interface RecordingInputProps {
  readonly mappingId: string;
  readonly stage: Stage;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** The recorded answers of one stage: taken from a former run, or written by hand as JSON of a checked shape. */
export function RecordingInput({ mappingId, stage, text, onChange }: RecordingInputProps) {
  const { t } = useTranslation('test');
  const mistakeWords = useMistakeWords();
  const [picking, setPicking] = useState(false);
  const [taken, setTaken] = useState<TakenRecording>();
  const read = readRecording(text);
  const error =
    'mistake' in read
      ? mistakeWords(read.mistake)
      : 'issues' in read
        ? read.issues.map(({ path, message }) => `${path} ${message}`.trim()).join('\n')
        : undefined;
  const take = (http: readonly RunCall[]): void => {
    const recording = recordingFrom(http);
    setTaken(recording);
    if (recording.calls > 0) onChange(recording.text);
  };
  return (
    <Stack gap="xs" component="section" aria-label={t('recording.title', { stage })}>
      <Group gap="xs" justify="space-between">
        <Text size="sm" fw={600}>
          {t('recording.title', { stage })}
          {'calls' in read && ` · ${t('recording.count', { count: read.calls.length })}`}
        </Text>
        <Group gap="xs">
          {text.trim() !== '' && (
            <Button size="compact-xs" variant="subtle" color="red" onClick={() => onChange('')}>
              {t('recording.remove')}
            </Button>
          )}
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconDownload size={12} aria-hidden />}
            onClick={() => setPicking(true)}
          >
            {t('recording.take')}
          </Button>
        </Group>
      </Group>
      {taken !== undefined && (
        <Notice
          tone={taken.calls === 0 || taken.cut > 0 ? 'warning' : 'info'}
          close={{ label: t('recording.understood'), onClose: () => setTaken(undefined) }}
        >
          {[
            taken.calls === 0 ? t('recording.noCalls') : t('recording.taken', { count: taken.calls }),
            taken.cut > 0 ? t('recording.cut', { count: taken.cut }) : '',
            taken.unanswered > 0 ? t('recording.unanswered', { count: taken.unanswered }) : '',
          ]
            .filter(Boolean)
            .join(' ')}
        </Notice>
      )}
      <JsonField
        label={t('recording.text', { stage })}
        description={text.trim() === '' ? t('recording.empty', { stage }) : t('recording.hint')}
        value={text}
        error={error}
        minRows={4}
        onChange={onChange}
      />
      <RecordingPicker
        {...{ mappingId, stage }}
        opened={picking}
        onClose={() => setPicking(false)}
        onPick={take}
      />
    </Stack>
  );
}
