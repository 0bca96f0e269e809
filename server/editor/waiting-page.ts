import type { Language } from '../http/language.ts';
import { escapeHtml, page } from '../http/page.ts';

/** Why there is no editor to be shown. */
export type Absence =
  | { readonly state: 'building' }
  /** Nobody has built it: a hub that was started by a test, or by a program of one's own. */
  | { readonly state: 'missing' }
  | { readonly state: 'failed'; readonly why: string };

const WORDS = {
  en: {
    lang: 'en',
    title: 'Editor',
    building:
      'The editor is being built: at the first start, and after an update. This takes some 20 seconds; the page reloads by itself. Tasks and callbacks are taken meanwhile.',
    missing:
      'The editor has not been built. Start the hub by npm start, or build it by npm run build:editor. The HTTP API works without it.',
    failed:
      'The editor could not be built; the hub works without it. Mend what the builder says, then start the hub again.',
  },
  zh: {
    lang: 'zh-CN',
    title: '编辑器',
    building:
      '正在构建编辑器（首次启动或更新之后进行），约需 20 秒，页面会自动刷新。在此期间任务和回调照常接收。',
    missing: '编辑器尚未构建。请用 npm start 启动服务，或运行 npm run build:editor 构建。HTTP API 不受影响。',
    failed: '编辑器构建失败，服务的其他功能不受影响。请按构建程序的提示修复，然后重新启动服务。',
  },
} as const;

const RELOAD_SECONDS = 2;

/** A page that stands in for the editor; it needs no script. */
export function waitingPage(language: Language, absence: Absence): string {
  const words = WORDS[language];
  const why = absence.state === 'failed' ? `<pre>${escapeHtml(absence.why)}</pre>` : '';
  return page({
    lang: words.lang,
    title: words.title,
    content: `<p role="status">${escapeHtml(words[absence.state])}</p>${why}`,
    ...(absence.state === 'building' && { reloadSeconds: RELOAD_SECONDS }),
  });
}
