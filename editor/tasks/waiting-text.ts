import { useTranslation } from 'react-i18next';
import { localeOf } from '../app/language.ts';
import type { Waiting } from './waiting.ts';

/** Whom or what a task waits for, in one sentence; undefined for nobody. @param provider what people call it */
export function useWaitingText(waiting: Waiting, provider: string): string | undefined {
  const { t, i18n } = useTranslation('tasks');
  switch (waiting.for) {
    case 'nobody':
      return undefined;
    case 'people':
      return t('waitingPeople', { names: listed(waiting.names, localeOf(i18n.language)) });
    case 'opening':
      return waiting.nextTryAt === undefined ? t('waitingOpening', { provider }) : t('waitingOpeningAt');
    case 'search':
      return waiting.nextTryAt === undefined
        ? t('waitingSearch', { provider })
        : t('waitingSearchAt', { provider });
    case 'first look':
      return t('waitingFirstLook', { provider });
    case 'provider':
      return t('waitingDecided', { provider });
    case 'revoke':
      return t('waitingRevoke', { provider });
  }
}

/** The moment that belongs behind the sentence: when it is tried next, or since when it was asked. */
export function momentOf(waiting: Waiting): string | undefined {
  if (waiting.for === 'revoke') return waiting.askedAt;
  return waiting.for === 'opening' || waiting.for === 'search' ? waiting.nextTryAt : undefined;
}

const listed = (names: readonly string[], locale: string): string =>
  new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
