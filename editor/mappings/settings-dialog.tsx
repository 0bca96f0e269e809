import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.ts';
import { refresh } from '../api/queries.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import { showDone } from '../parts/notify.ts';
import type { MappingDetail } from './types.ts';

/** Changes a mapping's name and the approval form it is for. */
export function SettingsDialog({ mapping, onClose }: { mapping: MappingDetail; onClose: () => void }) {
  const { t } = useTranslation('mappings');
  const [name, setName] = useState(mapping.name);
  const [approvalDefinitionId, setDefinition] = useState(mapping.approvalDefinitionId);
  const done = async (): Promise<void> => {
    await refresh('/mappings');
    showDone(t('saved'));
    onClose();
  };
  return (
    <FormDialog
      title={t('settingsTitle')}
      submit={t('save')}
      send={() => call('PATCH', `/mappings/${mapping.id}`, { body: { name, approvalDefinitionId } })}
      paths={['name', 'approvalDefinitionId']}
      onDone={() => void done()}
      onClose={onClose}
    >
      {(errorAt) => (
        <>
          <TextInput
            data-autofocus
            required
            label={t('name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={errorAt('name')}
          />
          <TextInput
            required
            label={t('definition')}
            value={approvalDefinitionId}
            onChange={(event) => setDefinition(event.currentTarget.value)}
            error={errorAt('approvalDefinitionId')}
          />
          <Text size="sm" c="dimmed">
            {t('settingsHelp')}
          </Text>
        </>
      )}
    </FormDialog>
  );
}
