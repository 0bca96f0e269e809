import { Alert, Text } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { useRead } from '../api/queries.ts';
import { useMay } from '../app/session.tsx';
import { ErrorState } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { Page } from '../parts/page.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { ChannelActions } from './channel-actions.tsx';
import { ChannelMappings } from './channel-mappings.tsx';
import { EditChannel } from './edit-channel.tsx';
import { HealthCards } from './health-cards.tsx';
import { useProviders } from './providers.ts';
import { useTold } from './told.ts';

/** Health changes by itself: it is looked at so often; while a connection is being made, more often. */
const LOOK_MS = 15_000;
const CONNECTING_MS = 1_000;
const lookMs = (channel: ShownChannel | undefined): number =>
  channel?.connection?.state === 'connecting' ? CONNECTING_MS : LOOK_MS;

/** One channel: how it does, the guide with its settings, verify, and what uses it. */
export default function ChannelPage() {
  const { t } = useTranslation('channels');
  const told = useTold();
  const { id = '' } = useParams();
  const mayChange = useMay('admin');
  const channel = useRead<ShownChannel>(`/channels/${encodeURIComponent(id)}`, { everyMsOf: lookMs });
  const providers = useProviders();
  const back = { to: '/channels', label: t('title') };
  const { data } = channel;
  const provider = providers.data?.items.find(({ name }) => name === data?.type);
  const error = data === undefined ? channel.error : provider === undefined ? providers.error : null;
  if (data === undefined || provider === undefined)
    return (
      <Page title={data?.name ?? t('title')} back={back}>
        {error === null ? (
          <LoadingState words={t('loadingOne')} />
        ) : (
          <ErrorState
            error={error}
            retry={() => void Promise.all([channel.refetch(), providers.refetch()])}
          />
        )}
      </Page>
    );
  return (
    <Page
      title={data.name}
      beside={data.paused ? <StatusBadge status="paused" /> : <Text c="dimmed">{told(provider.label)}</Text>}
      back={back}
      {...(mayChange && { actions: <ChannelActions channel={data} /> })}
    >
      {data.paused && (
        <Alert color="orange" variant="outline" icon={<IconPlayerPause aria-hidden />} mb="md">
          {t('pausedText')}
        </Alert>
      )}
      <HealthCards channel={data} />
      <EditChannel key={data.id} provider={provider} channel={data} readOnly={!mayChange} />
      <ChannelMappings channelId={data.id} />
    </Page>
  );
}
