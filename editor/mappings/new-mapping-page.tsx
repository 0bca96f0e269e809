import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { call } from '../api/client.ts';
import { refresh, useRead } from '../api/queries.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { ErrorState } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { Page } from '../parts/page.tsx';
import { errorOf, isBeside } from '../parts/field-errors.ts';
import { NewMappingForm } from './new-mapping-form.tsx';
import type { MappingDetail, Providers } from './types.ts';
import { useChannels } from './use-channels.ts';

/** `/mappings/new`: a channel, a name and a form; then whether the provider knows that form. */
export default function NewMappingPage() {
  const { t } = useTranslation(['mappings', 'mapping']);
  const channels = useChannels();
  const providers = useRead<Providers>('/catalogue/providers', { staleMs: 600_000 }).data?.items ?? [];
  const [made, setMade] = useState<MappingDetail>();
  return (
    <Page title={made?.name ?? t('new')} back={{ to: '/mappings', label: t('mapping:back') }}>
      {channels.error !== null && channels.data === undefined && (
        <ErrorState error={channels.error} retry={() => void channels.refetch()} />
      )}
      {channels.isPending && <LoadingState words={t('loadingChannels')} />}
      {channels.data?.items.length === 0 && (
        <EmptyState
          title={t('noChannels')}
          text={t('noChannelsText')}
          action={
            <Button component={Link} to="/channels">
              {t('toChannels')}
            </Button>
          }
        />
      )}
      {channels.data !== undefined && channels.data.items.length > 0 && made === undefined && (
        <Questions channels={channels.data.items} providers={providers} onMade={setMade} />
      )}
      {made !== undefined && <NewMappingForm made={made} onChanged={setMade} />}
    </Page>
  );
}

interface QuestionsProps {
  readonly channels: readonly ShownChannel[];
  readonly providers: readonly ProviderEntry[];
  readonly onMade: (mapping: MappingDetail) => void;
}

function Questions({ channels, providers, onMade }: QuestionsProps) {
  const { t, i18n } = useTranslation('mappings');
  const [query] = useSearchParams();
  const [channelId, setChannelId] = useState(
    channels.find(({ id }) => id === query.get('channelId'))?.id ?? channels[0]?.id ?? '',
  );
  const [name, setName] = useState('');
  const [approvalDefinitionId, setDefinition] = useState('');
  const create = useMutation({
    mutationFn: () =>
      call<MappingDetail>('POST', '/mappings', { body: { channelId, name, approvalDefinitionId } }),
    onSuccess: (mapping) => {
      void refresh('/mappings');
      onMade(mapping);
    },
  });
  const type = channels.find(({ id }) => id === channelId)?.type;
  const help = providers.find((provider) => provider.name === type)?.help.definition;
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <Stack gap="md" maw={560}>
        <Text>{t('newText')}</Text>
        <NativeSelect
          label={t('channel')}
          description={t('channelHelp')}
          value={channelId}
          onChange={(event) => setChannelId(event.currentTarget.value)}
          data={channels.map((channel) => ({ value: channel.id, label: channel.name }))}
          error={errorOf(create.error, 'channelId')}
        />
        <TextInput
          required
          autoFocus
          label={t('name')}
          description={t('nameHelp')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errorOf(create.error, 'name')}
        />
        <TextInput
          required
          label={help?.label[language] ?? t('definition')}
          description={help?.help[language]}
          value={approvalDefinitionId}
          onChange={(event) => setDefinition(event.currentTarget.value)}
          error={errorOf(create.error, 'approvalDefinitionId')}
        />
        {isBeside(create.error, ['channelId', 'name', 'approvalDefinitionId']) && (
          <ErrorState error={create.error} />
        )}
        <div>
          <Button type="submit" aria-busy={create.isPending} disabled={create.isPending}>
            {create.isPending ? t('creating') : t('create')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
