import { createInstance } from 'i18next';
import type { i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { languageOf, localeOf } from '../words/languages.ts';
import type { Language } from '../words/languages.ts';
import { loadLanguage } from '../words/spoken.ts';

export { LANGUAGES, localeOf } from '../words/languages.ts';
export type { Language } from '../words/languages.ts';

const KEPT = 'countersign.language';
/** The same for the pages that the hub itself makes, the one for signing in above all (server/http/language.ts). */
const COOKIE = 'countersign_language';
const YEAR_SECONDS = 31_536_000;

/** The choice of an earlier visit; undefined when there was none, or the browser keeps nothing for us. */
function kept(): string | undefined {
  try {
    return localStorage.getItem(KEPT) ?? undefined;
  } catch {
    // Storage is switched off: the browser's own language it is.
    return undefined;
  }
}

/**
 * Loads the texts in the person's language: the one chosen before, else the browser's first.
 * @throws Error when they do not come
 */
export async function startLanguage(): Promise<i18n> {
  const words = createInstance();
  const language = languageOf([kept() ?? '', ...navigator.languages]);
  const texts = await loadLanguage(language);
  void words.use(initReactI18next).init({
    resources: { [language]: texts },
    lng: language,
    // Each language has a text for every key: there is nothing to fall back to.
    fallbackLng: false,
    defaultNS: 'parts',
    // React escapes by itself.
    interpolation: { escapeValue: false },
    // The texts are all here: nothing is waited for.
    initAsync: false,
  });
  document.documentElement.lang = localeOf(language);
  return words;
}

/**
 * Switches to a language as soon as its texts are here, and remembers it for the next visit where the browser lets us.
 * @throws Error when they do not come: all stays as it was
 */
export async function switchLanguage(words: i18n, language: Language): Promise<void> {
  for (const [page, texts] of Object.entries(await loadLanguage(language)))
    words.addResourceBundle(language, page, texts);
  await words.changeLanguage(language);
  document.documentElement.lang = localeOf(language);
  document.cookie = `${COOKIE}=${language}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // Storage is switched off or full: the choice holds for this visit.
  }
}
