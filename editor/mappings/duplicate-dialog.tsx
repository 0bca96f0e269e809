import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { call } from '../api/client.ts';
import { refresh } from '../api/queries.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import { showDone } from '../parts/notify.ts';
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
  const done = async (made: MappingDetail): Promise<void> => {
    onClose();
    await navigate(`/mappings/${made.id}`);
    await refresh('/mappings');
    showDone(t('duplicated', { name: made.name }));
  };
  return (
    <FormDialog
      title={t('duplicateTitle', { name: mapping.name })}
      submit={t('create')}
      send={() =>
        call<MappingDetail>('POST', `/mappings/${mapping.id}/duplicate`, { body: { name, channelId } })
      }
      paths={['name', 'channelId']}
      onDone={(made) => void done(made)}
      onClose={onClose}
    >
      {(errorAt) => (
        <>
          <Text size="sm">{t('duplicateHelp')}</Text>
          <TextInput
            data-autofocus
            required
            label={t('name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={errorAt('name')}
          />
          <NativeSelect
            label={t('channel')}
            value={channelId}
            onChange={(event) => setChannelId(event.currentTarget.value)}
            data={channels
              .filter((each) => each.type === type)
              .map((each) => ({ value: each.id, label: each.name }))}
            error={errorAt('channelId')}
          />
        </>
      )}
    </FormDialog>
  );
}
