import type { Context, Middleware, Next } from 'koa';
import { escapeHtml, page, PAGE_DIRECTIVES } from './auth/pages/html.ts';
import { pageHeaders } from './http/security-headers.ts';
import { SIMULATOR_PAGES } from './simulators.ts';

const WORDS = {
  en: {
    title: 'Running',
    says: 'The hub is running. Tasks come in over its HTTP API; approvals appear in the approval app.',
    api: 'HTTP API (OpenAPI 3.1)',
    ready: 'Is all well?',
    metrics: 'Metrics',
    simulator: (label: string) => `${label} simulator: see and decide approvals`,
    signIn: 'Sign in',
  },
  zh: {
    title: '运行中',
    says: '服务正在运行。任务通过 HTTP API 提交，审批单出现在审批应用中。',
    api: 'HTTP API（OpenAPI 3.1）',
    ready: '运行状态',
    metrics: '监控指标',
    simulator: (label: string) => `${label} 模拟器：查看并处理审批单`,
    signIn: '登录',
  },
} as const;

/**
 * The page at `/`: that the hub runs, and where to go from here.
 * @param options.hasSimulators whether they run in this process
 */
export function homePage({ hasSimulators, https }: { hasSimulators: boolean; https: boolean }): Middleware {
  const headers = pageHeaders(PAGE_DIRECTIVES, { https });
  return async function home(ctx: Context, next: Next): Promise<void> {
    if (ctx.path !== '/' || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) {
      await next();
      return;
    }
    const lang = ctx.acceptsLanguages('en', 'zh') === 'zh' ? 'zh' : 'en';
    const words = WORDS[lang];
    const links = [
      ...(hasSimulators ? SIMULATOR_PAGES : []).map(
        ({ label, path }) => [path, words.simulator(label)] as const,
      ),
      ['/api/v1/openapi.json', words.api],
      ['/readyz', words.ready],
      ['/metrics', words.metrics],
      ['/sign-in', words.signIn],
    ] as const;
    const list = links.map(([path, text]) => `<li><a href="${path}">${escapeHtml(text)}</a></li>`).join('\n');
    await headers(ctx, async () => Promise.resolve());
    ctx.type = 'html';
    ctx.vary('accept-language');
    ctx.body = page(
      lang === 'zh' ? 'zh-CN' : 'en',
      words.title,
      `<p>${escapeHtml(words.says)}</p>\n<ul>\n${list}\n</ul>`,
    );
  };
}
