import type Koa from 'koa';
import { isLoopbackHost } from '../apps.ts';
import { ControlProblem } from '../refusals.ts';

/**
 * The control API and the page have no login, so a web page somewhere must not be able to use them through the visitor's browser.
 * Throws ControlProblem 403 for a call of another site, and for a host name that was only made to point here (DNS rebinding).
 */
export function guardBrowser(ctx: Koa.Context, publicUrl: string | null): void {
  const own = publicUrl === null ? null : new URL(publicUrl);
  const local = ctx.req.socket.localAddress ?? '';
  const hostname = ctx.host === '' ? '' : hostnameOf(ctx.host);
  const boundToLoopback = local === '::1' || /^(::ffff:)?127\./.test(local);
  if (boundToLoopback && !isLoopbackHost(hostname) && hostname !== own?.hostname)
    throw refuse(`the simulator does not answer to the host name ${hostname}; use 127.0.0.1`);

  const origin = ctx.get('origin');
  if (origin !== '' && origin !== own?.origin && !(URL.canParse(origin) && new URL(origin).host === ctx.host))
    throw refuse(`a page of ${origin} may not use the simulator`);
  const site = ctx.get('sec-fetch-site');
  // A link to the page from elsewhere is fine: it shows, and does nothing.
  const visit =
    ctx.method === 'GET' &&
    ctx.get('sec-fetch-mode') === 'navigate' &&
    ctx.get('sec-fetch-dest') === 'document';
  if (site !== '' && site !== 'same-origin' && site !== 'none' && !visit)
    throw refuse('a page of another site may not use the simulator');
}

const refuse = (message: string): ControlProblem => new ControlProblem(403, 'CROSS_SITE', message);

const hostnameOf = (host: string): string =>
  URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host;
