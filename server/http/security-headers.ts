import helmet from 'koa-helmet';
import type { Middleware } from 'koa';

type Directives = Readonly<Record<string, readonly string[]>>;

/** Nothing may be loaded from an answer that is no page, and no page may frame it. */
const NOTHING_LOADED: Directives = {
  'default-src': ["'none'"],
  'frame-ancestors': ["'none'"],
  'form-action': ["'none'"],
  'base-uri': ["'none'"],
};

/**
 * Security headers for everything below. Pages put `pageHeaders` in their place.
 * @param options.https whether PUBLIC_URL is https; then browsers are told to come by https only
 */
export const securityHeaders = ({ https }: { https: boolean }): Middleware =>
  headers(NOTHING_LOADED, https, 'no-referrer');

/**
 * Security headers for a page.
 * @param directives what it may load; the rest is nothing
 */
export const pageHeaders = (directives: Directives, { https }: { https: boolean }): Middleware =>
  // With no-referrer a browser sends `Origin: null` with the page's own forms, and they could not be told from foreign ones.
  headers({ ...NOTHING_LOADED, ...directives }, https, 'same-origin');

function headers(directives: Directives, https: boolean, policy: 'no-referrer' | 'same-origin'): Middleware {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: https && { maxAge: 365 * 24 * 3600, includeSubDomains: false },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy },
  });
}
