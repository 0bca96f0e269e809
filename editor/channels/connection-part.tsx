import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { HubWords } from '../parts/hub-words.tsx';
import { When } from '../parts/when.tsx';
import type { Mood } from './health.ts';
import { MoodText } from './mood.tsx';
import classes from './mood.module.css';

/** How the connection of a persistent channel stands: since when, what came over it last, or why it does not and when it is tried again. */
export function ConnectionPart({
  channel,
  mood,
  reason,
}: {
  channel: ShownChannel;
  mood: Mood;
  /** How much is said of why it does not stand: nothing (a list), some lines, or all of it. */
  reason: 'none' | 'cut' | 'whole';
}) {
  const { t } = useTranslation('channels');
  const { connection, lastCallbackAt } = channel;
  if (connection === null) return <MoodText mood={mood}>{t('connectionClosed')}</MoodText>;
  const { state, since, lastError, nextTryAt } = connection;
  return (
    <div>
      <MoodText mood={mood}>
        {t(`connectionStates.${state}`)} · <When at={since} />
      </MoodText>
      {state === 'connected' && (
        <Text size="sm">
          {lastCallbackAt === null ? (
            t('noEventYet')
          ) : (
            <>
              {t('lastEvent')} <When at={lastCallbackAt} />
            </>
          )}
        </Text>
      )}
      {state !== 'connected' && lastError !== null && reason !== 'none' && (
        <Text size="sm" {...(reason === 'cut' && { className: classes['message'] })}>
          <HubWords text={lastError} />
        </Text>
      )}
      {state === 'down' && nextTryAt !== null && reason !== 'none' && (
        <Text size="sm" c="dimmed">
          {t('nextTry')} <When at={nextTryAt} />
        </Text>
      )}
    </div>
  );
}
