import { useTranslation } from 'react-i18next';

type WordsOf = Readonly<Record<string, string>>;

/** Words for what the audit record names; what is not known here is shown in its own word. */
export function useAuditWords(): {
  /** What the hub writes today; it may be asked for others too. */
  readonly actions: WordsOf;
  readonly objects: WordsOf;
  readonly actionOf: (action: string) => string;
  readonly objectOf: (objectType: string) => string;
} {
  const { t } = useTranslation('settings');
  const actions: WordsOf = t('audit.actions', { returnObjects: true });
  const objects: WordsOf = t('audit.objects', { returnObjects: true });
  return {
    ...{ actions, objects },
    actionOf: (action) => wordOf(actions, action),
    objectOf: (objectType) => wordOf(objects, objectType),
  };
}

const wordOf = (words: WordsOf, own: string): string =>
  Object.hasOwn(words, own) ? (words[own] ?? own) : own;
