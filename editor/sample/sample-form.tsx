import { Accordion, Autocomplete, Button, Group, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { TaskTypeCatalogue, VariableCatalogue } from '../../server/contract/catalogue.ts';
import { call } from '../api/client.ts';
import { refresh, useRead } from '../api/queries.ts';
import { ErrorState } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { useMeaning } from '../parts/meaning.ts';
import { showDone } from '../parts/notify.ts';
import { firstSample, sampleTaskId, toSubmit } from './sample-task.ts';
import type { SampleTask } from './sample-task.ts';

const KEPT_MS = 60_000;
/** As server/contract/task.ts has them. */
const LONGEST = { taskId: 200, kind: 100 };

export interface SampleFormProps {
  readonly onClose: () => void;
  /** Called with the new task's id instead of going to its page. */
  readonly onSubmitted?: (taskId: string) => void;
}

/** The form of the dialog: fetches the catalogue's samples, then lets them be changed and submits the task. */
export default function SampleForm(props: SampleFormProps) {
  const { t } = useTranslation('sample');
  const types = useRead<{ items: TaskTypeCatalogue }>('/catalogue/task-types', { staleMs: KEPT_MS });
  const variables = useRead<{ items: VariableCatalogue }>('/catalogue/variables', { staleMs: KEPT_MS });
  const failed = types.error ?? variables.error;
  if (failed !== null)
    return (
      <ErrorState
        error={failed}
        retry={() => {
          void types.refetch();
          void variables.refetch();
        }}
      />
    );
  if (types.data === undefined || variables.data === undefined) return <LoadingState words={t('loading')} />;
  return <Fields {...props} types={types.data.items} variables={variables.data.items} />;
}

function Fields({
  types,
  variables,
  onClose,
  onSubmitted,
}: SampleFormProps & { types: TaskTypeCatalogue; variables: VariableCatalogue }) {
  const { t } = useTranslation('sample');
  const meaningOf = useMeaning();
  const navigate = useNavigate();
  const [sample, setSample] = useState<SampleTask>(() =>
    firstSample(types, variables, sampleTaskId(new Date(), Math.random())),
  );
  const [isSending, setSending] = useState(false);
  const [trouble, setTrouble] = useState<unknown>();
  const change = (part: Partial<SampleTask>): void => setSample((before) => ({ ...before, ...part }));
  const subtypes = types.find(({ name }) => name === sample.taskType)?.subtypes ?? [];

  async function submit(): Promise<void> {
    setSending(true);
    setTrouble(undefined);
    try {
      const body = toSubmit(sample);
      await call('POST', '/tasks', { body });
      void refresh('/tasks', '/overview');
      showDone(t('done', { taskId: body.taskId }));
      onClose();
      if (onSubmitted === undefined) await navigate(`/tasks/${encodeURIComponent(body.taskId)}`);
      else onSubmitted(body.taskId);
    } catch (error) {
      setTrouble(error);
    } finally {
      setSending(false);
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSending) void submit();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('text')}</Text>
        <Group grow align="flex-start">
          <Autocomplete
            label={t('type')}
            data={types.map(({ name }) => name)}
            value={sample.taskType}
            maxLength={LONGEST.kind}
            required
            onChange={(taskType) =>
              change({
                taskType,
                taskSubtype: types.find(({ name }) => name === taskType)?.subtypes[0] ?? '',
              })
            }
          />
          <Autocomplete
            label={t('subtype')}
            data={[...subtypes]}
            value={sample.taskSubtype}
            maxLength={LONGEST.kind}
            onChange={(taskSubtype) => change({ taskSubtype })}
          />
        </Group>
        <TextInput
          label={t('taskId')}
          value={sample.taskId}
          maxLength={LONGEST.taskId}
          required
          onChange={(event) => change({ taskId: event.currentTarget.value })}
        />
        <Accordion variant="contained">
          <Accordion.Item value="variables">
            <Accordion.Control>
              {t('variables', { count: Object.keys(sample.variables).length })}
            </Accordion.Control>
            <Accordion.Panel>
              <Stack gap="xs">
                {variables
                  .filter(({ name }) => name in sample.variables)
                  .map((variable) => (
                    <Textarea
                      key={variable.name}
                      label={variable.name}
                      description={meaningOf(variable)}
                      autosize
                      maxRows={6}
                      value={sample.variables[variable.name] ?? ''}
                      onChange={(event) =>
                        change({
                          variables: { ...sample.variables, [variable.name]: event.currentTarget.value },
                        })
                      }
                    />
                  ))}
              </Stack>
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
        {trouble !== undefined && <ErrorState error={trouble} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" aria-busy={isSending}>
            {isSending ? t('submitting') : t('submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
