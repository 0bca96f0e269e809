import { Button, Group, SegmentedControl, Stack } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ProviderEntry,
  TaskTypeCatalogue,
  VariableCatalogue,
} from '../../../server/contract/catalogue.ts';
import type { Stage } from '../../../server/contract/stage.ts';
import { useSaved } from '../../parts/saved.ts';
import type { MappingDetail } from './answers.ts';
import { EventInput } from './event-input.tsx';
import { HandedInput } from './handed-input.tsx';
import type { Inputs } from './inputs.ts';
import { PresetsMenu } from './presets-menu.tsx';
import type { VariableValues } from './presets.ts';
import { RecordingInputs } from './recording-inputs.tsx';
import { TaskPicker } from './task-picker.tsx';
import type { ChangeInputs } from './use-inputs.ts';
import type { KeptToken } from './use-kept-token.ts';
import { VariableForm } from './variable-form.tsx';
import { VariablesJson } from './variables-json.tsx';
import { variablesUsed } from './variables-used.ts';

export interface InputPaneProps {
  readonly mapping: MappingDetail;
  readonly stage: Stage;
  readonly source: string;
  readonly catalogue: VariableCatalogue;
  readonly taskTypes: TaskTypeCatalogue;
  readonly provider: ProviderEntry | undefined;
  readonly inputs: Inputs;
  readonly change: ChangeInputs;
  readonly token: KeptToken;
  readonly forgetToken: () => void;
}

/** What a stage is tried with: what earlier stages handed on, the event, the sample task, and recorded answers. */
export function InputPane(props: InputPaneProps) {
  const { t } = useTranslation('test');
  const { mapping, stage, source, catalogue, taskTypes, provider, inputs, change, token, forgetToken } =
    props;
  const [view, setView] = useSaved<string>('test-view', 'form');
  const [picking, setPicking] = useState(false);
  const names = useMemo(() => catalogue.map(({ name }) => name), [catalogue]);
  const client = stage === 'create' ? (provider?.client ?? '') : '';
  const used = useMemo(() => variablesUsed([source, client], names), [source, client, names]);
  const put = (variables: VariableValues): void =>
    change((before) => ({ ...before, variables, brokenVariables: undefined }));
  const isBroken = inputs.brokenVariables !== undefined;
  const isJson = isBroken || view === 'json';
  return (
    <Stack gap="md">
      <HandedInput {...{ stage, inputs, change, token, forgetToken }} />
      {stage === 'callback' && (
        <EventInput
          channelId={mapping.channelId}
          definitionId={mapping.approvalDefinitionId}
          samples={provider?.events ?? []}
          {...{ inputs, change }}
        />
      )}
      {inputs.mode === 'recorded' && (
        <RecordingInputs mappingId={mapping.id} {...{ stage, inputs, change }} />
      )}
      <Group gap="xs">
        <PresetsMenu samples={mapping.samples} {...{ catalogue, taskTypes }} onPick={put} />
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => setPicking(true)}
        >
          {t('input.fromTask')}
        </Button>
        <SegmentedControl
          ml="auto"
          size="xs"
          aria-label={t('input.as')}
          value={isJson ? 'json' : 'form'}
          onChange={setView}
          data={[
            { value: 'form', label: t('input.form'), disabled: isBroken },
            { value: 'json', label: t('input.json') },
          ]}
        />
      </Group>
      {isJson ? (
        <VariablesJson {...{ inputs, change, names }} />
      ) : (
        <VariableForm
          {...{ catalogue, used }}
          values={inputs.variables}
          definitionId={mapping.approvalDefinitionId}
          onChange={(name, value) =>
            change((before) => ({ ...before, variables: { ...before.variables, [name]: value } }))
          }
        />
      )}
      <TaskPicker opened={picking} onClose={() => setPicking(false)} onPick={put} />
    </Stack>
  );
}
