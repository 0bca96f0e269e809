import { getI18n } from 'react-i18next';

/** The language of Monaco's own menus. Monaco takes its texts while it is loaded, and no others later. */
let taken: string | undefined;

/** Hands Monaco the texts of the reader's language: to be waited for before Monaco itself is loaded. English it knows. */
export async function loadMonacoWords(): Promise<void> {
  taken ??= getI18n().language;
  if (taken === 'zh') await import('monaco-editor/nls/lang/zh-cn');
}

/** Whether Monaco's menus are in another language than the page: it was switched since. */
export const isMonacoBehind = (language: string): boolean => taken !== undefined && taken !== language;
