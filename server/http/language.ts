import type { Context } from 'koa';

/** The languages of the pages that the hub itself makes. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Where the editor keeps the language that somebody chose (editor/app/language.ts). */
const CHOSEN = 'countersign_language';

/** The language of whoever asks for a page: the one chosen in the editor, else the browser's; English when it is none of ours. */
export function languageOf(ctx: Context): Language {
  ctx.vary('accept-language, cookie');
  const chosen = ctx.cookies.get(CHOSEN);
  const wished = ctx.acceptsLanguages([...LANGUAGES]);
  return (
    LANGUAGES.find((language) => language === chosen) ??
    LANGUAGES.find((language) => language === wished) ??
    'en'
  );
}
