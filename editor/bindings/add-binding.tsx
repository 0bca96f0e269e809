import { Autocomplete } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Binding } from '../../server/contract/binding.ts';
import type { TaskTypeCatalogue } from '../../server/contract/catalogue.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import type { BindingChanges } from './change.tsx';
import { MappingSelect } from './mapping-select.tsx';
import type { MappingChoice } from './reads.ts';

interface AddBindingProps {
  readonly onClose: () => void;
  readonly catalogue: TaskTypeCatalogue;
  readonly bindings: readonly Binding[];
  readonly mappings: readonly MappingChoice[];
  readonly changes: BindingChanges;
}

/** Binds a type or subtype that the platform names and the catalogue does not. */
export function AddBinding({ onClose, catalogue, bindings, mappings, changes }: AddBindingProps) {
  const { t } = useTranslation('bindings');
  const [taskType, setTaskType] = useState('');
  const [subtype, setSubtype] = useState('');
  const [mappingId, setMappingId] = useState<string | null>(null);
  const taskSubtype = subtype === '' ? null : subtype;
  const before = bindings.find((each) => each.taskType === taskType && each.taskSubtype === taskSubtype);
  return (
    <FormDialog
      title={t('addTitle')}
      submit={before === undefined ? t('bind') : t('rebind', { mapping: before.mappingName })}
      send={() => changes.put({ taskType, taskSubtype }, mappingId ?? '', before)}
      paths={['taskType', 'taskSubtype', 'mappingId']}
      onDone={onClose}
      onClose={onClose}
    >
      {(errorAt) => (
        <>
          <Autocomplete
            data-autofocus
            // Else the list would lie over the rest of the form before anybody has read it.
            openOnFocus={false}
            label={t('taskType')}
            description={t('taskTypeHelp')}
            withAsterisk
            data={catalogue.map(({ name }) => name)}
            value={taskType}
            error={errorAt('taskType')}
            onChange={setTaskType}
          />
          <Autocomplete
            label={t('taskSubtype')}
            description={t('taskSubtypeHelp')}
            data={catalogue.find(({ name }) => name === taskType)?.subtypes ?? []}
            value={subtype}
            error={errorAt('taskSubtype')}
            onChange={setSubtype}
          />
          <MappingSelect
            label={t('mapping')}
            isLabelShown
            mappings={mappings}
            value={mappingId}
            placeholder={t('choose')}
            error={errorAt('mappingId')}
            choose={setMappingId}
          />
        </>
      )}
    </FormDialog>
  );
}
