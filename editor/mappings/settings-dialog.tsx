import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.ts';
import { refresh } from '../api/queries.ts';
import { ErrorState } from '../parts/error-state.tsx';
import { showDone } from '../parts/notify.ts';
import { errorOf, isBeside } from './form-errors.ts';
import type { MappingDetail } from './types.ts';

/** Changes a mapping's name and the approval form it is for. */
export function SettingsDialog({ mapping, onClose }: { mapping: MappingDetail; onClose: () => void }) {
  const { t } = useTranslation('mappings');
  const [name, setName] = useState(mapping.name);
  const [approvalDefinitionId, setDefinition] = useState(mapping.approvalDefinitionId);
  const save = useMutation({
    mutationFn: () => call('PATCH', `/mappings/${mapping.id}`, { body: { name, approvalDefinitionId } }),
    onSuccess: async () => {
      await refresh('/mappings');
      showDone(t('saved'));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('settingsTitle')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            data-autofocus
            required
            label={t('name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={errorOf(save.error, 'name')}
          />
          <TextInput
            required
            label={t('definition')}
            value={approvalDefinitionId}
            onChange={(event) => setDefinition(event.currentTarget.value)}
            error={errorOf(save.error, 'approvalDefinitionId')}
          />
          <Text size="sm" c="dimmed">
            {t('settingsHelp')}
          </Text>
          {isBeside(save.error, ['name', 'approvalDefinitionId']) && <ErrorState error={save.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
