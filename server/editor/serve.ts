import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import type { Context, Middleware, Next } from 'koa';
import { languageOf } from '../http/language.ts';
import { PAGE_DIRECTIVES } from '../http/page.ts';
import { pageHeaders } from '../http/security-headers.ts';
import { ENCODINGS, INDEX } from './files.ts';
import type { BuiltFile, BuiltFiles } from './files.ts';
import { waitingPage } from './waiting-page.ts';
import type { Absence } from './waiting-page.ts';

/** The editor as it stands: its files, or why there are none. */
export type EditorState = { readonly state: 'ready'; readonly files: BuiltFiles } | Absence;

export interface ServeDeps {
  readonly state: () => Promise<EditorState>;
  readonly isSignedIn: (ctx: Context) => Promise<boolean>;
  /** Whether PUBLIC_URL is https. */
  readonly https: boolean;
}

/** Monaco and Mantine put styles into the page; scripts and workers come from the hub alone, and nothing is evaluated. */
const DIRECTIVES = {
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'worker-src': ["'self'"],
  'connect-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
} as const;

/** What belongs to others, whether or not they answer it. */
const OF_OTHERS = /^\/(api|callbacks|simulator|sign-in|healthz|readyz|metrics)(\/|$)/;
/** The addresses of the editor's pages (editor/app/routes.tsx). */
const PAGES = /^\/((mappings|tasks|executions|events|channels|bindings|settings)(\/.*)?)?$/;
const ASSETS = '/assets/';

/**
 * Serves the editor: its page at every address that a page of it may have (for another that somebody typed it says itself that
 * there is nothing), and its files. Whoever is not signed in is sent to
 * the sign-in page, and comes back.
 */
export function serveEditor({ state, isSignedIn, https }: ServeDeps): Middleware {
  const editorHeaders = pageHeaders(DIRECTIVES, { https });
  const waitingHeaders = pageHeaders(PAGE_DIRECTIVES, { https });
  const nothing = (): Promise<void> => Promise.resolve();

  async function showPage(ctx: Context): Promise<void> {
    ctx.set('cache-control', 'no-cache');
    if (!(await isSignedIn(ctx))) {
      ctx.redirect(ctx.url === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(ctx.url)}`);
      return;
    }
    const now = await state();
    const index = now.state === 'ready' ? now.files.get(INDEX) : undefined;
    if (index !== undefined) {
      await editorHeaders(ctx, nothing);
      send(ctx, INDEX, index);
      return;
    }
    await waitingHeaders(ctx, nothing);
    ctx.status = 503;
    ctx.set('cache-control', 'no-store');
    ctx.type = 'html';
    ctx.body = waitingPage(languageOf(ctx), now.state === 'ready' ? { state: 'missing' } : now);
  }

  return async function editor(ctx: Context, next: Next): Promise<void> {
    if ((ctx.method !== 'GET' && ctx.method !== 'HEAD') || OF_OTHERS.test(ctx.path)) {
      await next();
      return;
    }
    const now = await state();
    const file = now.state === 'ready' && ctx.path !== INDEX ? now.files.get(ctx.path) : undefined;
    if (file !== undefined) {
      // A worker goes by the policy that came with its own file.
      await editorHeaders(ctx, nothing);
      ctx.set(
        'cache-control',
        // Another content has another name.
        ctx.path.startsWith(ASSETS) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
      send(ctx, ctx.path, file);
    } else if (PAGES.test(ctx.path) || (isNavigation(ctx) && !ctx.path.startsWith(ASSETS))) {
      await showPage(ctx);
    } else await next();
  };
}

/** Somebody typed the address, or followed a link; programs and scripts are told in JSON that there is nothing. */
const isNavigation = (ctx: Context): boolean => ctx.get('accept').includes('text/html');

/** Sends a file in the smallest form that the browser takes. */
function send(ctx: Context, name: string, { etag, stored }: BuiltFile): void {
  ctx.vary('accept-encoding');
  // Browsers like all alike and name gzip first; the smallest is ours to choose.
  const chosen =
    ENCODINGS.find((each) => stored[each] !== undefined && ctx.acceptsEncodings(each) !== false) ??
    'identity';
  const found = stored[chosen];
  if (found === undefined) throw new Error(`${name} is not there as it is.`);
  ctx.status = 200;
  // Each encoding is another text to caches between.
  ctx.etag = chosen === 'identity' ? etag : `${etag}-${chosen}`;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  ctx.type = extname(name);
  if (chosen !== 'identity') ctx.set('content-encoding', chosen);
  ctx.body = createReadStream(found.path);
  ctx.length = found.bytes;
}
