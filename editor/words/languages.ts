/** The languages that the editor speaks. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language of a list of wishes, best first, as `navigator.languages` has them; English when none is ours. */
export function languageOf(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const language = LANGUAGES.find((each) => wish.toLowerCase().split('-')[0] === each);
    if (language !== undefined) return language;
  }
  return 'en';
}

/** For `<html lang>` and for Intl. */
export const localeOf = (language: string): string => (language === 'zh' ? 'zh-CN' : 'en');
