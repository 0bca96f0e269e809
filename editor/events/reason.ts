import { useTranslation } from 'react-i18next';
import { useHubWords } from '../parts/hub-words.tsx';
import { reasonWords } from './reason-words.ts';

/** Why an event has its outcome, in the person's language where the hub's words are known; undefined without a reason. */
export function useReasonText(reason: string | undefined): string | undefined {
  const { t } = useTranslation('events');
  const status = useTranslation('parts').t;
  const say = useHubWords();
  if (reason === undefined) return undefined;
  const words = reasonWords(reason);
  if (words === undefined) return say(reason);
  if (words.key === 'movedNothing')
    return t('reasons.movedNothing', { status: status(`status.${words.status}`) });
  if (words.key === 'replayed') return t('reasons.replayed', { by: words.by });
  return t(`reasons.${words.key}`);
}
