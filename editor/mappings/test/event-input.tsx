import { Button, Group, Menu, Stack, TextInput } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderEntry } from '../../../server/contract/catalogue.ts';
import { EventPicker } from './event-picker.tsx';
import { filledSample } from './event-sample.ts';
import type { Inputs } from './inputs.ts';
import { JsonField, useMistakeWords } from './json-field.tsx';
import { isRecord, prettyJson, readJson } from './json-text.ts';
import classes from './test-panel.module.css';
import type { ChangeInputs } from './use-inputs.ts';

export interface EventInputProps {
  readonly channelId: string;
  readonly definitionId: string;
  /** The provider's sample events. */
  readonly samples: ProviderEntry['events'];
  readonly inputs: Inputs;
  readonly change: ChangeInputs;
}

/** What the callback stage reads: one decrypted event, written by hand, a sample of the provider's, or a real one. */
export function EventInput({ channelId, definitionId, samples, inputs, change }: EventInputProps) {
  const { t, i18n } = useTranslation('test');
  const [picking, setPicking] = useState(false);
  const mistakeWords = useMistakeWords();
  const { event, eventType, instanceIds, mode } = inputs;
  const read = readJson(event);
  const error =
    event.trim() === ''
      ? undefined
      : 'mistake' in read
        ? mistakeWords(read.mistake)
        : isRecord(read.value)
          ? undefined
          : t('input.eventObject');
  const put = (payload: Record<string, unknown>): void =>
    change((before) => ({ ...before, event: prettyJson(payload), eventType: '' }));
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {samples.length > 0 && (
          <Menu position="bottom-start" width={340}>
            <Menu.Target>
              <Button
                size="compact-sm"
                variant="default"
                rightSection={<IconChevronDown size={14} aria-hidden />}
              >
                {t('input.eventSamples')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown className={classes['presets']}>
              {samples.map(({ label, payload }) => (
                <Menu.Item
                  key={label.en}
                  onClick={() =>
                    put(
                      filledSample(
                        payload,
                        { approvalInstanceId: instanceIds[mode], approvalDefinitionId: definitionId },
                        Date.now(),
                      ),
                    )
                  }
                >
                  {label[language]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => setPicking(true)}
        >
          {t('input.fromEvent')}
        </Button>
      </Group>
      <JsonField
        label={t('input.event')}
        description={event.trim() === '' ? t('input.eventNeeded') : t('input.eventHint')}
        value={event}
        error={error}
        onChange={(text) => change((before) => ({ ...before, event: text }))}
      />
      <TextInput
        size="xs"
        label={t('input.eventType')}
        description={t('input.eventTypeHint')}
        value={eventType}
        spellCheck={false}
        autoComplete="off"
        onChange={({ currentTarget: { value } }) =>
          change((before) => ({ ...before, eventType: value.trim() }))
        }
      />
      <EventPicker channelId={channelId} opened={picking} onClose={() => setPicking(false)} onPick={put} />
    </Stack>
  );
}
