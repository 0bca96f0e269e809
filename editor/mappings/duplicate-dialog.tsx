import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { call } from '../api/client.ts';
import { refresh } from '../api/queries.ts';
import { ErrorState } from '../parts/error-state.tsx';
import { showDone } from '../parts/notify.ts';
import { errorOf, isBeside } from './form-errors.ts';
import type { MappingDetail } from './types.ts';
import { useChannels } from './use-channels.ts';

/** Copies a mapping's draft into a new one, of this channel or another one of the same provider. */
export function DuplicateDialog({ mapping, onClose }: { mapping: MappingDetail; onClose: () => void }) {
  const { t } = useTranslation('mappings');
  const [name, setName] = useState(t('copyName', { name: mapping.name }));
  const [channelId, setChannelId] = useState(mapping.channelId);
  const channels = useChannels().data?.items ?? [];
  const type = channels.find(({ id }) => id === mapping.channelId)?.type;
  const navigate = useNavigate();
  const copy = useMutation({
    mutationFn: () =>
      call<MappingDetail>('POST', `/mappings/${mapping.id}/duplicate`, { body: { name, channelId } }),
    onSuccess: async (made) => {
      onClose();
      await navigate(`/mappings/${made.id}`);
      await refresh('/mappings');
      showDone(t('duplicated', { name: made.name }));
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('duplicateTitle', { name: mapping.name })}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          copy.mutate();
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{t('duplicateHelp')}</Text>
          <TextInput
            data-autofocus
            required
            label={t('name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={errorOf(copy.error, 'name')}
          />
          <NativeSelect
            label={t('channel')}
            value={channelId}
            onChange={(event) => setChannelId(event.currentTarget.value)}
            data={channels
              .filter((each) => each.type === type)
              .map((each) => ({ value: each.id, label: each.name }))}
            error={errorOf(copy.error, 'channelId')}
          />
          {isBeside(copy.error, ['name', 'channelId']) && <ErrorState error={copy.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={copy.isPending}>
              {t('create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
