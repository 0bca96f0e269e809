import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { CallbackPart, CallsPart, ErrorPart, TokenPart } from './health-parts.tsx';
import { healthOf } from './health.ts';
import classes from './mood.module.css';

/** A channel's health at a glance: token, callbacks, calls of the month, last error. */
export function HealthCards({ channel }: { channel: ShownChannel }) {
  const { t, i18n } = useTranslation('channels');
  const digits = new Intl.NumberFormat(i18n.language);
  const health = healthOf(channel, Date.now());
  const { polled, pollLimit } = channel.budget;
  return (
    <dl className={classes['cards']} aria-label={t('health')}>
      <Card head={t('token')}>
        <TokenPart channel={channel} mood={health.token} />
      </Card>
      <Card head={t(channel.callbackType === 'persistent' ? 'connection' : 'callbacks')}>
        <CallbackPart channel={channel} mood={health.callbacks} />
      </Card>
      <Card head={t('calls')}>
        <CallsPart channel={channel} mood={health.budget} />
        <Text size="xs" c="dimmed" mt={6}>
          {t('callsHelp', { polled: digits.format(polled), pollLimit: digits.format(pollLimit) })}
        </Text>
      </Card>
      <Card head={t('lastError')}>
        <ErrorPart channel={channel} mood={health.error} isLinked />
      </Card>
    </dl>
  );
}

function Card({ head, children }: { head: string; children: ReactNode }) {
  return (
    <div className={classes['card']}>
      <dt>{head}</dt>
      <dd>{children}</dd>
    </div>
  );
}
