import Router from '@koa/router';
import type { Context, Middleware, Next } from 'koa';
import { signInByLink as linkShape } from '../../contract/auth.ts';
import { AppError } from '../../errors.ts';
import type { AppErrorCode } from '../../errors.ts';
import { callerAddress } from '../../http/address.ts';
import { readForm } from '../../http/body.ts';
import type { FrameState } from '../../http/frame.ts';
import { languageOf } from '../../http/language.ts';
import { PAGE_DIRECTIVES } from '../../http/page.ts';
import { pageHeaders } from '../../http/security-headers.ts';
import type { Visit } from '../actor.ts';
import { sessionOf } from '../authenticate.ts';
import type { Cookies } from '../cookies.ts';
import { readCookie } from '../cookies.ts';
import { refuseForeign } from '../foreign.ts';
import { findLinkUser } from '../link-store.ts';
import { OIDC_CALLBACK, OIDC_PATIENCE_SECONDS, OidcError } from '../oidc.ts';
import type { Oidc } from '../oidc.ts';
import { LONGEST_SECONDS } from '../session-store.ts';
import type { Session } from '../session-store.ts';
import { signInByLink, signInByPassword, signInBySubject } from '../sign-in.ts';
import type { SignInDeps } from '../sign-in.ts';
import { placeAfter } from './next.ts';
import { linkPage, signInPage, troublePage } from './sign-in-page.ts';
import type { Trouble } from './words.ts';

export interface PagesDeps extends SignInDeps {
  readonly cookies: Cookies;
  readonly publicUrl: string;
  readonly oidc: Oidc | undefined;
}

const TROUBLES: Partial<Record<AppErrorCode, Trouble>> = {
  UNAUTHENTICATED: 'wrongPassword',
  TOO_MANY_ATTEMPTS: 'tooMany',
  FORBIDDEN: 'disabled',
  CSRF_REFUSED: 'foreign',
  INVALID_INPUT: 'badForm',
  BAD_REQUEST: 'badForm',
  UNSUPPORTED_MEDIA_TYPE: 'badForm',
  TOO_LARGE: 'badForm',
};

const OIDC_STATUS = { unreachable: 502, denied: 403, stale: 400, refused: 502 } as const;

/** The sign-in pages: plain HTML in English and Chinese that needs no script. Stands inside `frame`. */
export function createPages(deps: PagesDeps): Middleware {
  const { db, cookies, publicUrl, oidc } = deps;
  const router = new Router({ sensitive: true });

  const begin = (ctx: Context, session: Session, next: unknown): void => {
    ctx.append('set-cookie', cookies.set(cookies.session, session.secret, LONGEST_SECONDS));
    ctx.status = 303;
    ctx.redirect(placeAfter(next));
  };
  const hasOidc = oidc !== undefined;

  router.get('/sign-in', async (ctx) => {
    const next = placeAfter(ctx.query['next']);
    if ((await sessionOf(deps, { cookie: ctx.get('cookie') })) !== undefined) ctx.redirect(next);
    else show(ctx, 200, signInPage(languageOf(ctx), { hasOidc, next }));
  });

  router.post('/sign-in', async (ctx) => {
    let name: string | undefined;
    const next = placeAfter(ctx.query['next']);
    try {
      refuseForeign(headersOf(ctx), publicUrl);
      const form = await readForm(ctx);
      name = (form['name'] ?? '').normalize().trim().slice(0, 200);
      const password = (form['password'] ?? '').slice(0, 1000);
      if (name.includes('\0')) throw new AppError('INVALID_INPUT', 'name must be text.');
      begin(ctx, await signInByPassword(deps, { name, password }, visitOf(ctx)), next);
    } catch (error) {
      const { trouble, status } = troubleOf(error, ctx);
      show(ctx, status, signInPage(languageOf(ctx), { hasOidc, next, trouble, name }));
    }
  });

  router.get('/sign-in/link/:token', async (ctx) => {
    const user = await findLinkUser(db, ctx.params['token'] ?? '');
    if (user === undefined) show(ctx, 410, troublePage(languageOf(ctx), 'linkSpent'));
    else show(ctx, 200, linkPage(languageOf(ctx), user));
  });

  router.post('/sign-in/link/:token', async (ctx) => {
    const token = ctx.params['token'] ?? '';
    try {
      refuseForeign(headersOf(ctx), publicUrl);
      const { password = '' } = await readForm(ctx);
      const given = linkShape.safeParse({ token, ...(password !== '' && { password }) });
      const user = await findLinkUser(db, token);
      if (user === undefined) show(ctx, 410, troublePage(languageOf(ctx), 'linkSpent'));
      else if (!given.success)
        show(ctx, 400, linkPage(languageOf(ctx), { ...user, trouble: 'passwordLength' }));
      else begin(ctx, await signInByLink(deps, given.data, visitOf(ctx)), undefined);
    } catch (error) {
      const { trouble, status } = troubleOf(error, ctx);
      // Somebody else was faster with the same link.
      const said = trouble === 'wrongPassword' ? 'linkSpent' : trouble;
      show(ctx, said === 'linkSpent' ? 410 : status, troublePage(languageOf(ctx), said));
    }
  });

  if (oidc !== undefined) mountOidc(router, deps, oidc, begin);

  const isSecure = publicUrl.startsWith('https:');
  const secure = pageHeaders(PAGE_DIRECTIVES, { https: isSecure });
  const route = router.routes() as Middleware;
  return async function signInPages(ctx: Context, next: Next) {
    if (ctx.path === '/sign-in' || ctx.path.startsWith('/sign-in/'))
      await secure(ctx, async () => {
        await route(ctx, next);
      });
    else await next();
  };
}

