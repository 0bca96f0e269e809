import { Button, Modal, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { ApiError, call } from '../api/client.ts';
import { queryClient, refresh } from '../api/queries.ts';
import { useConfirm } from '../parts/confirm.tsx';
import { showDone, showTrouble } from '../parts/notify.ts';
import { ChannelMappings } from './channel-mappings.tsx';

/** Pause or resume, and delete: each says first what it does. */
export function ChannelActions({ channel }: { channel: ShownChannel }) {
  const { t } = useTranslation('channels');
  const confirm = useConfirm();
  const navigate = useNavigate();
  const { id, name, paused } = channel;

  const pausing = useMutation({
    mutationFn: (to: boolean) => call<ShownChannel>('PATCH', `/channels/${id}`, { body: { paused: to } }),
    onSuccess: (saved) => {
      queryClient.setQueryData([`/channels/${id}`], saved);
      showDone(t(saved.paused ? 'pausedDone' : 'resumedDone', { name }));
      return refresh('/channels');
    },
    onError: showTrouble,
  });
  const deleting = useMutation({
    mutationFn: () => call('DELETE', `/channels/${id}`),
    onSuccess: async () => {
      showDone(t('deletedDone', { name }));
      await navigate('/channels');
      // The list alone: this page may still be there for a moment, and would ask for what is gone.
      await queryClient.invalidateQueries({ queryKey: ['/channels'] });
    },
    onError: (error) => {
      if (!isInUse(error)) showTrouble(error);
    },
  });

  const pause = async (): Promise<void> => {
    const question = { title: t('pauseTitle', { name }), text: t('pauseText'), confirm: t('pause') };
    if ((await confirm(question)) !== false) pausing.mutate(true);
  };
  const remove = async (): Promise<void> => {
    const question = {
      ...{ title: t('deleteTitle', { name }), text: t('deleteText'), confirm: t('deleteConfirm') },
      danger: true,
    };
    if ((await confirm(question)) !== false) deleting.mutate();
  };
  return (
    <>
      <Button
        variant="default"
        aria-busy={pausing.isPending}
        onClick={() => (paused ? pausing.mutate(false) : void pause())}
      >
        {t(paused ? 'resume' : 'pause')}
      </Button>
      <Button variant="default" color="red" aria-busy={deleting.isPending} onClick={() => void remove()}>
        {t('delete')}
      </Button>
      <Modal
        opened={isInUse(deleting.error)}
        onClose={() => deleting.reset()}
        title={t('deleteRefused', { name })}
        centered
      >
        <Text role="alert">{deleting.error?.message}</Text>
        <ChannelMappings channelId={id} />
      </Modal>
    </>
  );
}

const isInUse = (error: unknown): boolean => error instanceof ApiError && error.code === 'IN_USE';
