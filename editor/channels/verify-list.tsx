import { Anchor, Button, Group, Loader, Text, Title } from '@mantine/core';
import { IconCircleCheckFilled, IconCircleDashed, IconAlertTriangleFilled } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ChannelVerdict, ShownChannel } from '../../server/contract/channel.ts';
import { call } from '../api/client.ts';
import { refresh } from '../api/queries.ts';
import { ErrorState } from '../parts/error-state.tsx';
import { HubWords } from '../parts/hub-words.tsx';
import { When } from '../parts/when.tsx';
import { stepAnchor } from './guide.tsx';
import { stepOf } from './guides.ts';
import type { GuideStep } from './guides.ts';
import { expectedSteps, stepName, wrongOf } from './verify-steps.ts';
import classes from './verify.module.css';

/** A token stage, a handful of questions and a call to the own URL, each with a limit of its own. */
const PATIENCE_MS = 90_000;

interface Verified extends ChannelVerdict {
  readonly at: string;
}

/** Tries a channel out, and tells step by step what works, in the provider's words, and what to mend. */
export function VerifyList({
  channel,
  steps,
  isDirty,
}: {
  channel: ShownChannel;
  steps: readonly GuideStep[];
  /** Something is not saved yet, and would not be verified. */
  isDirty: boolean;
}) {
  const { t } = useTranslation('channels');
  const { mutate, data, error, isPending, isIdle } = useMutation({
    mutationFn: async (): Promise<Verified> => {
      const verdict = await call<ChannelVerdict>('POST', `/channels/${channel.id}/verify`, {
        timeoutMs: PATIENCE_MS,
      });
      return { ...verdict, at: new Date().toISOString() };
    },
    onSettled: () => refresh('/channels'),
  });
  return (
    <section aria-labelledby="verify" className={classes['verify']}>
      <Group justify="space-between" gap="sm">
        <Title order={2} id="verify" tabIndex={-1}>
          {t('verify')}
        </Title>
        <Button
          variant={isIdle ? 'filled' : 'default'}
          onClick={() => {
            if (!isPending) mutate();
          }}
          disabled={isDirty}
          aria-busy={isPending}
          aria-disabled={isPending}
        >
          {t(data === undefined && error === null ? 'verify' : 'verifyAgain')}
        </Button>
      </Group>
      <Text c="dimmed" size="sm" mt={4}>
        {t(isDirty ? 'verifyUnsaved' : 'verifyHelp')}
      </Text>
      <div role="status">
        {isPending && (
          <Group gap="xs" mt="sm">
            <Loader size="xs" aria-hidden />
            <Text>{t('verifying')}</Text>
          </Group>
        )}
        {!isPending && data !== undefined && (
          <Text mt="sm" fw={600}>
            {data.ok ? t('verifyOk') : t('verifyWrong', { count: wrongOf(data) })}{' '}
            <Text span c="dimmed" size="sm" fw={400}>
              {t('verifiedAt')} <When at={data.at} />
            </Text>
          </Text>
        )}
      </div>
      {error !== null && <ErrorState error={error} retry={() => mutate()} />}
      {isPending && (
        <ul className={classes['steps']}>
          {expectedSteps(channel).map((name) => (
            <VerifyStep key={name} name={name} />
          ))}
        </ul>
      )}
      {!isPending && data !== undefined && (
        <ul className={classes['steps']}>
          {data.steps.map((step) => (
            <VerifyStep key={step.name} {...step} guideStep={stepOf(steps, step.name)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function VerifyStep({
  name,
  ok,
  detail,
  guideStep,
}: {
  name: string;
  ok?: boolean;
  detail?: string;
  guideStep?: number | undefined;
}) {
  const { t } = useTranslation('channels');
  const named = stepName(name);
  const state = ok === undefined ? 'waiting' : ok ? 'ok' : 'wrong';
  const Icon = { waiting: IconCircleDashed, ok: IconCircleCheckFilled, wrong: IconAlertTriangleFilled }[
    state
  ];
  return (
    <li data-state={state}>
      <Icon size={18} aria-hidden />
      <div>
        <Text span fw={500}>
          {named.words === undefined
            ? named.name
            : t(`steps.${named.words}`, { id: named.words === 'permission' ? named.id : '' })}
        </Text>{' '}
        <Text span size="sm" c="dimmed">
          {t(`stepState.${state}`)}
        </Text>
        {detail !== undefined && (
          <Text size="sm" className={classes['detail']}>
            <HubWords text={detail} />
          </Text>
        )}
        {state === 'wrong' && guideStep !== undefined && (
          <Anchor component={Link} to={{ hash: stepAnchor(guideStep) }} size="sm">
            {t('toStep', { number: guideStep + 1 })}
          </Anchor>
        )}
      </div>
    </li>
  );
}