function mountOidc(
  router: Router,
  deps: PagesDeps,
  oidc: Oidc,
  begin: (ctx: Context, session: Session, next: unknown) => void,
): void {
  const { cookies } = deps;
  router.get('/sign-in/oidc', async (ctx) => {
    try {
      const { location, kept } = await oidc.start(placeAfter(ctx.query['next']));
      ctx.append('set-cookie', cookies.set(cookies.oidc, kept, OIDC_PATIENCE_SECONDS));
      ctx.set('cache-control', 'no-store');
      ctx.redirect(location);
    } catch (error) {
      showOidcTrouble(ctx, error);
    }
  });
  router.get(OIDC_CALLBACK, async (ctx) => {
    const kept = readCookie(ctx.get('cookie'), cookies.oidc);
    // A code is good for one try; so is what was kept for it.
    ctx.append('set-cookie', cookies.set(cookies.oidc, '', 0));
    try {
      const { next, ...who } = await oidc.finish(ctx.search, kept);
      begin(ctx, await signInBySubject(deps, who, visitOf(ctx)), next);
    } catch (error) {
      showOidcTrouble(ctx, error);
    }
  });
}

/** @throws what is no trouble of the person at the browser */
function showOidcTrouble(ctx: Context, error: unknown): void {
  const { trouble, status } =
    error instanceof OidcError
      ? { trouble: error.trouble, status: OIDC_STATUS[error.trouble] }
      : troubleOf(error, ctx);
  show(ctx, status, troublePage(languageOf(ctx), trouble));
}

/** What to say about a refusal. @throws what is none */
function troubleOf(error: unknown, ctx: Context): { trouble: Trouble; status: number } {
  const trouble = error instanceof AppError ? TROUBLES[error.code] : undefined;
  if (!(error instanceof AppError) || trouble === undefined) throw error;
  if (error.retryAfter !== undefined) ctx.set('retry-after', String(Math.ceil(error.retryAfter)));
  return { trouble, status: error.status };
}

function show(ctx: Context, status: number, html: string): void {
  ctx.status = status;
  ctx.type = 'text/html; charset=utf-8';
  ctx.set('cache-control', 'no-store');
  ctx.body = html;
}

const headersOf = (ctx: Context): Record<string, string | undefined> => ({
  origin: ctx.headers.origin,
  host: ctx.headers.host,
  'sec-fetch-site': ctx.headers['sec-fetch-site'],
});

const visitOf = (ctx: Context): Visit => ({
  address: callerAddress(ctx.req),
  requestId: (ctx.state as FrameState).requestId,
});
