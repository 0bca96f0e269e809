import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { hubWords } from '../words/spoken.ts';

/** Says what the hub said in the language of the page. */
export function useHubWords(): (text: string) => string {
  const { language } = useTranslation('parts').i18n;
  return useCallback((text) => hubWords(language, text), [language]);
}

/** What the hub said, in the language of the page. */
export function HubWords({ text }: { text: string }) {
  return useHubWords()(text);
}
