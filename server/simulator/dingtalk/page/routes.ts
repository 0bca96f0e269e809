import { readFile } from 'node:fs/promises';
import type Koa from 'koa';
import type { Company } from '../company.ts';
import { guardBrowser } from '../control/browser-guard.ts';
import { ControlProblem } from '../refusals.ts';

/** Only these files are served; a path never becomes a file name. */
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/card.js': ['card.js', 'text/javascript; charset=utf-8'],
  '/actions.js': ['actions.js', 'text/javascript; charset=utf-8'],
  '/form.js': ['form.js', 'text/javascript; charset=utf-8'],
  '/events.js': ['events.js', 'text/javascript; charset=utf-8'],
  '/faults.js': ['faults.js', 'text/javascript; charset=utf-8'],
  '/dom.js': ['dom.js', 'text/javascript; charset=utf-8'],
  '/words.js': ['words.js', 'text/javascript; charset=utf-8'],
};

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Serves the simulator's page. Answers whether the path was one of its files. */
export async function answerPage(company: Company, ctx: Koa.Context, path: string): Promise<boolean> {
  const known = Object.hasOwn(FILES, path) ? FILES[path] : undefined;
  if (!known || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return false;
  try {
    guardBrowser(ctx, company.publicUrl);
  } catch (error) {
    if (!(error instanceof ControlProblem)) throw error;
    ctx.status = error.status;
    ctx.body = error.message;
    return true;
  }
  const [file, type] = known;
  ctx.body = await readFile(new URL(`./${file}`, import.meta.url));
  ctx.set({
    'content-type': type,
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
  });
  return true;
}
