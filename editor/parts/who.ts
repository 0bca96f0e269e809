import { useTranslation } from 'react-i18next';

/** As server/demo/create.ts and server/executions/scripts.ts name it. */
const THE_HUB = 'the hub';

/** Names who did something as the API does, for people: a name, or the hub itself in the person's language. */
export function useWho(): (by: string) => string {
  const { t } = useTranslation('parts');
  return (by) => (by === THE_HUB ? t('theHub') : by);
}
