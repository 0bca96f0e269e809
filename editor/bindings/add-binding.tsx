import { Autocomplete, Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Binding } from '../../server/contract/binding.ts';
import type { TaskTypeCatalogue } from '../../server/contract/catalogue.ts';
import { ApiError } from '../api/client.ts';
import { ErrorState } from '../parts/error-state.tsx';
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
export function AddBinding({ opened, ...rest }: AddBindingProps & { readonly opened: boolean }) {
  const { t } = useTranslation('bindings');
  return (
    <Modal opened={opened} onClose={rest.onClose} title={t('addTitle')} centered>
      <AddForm {...rest} />
    </Modal>
  );
}

function AddForm({ onClose, catalogue, bindings, mappings, changes }: AddBindingProps) {
  const { t } = useTranslation('bindings');
  const [taskType, setTaskType] = useState('');
  const [subtype, setSubtype] = useState('');
  const [mappingId, setMappingId] = useState<string | null>(null);
  const taskSubtype = subtype === '' ? null : subtype;
  const before = bindings.find((each) => each.taskType === taskType && each.taskSubtype === taskSubtype);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => changes.put({ taskType, taskSubtype }, mappingId ?? '', before),
    onSuccess: onClose,
  });
  const errorAt = (path: string): string | undefined =>
    error instanceof ApiError ? error.errors.find((each) => each.path === path)?.message : undefined;
  const isTold = ['taskType', 'taskSubtype', 'mappingId'].some((path) => errorAt(path) !== undefined);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) mutate();
      }}
    >
      <Stack gap="md">
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
        {error !== null && !isTold && <ErrorState error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" aria-busy={isPending}>
            {before === undefined ? t('bind') : t('rebind', { mapping: before.mappingName })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
