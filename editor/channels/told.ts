import { useTranslation } from 'react-i18next';

/** Texts that the hub sends in both languages, as the catalogue does. */
export interface Told {
  readonly en: string;
  readonly zh: string;
}

/** Picks the person's language out of a text that comes in both. */
export function useTold(): (text: Told) => string {
  const { i18n } = useTranslation();
  return (text) => (i18n.language === 'zh' ? text.zh : text.en);
}
