import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { call } from '../api/client.ts';
import { queryClient, refresh } from '../api/queries.ts';
import { showDone } from '../parts/notify.ts';
import { changesOf, errorsByField, formOf, keptOf } from './channel-form.ts';
import { FormErrors } from './form-errors.tsx';
import { useFormControl } from './form-control.ts';
import { Guide } from './guide.tsx';
import classes from './guide.module.css';
import { guideOf } from './guides.ts';
import { useLeaveGuard } from './leave-guard.ts';
import { VerifyList } from './verify-list.tsx';

interface EditChannelProps {
  readonly provider: ProviderEntry;
  readonly channel: ShownChannel;
  readonly readOnly: boolean;
}

/** Verify, and a channel's settings within the guide: what is verified is what is saved. */
export function EditChannel({ provider, channel, readOnly }: EditChannelProps) {
  const { t } = useTranslation('channels');
  const steps = guideOf(provider);
  // What the form began with: somebody else's change meanwhile must not look like one of this person's.
  const [before, setBefore] = useState(() => formOf(provider, channel));
  const kept = useMemo(() => keptOf(provider, channel), [provider, channel]);
  const control = useFormControl(provider, before, { kept, readOnly });
  const changes = changesOf(provider, before, control.values, control.replaced);
  const isDirty = Object.keys(changes).length > 0;
  useLeaveGuard(isDirty && !readOnly);
  useAnchor();

  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => call<ShownChannel>('PATCH', `/channels/${channel.id}`, { body: changes }),
    onSuccess: (saved) => {
      queryClient.setQueryData([`/channels/${channel.id}`], saved);
      const next = formOf(provider, saved);
      setBefore(next);
      control.reset(next);
      showDone(t('saved'));
      return refresh('/channels');
    },
    onError: (refusal) => control.refuse(errorsByField(refusal)),
  });
  const discard = (): void => {
    reset();
    const next = formOf(provider, channel);
    setBefore(next);
    control.reset(next);
  };
  const submit = (): void => {
    if (!isPending && isDirty && control.isComplete()) mutate();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {readOnly && (
        <Text c="dimmed" mb="sm">
          {t('readOnly')}
        </Text>
      )}
      {!readOnly && <VerifyList channel={channel} steps={steps} isDirty={isDirty} />}
      <Guide provider={provider} steps={steps} control={control} channel={channel} />
      {!readOnly && isDirty && (
        <div className={classes['bar']}>
          <Group gap="xs">
            <Button type="submit" aria-busy={isPending}>
              {t(isPending ? 'saving' : 'save')}
            </Button>
            <Button variant="default" onClick={discard}>
              {t('discard')}
            </Button>
          </Group>
          <div style={{ flex: '1 1 16rem', minWidth: 0 }}>
            <FormErrors error={isPending ? null : error} control={control} />
            {error === null && <Text fw={500}>{t('unsaved')}</Text>}
          </div>
        </div>
      )}
    </form>
  );
}

/** Goes to the place that the address names, once it is there: the page is drawn after the browser looked for it. */
function useAnchor(): void {
  const { hash, key } = useLocation();
  useEffect(() => {
    const place = hash === '' ? null : document.getElementById(hash.slice(1));
    place?.scrollIntoView();
    place?.focus({ preventScroll: true });
    // The same link may be followed twice.
  }, [hash, key]);
}
