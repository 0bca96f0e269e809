import { Button, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { call } from '../api/client.ts';
import { refresh, useRead } from '../api/queries.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { ErrorState } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { showDone } from '../parts/notify.ts';
import { Page } from '../parts/page.tsx';
import { errorOf, isBeside } from '../parts/field-errors.ts';
import { ProviderForm } from './provider-form.tsx';
import type { MappingDetail, Providers } from './types.ts';
import { useChannels } from './use-channels.ts';
import { useFormLook } from './use-form-look.ts';

/** `/mappings/new`: a channel, a name and a form, which is shown as the provider has it before anything is made. */
export default function NewMappingPage() {
  const { t } = useTranslation(['mappings', 'mapping']);
  const channels = useChannels();
  const providers = useRead<Providers>('/catalogue/providers', { staleMs: 600_000 }).data?.items ?? [];
  return (
    <Page title={t('new')} back={{ to: '/mappings', label: t('mapping:back') }}>
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
      {channels.data !== undefined && channels.data.items.length > 0 && (
        <Questions channels={channels.data.items} providers={providers} />
      )}
    </Page>
  );
}

interface QuestionsProps {
  readonly channels: readonly ShownChannel[];
  readonly providers: readonly ProviderEntry[];
}

function Questions({ channels, providers }: QuestionsProps) {
  const { t, i18n } = useTranslation('mappings');
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const [channelId, setChannelId] = useState(
    channels.find(({ id }) => id === query.get('channelId'))?.id ?? channels[0]?.id ?? '',
  );
  const [name, setName] = useState('');
  const [definition, setDefinition] = useState('');
  const approvalDefinitionId = definition.trim();
  const [look, lookUp] = useFormLook();
  const create = useMutation({
    mutationFn: () =>
      call<MappingDetail>('POST', '/mappings', { body: { channelId, name, approvalDefinitionId } }),
    onSuccess: async (mapping) => {
      showDone(t('created', { name: mapping.name }));
      await navigate(`/mappings/${mapping.id}`);
      await refresh('/mappings');
    },
  });
  // Whoever was told that the provider does not know the form may make the mapping all the same: the channel may not be set up yet.
  const isWarned = look.state === 'failed' && look.definitionId === approvalDefinitionId;
  const submit = async (): Promise<void> => {
    const isBlank = name.trim() === '' || approvalDefinitionId === '';
    if (isBlank || isWarned || (await lookUp(channelId, approvalDefinitionId))) create.mutate();
  };
  const type = channels.find(({ id }) => id === channelId)?.type;
  const help = providers.find((provider) => provider.name === type)?.help.definition;
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  const isBusy = create.isPending || look.state === 'asking';
  return (
    // The form stands beside the button or below it, so that nothing moves under the pointer when it comes.
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!create.isPending) void submit();
        }}
      >
        <Stack gap="md" maw={560}>
          <Text>{t('newText')}</Text>
          <NativeSelect
            label={t('channel')}
            description={t('channelHelp')}
            value={channelId}
            onChange={({ currentTarget: { value } }) => {
              setChannelId(value);
              void lookUp(value, approvalDefinitionId);
            }}
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
            value={definition}
            onChange={(event) => setDefinition(event.currentTarget.value)}
            onBlur={() => {
              const isLookedUp = look.state !== 'none' && look.definitionId === approvalDefinitionId;
              if (!isLookedUp) void lookUp(channelId, approvalDefinitionId);
            }}
            error={errorOf(create.error, 'approvalDefinitionId')}
          />
          {isBeside(create.error, ['channelId', 'name', 'approvalDefinitionId']) && (
            <ErrorState error={create.error} />
          )}
          <div>
            <Button type="submit" aria-busy={isBusy} {...(isWarned && { color: 'orange.9' })}>
              {create.isPending ? t('creating') : isWarned ? t('createAnyway') : t('create')}
            </Button>
          </div>
        </Stack>
      </form>
      <div>
        <ProviderForm look={look} onAgain={() => void lookUp(channelId, approvalDefinitionId)} />
      </div>
    </SimpleGrid>
  );
}
