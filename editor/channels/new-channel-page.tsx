import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { call } from '../api/client.ts';
import { refresh } from '../api/queries.ts';
import { useMay } from '../app/session.tsx';
import { ErrorState } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { showDone } from '../parts/notify.ts';
import { Page } from '../parts/page.tsx';
import { readSaved, writeSaved } from '../parts/saved.ts';
import { NotAllowed } from '../settings/not-allowed.tsx';
import { emptyForm, errorsByField, newChannelOf, withoutSecrets } from './channel-form.ts';
import type { ChannelForm } from './channel-form.ts';
import { FormErrors } from './form-errors.tsx';
import { useFormControl } from './form-control.ts';
import { Guide, stepAnchor } from './guide.tsx';
import classes from './guide.module.css';
import { guideOf } from './guides.ts';
import { useProviders } from './providers.ts';
import { SimulatorShortcut } from './simulator-shortcut.tsx';
import { useTold } from './told.ts';

/** Walks a person through setting up a channel: choose the provider, follow its steps, create. */
export default function NewChannelPage() {
  const { t } = useTranslation('channels');
  const mayAdd = useMay('admin');
  const [query, setQuery] = useSearchParams();
  // The router takes a moment to follow; the choice is to be seen at once.
  const [type, setType] = useState(query.get('type'));
  const { data, error, refetch } = useProviders();
  const providers = data?.items ?? [];
  const provider = providers.find(({ name }) => name === type) ?? providers[0];
  const back = { to: '/channels', label: t('title') };
  if (!mayAdd)
    return (
      <Page title={t('newTitle')} back={back}>
        <NotAllowed needed="admin" />
      </Page>
    );
  return (
    <Page title={t('newTitle')} back={back}>
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {provider === undefined && error === null && <LoadingState words={t('loading')} />}
      {provider !== undefined && (
        <>
          <ProviderChoice
            providers={providers}
            chosen={provider}
            choose={(chosen) => {
              setType(chosen);
              setQuery({ type: chosen }, { replace: true });
            }}
          />
          <NewChannel key={provider.name} provider={provider} />
        </>
      )}
    </Page>
  );
}

function ProviderChoice({
  providers,
  chosen,
  choose,
}: {
  providers: readonly ProviderEntry[];
  chosen: ProviderEntry;
  choose: (type: string) => void;
}) {
  const { t } = useTranslation('channels');
  const told = useTold();
  return (
    <Radio.Group label={t('provider')} value={chosen.name} onChange={choose} mb="md">
      <Group gap="lg" mt="xs">
        {providers.map(({ name, label }) => (
          <Radio key={name} value={name} label={told(label)} />
        ))}
      </Group>
    </Radio.Group>
  );
}

/** What was typed survives a reload, but for secrets. */
const savedKey = (provider: ProviderEntry): string => `new-channel.${provider.name}`;

function startOf(provider: ProviderEntry): ChannelForm {
  const empty = emptyForm(provider);
  const saved = readSaved(savedKey(provider));
  if (typeof saved !== 'object' || saved === null) return empty;
  const texts = Object.entries(saved).filter(([key, value]) => key in empty && typeof value === 'string');
  return { ...empty, ...(Object.fromEntries(texts) as ChannelForm) };
}

function NewChannel({ provider }: { provider: ProviderEntry }) {
  const { t } = useTranslation('channels');
  const navigate = useNavigate();
  const steps = guideOf(provider);
  const [initial] = useState(() => startOf(provider));
  const control = useFormControl(provider, initial, {
    onChange: (values) => writeSaved(savedKey(provider), withoutSecrets(provider, values)),
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      call<ShownChannel>('POST', '/channels', { body: newChannelOf(provider, control.values) }),
    onSuccess: async (made) => {
      writeSaved(savedKey(provider), undefined);
      await refresh('/channels');
      const next = made.callbackType === 'persistent' ? 'createdConnected' : 'createdDone';
      showDone(t(made.apiBaseUrl === '' ? next : 'createdTry', { name: made.name }));
      // To the callback URL, which is there only now; nobody gives it to a simulator.
      const place = made.apiBaseUrl === '' ? steps.findIndex(({ shows }) => shows === 'events') : -1;
      await navigate(`/channels/${made.id}${place === -1 ? '' : `#${stepAnchor(place)}`}`);
    },
    onError: (refusal) => control.refuse(errorsByField(refusal)),
  });
  const submit = (): void => {
    if (!isPending && control.isComplete()) mutate();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {provider.simulator !== null && (
        <SimulatorShortcut provider={provider} simulator={provider.simulator} control={control} />
      )}
      <Guide provider={provider} steps={steps} control={control} />
      <div className={classes['bar']}>
        <Button type="submit" aria-busy={isPending}>
          {t(isPending ? 'creating' : 'create')}
        </Button>
        <Stack gap={0} miw={0} flex="1 1 16rem">
          <FormErrors error={isPending ? null : error} control={control} />
          {error === null && (
            <Text size="sm" c="dimmed">
              {t('createHelp')}
            </Text>
          )}
        </Stack>
      </div>
    </form>
  );
}
