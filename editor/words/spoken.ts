import type { Texts } from './index.ts';
import type { Language } from './languages.ts';

/** What is loaded of a language: the editor's own texts, and what the hub said in it. */
interface Spoken {
  readonly texts: Texts;
  readonly hubWords: (text: string) => string;
}

const asItIs = (text: string): string => text;

/** What has been loaded, by language. The hub speaks English, so that there is nothing to load for it. */
const spoken = new Map<string, Spoken>();

/**
 * Loads a language: whoever reads one is not sent the other's texts.
 * @returns the editor's texts in it; from now on `hubWords` speaks it too
 * @throws Error when the hub is away, or has been updated since the page was loaded
 */
export async function loadLanguage(language: Language): Promise<Texts> {
  const loaded = spoken.get(language) ?? (await (language === 'zh' ? loadChinese() : loadEnglish()));
  spoken.set(language, loaded);
  return loaded.texts;
}

const loadEnglish = async (): Promise<Spoken> => ({
  texts: (await import('./index.ts?en')).default,
  hubWords: asItIs,
});

async function loadChinese(): Promise<Spoken> {
  const [{ default: texts }, { inChinese }] = await Promise.all([
    import('./index.ts?zh'),
    import('./hub/index.ts'),
  ]);
  return { texts, hubWords: inChinese(texts.executions.stages) };
}

/** What the hub said, in the language of the page; the words of people and of providers in it stay as they are. */
export const hubWords = (language: string, text: string): string =>
  (spoken.get(language)?.hubWords ?? asItIs)(text);
