import { Button, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { useList } from '../api/queries.ts';
import { useMay } from '../app/session.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Page } from '../parts/page.tsx';
import { PagedList } from '../parts/paged-list.tsx';
import type { Column } from '../parts/paged-list.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { CallbackPart, CallsPart, ErrorPart, TokenPart } from './health-parts.tsx';
import { healthOf } from './health.ts';
import { MoodText } from './mood.tsx';
import { useProviders } from './providers.ts';
import { useTold } from './told.ts';

/** Health changes by itself: it is looked at so often. */
const LOOK_MS = 15_000;

/** All channels with their health at a glance. */
export default function ChannelsPage() {
  const { t } = useTranslation('channels');
  const mayAdd = useMay('admin');
  const query = useList<ShownChannel>('/channels', {}, { everyMs: LOOK_MS });
  const add = (
    <Button component={Link} to="/channels/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('add')}
    </Button>
  );
  return (
    <Page title={t('title')} {...(mayAdd && { actions: add })}>
      <PagedList
        query={query}
        label={t('title')}
        columns={useColumns()}
        rowKey={({ id }) => id}
        rowLink={({ id }) => `/channels/${id}`}
        empty={
          <EmptyState
            title={t('empty')}
            text={t(mayAdd ? 'emptyText' : 'emptyForReaders')}
            {...(mayAdd && { action: add })}
          />
        }
      />
    </Page>
  );
}

function useColumns(): Column<ShownChannel>[] {
  const { t } = useTranslation('channels');
  const told = useTold();
  const { data } = useProviders();
  const labelOf = (type: string): string => {
    const label = data?.items.find(({ name }) => name === type)?.label;
    return label === undefined ? type : told(label);
  };
  const now = Date.now();
  return [
    {
      key: 'name',
      head: t('name'),
      width: '24%',
      cell: ({ name, type, appId }) => (
        <>
          {name}
          <Text span display="block" size="xs" c="dimmed">
            {labelOf(type)} · <span className="mono">{appId}</span>
          </Text>
        </>
      ),
    },
    {
      key: 'state',
      head: t('state'),
      cell: (channel) =>
        channel.paused ? <StatusBadge status="paused" /> : <MoodText mood={healthOf(channel, now).worst} />,
    },
    {
      key: 'token',
      head: t('token'),
      cell: (channel) => <TokenPart channel={channel} mood={healthOf(channel, now).token} />,
    },
    {
      key: 'callbacks',
      head: t('callbacks'),
      cell: (channel) => <CallbackPart channel={channel} mood={healthOf(channel, now).callbacks} isBrief />,
    },
    {
      key: 'calls',
      head: t('calls'),
      cell: (channel) => <CallsPart channel={channel} mood={healthOf(channel, now).budget} />,
    },
    {
      key: 'error',
      head: t('lastError'),
      width: '26%',
      cell: (channel) => <ErrorPart channel={channel} mood={healthOf(channel, now).error} />,
    },
  ];
}
