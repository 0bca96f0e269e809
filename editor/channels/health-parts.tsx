import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { HubWords } from '../parts/hub-words.tsx';
import { When } from '../parts/when.tsx';
import { takesCallbacks, usedShare } from './health.ts';
import type { Mood } from './health.ts';
import { ConnectionPart } from './connection-part.tsx';
import { MoodText } from './mood.tsx';
import classes from './mood.module.css';

interface Part {
  readonly channel: ShownChannel;
  readonly mood: Mood;
}

/** Until when the access token that is held is used. */
export function TokenPart({ channel, mood }: Part) {
  const { t } = useTranslation('channels');
  return (
    <MoodText mood={mood}>
      {channel.accessTokenUntil === null ? (
        t('noToken')
      ) : (
        <>
          {t('usable')} <When at={channel.accessTokenUntil} />
        </>
      )}
    </MoodText>
  );
}

/** When the provider last called back, or why it cannot; of a persistent channel, how its connection stands. */
export function CallbackPart({ channel, mood, isBrief = false }: Part & { isBrief?: boolean }) {
  const { t } = useTranslation('channels');
  if (channel.callbackType === 'persistent')
    return <ConnectionPart channel={channel} mood={mood} reason={isBrief ? 'none' : 'cut'} />;
  if (!takesCallbacks(channel)) return <MoodText mood={mood}>{t('noKeys')}</MoodText>;
  return (
    <MoodText mood={mood}>
      {channel.lastCallbackAt === null ? t('noCallback') : <When at={channel.lastCallbackAt} />}
    </MoodText>
  );
}

/** How many of the month's calls are used, as words and as a bar. */
export function CallsPart({ channel, mood }: Part) {
  const { t, i18n } = useTranslation('channels');
  const { used, limit } = channel.budget;
  const digits = new Intl.NumberFormat(i18n.language);
  return (
    <div>
      <MoodText mood={mood}>
        {t('callsOf', { used: digits.format(used), limit: digits.format(limit) })}
      </MoodText>
      {/* The words say it all. */}
      <div className={classes['meter']} data-mood={mood} aria-hidden>
        <div style={{ width: `${usedShare(channel.budget) * 100}%` }} />
      </div>
    </div>
  );
}

/** The newest live run that failed, in the provider's words. */
export function ErrorPart({ channel, mood, isLinked = false }: Part & { isLinked?: boolean }) {
  const { t } = useTranslation('channels');
  const { lastError } = channel;
  if (lastError === null) return <MoodText mood={mood}>{t('noError')}</MoodText>;
  return (
    <div>
      <MoodText mood={mood}>
        <When at={lastError.at} /> {t('errorIn', { stage: lastError.stage })}
      </MoodText>
      <Text size="sm" className={classes['message']}>
        <HubWords text={lastError.message} />
      </Text>
      {isLinked && (
        <Anchor component={Link} to={`/executions/${lastError.executionId}`} size="sm">
          {t('errorLink')}
        </Anchor>
      )}
    </div>
  );
}
