import { AppError } from '../errors.ts';
import type { RequestHeaders } from '../http/api.ts';

const refused = (message: string): AppError => new AppError('CSRF_REFUSED', message);

/**
 * Refuses what a page of another origin makes a browser send. Browsers name the origin with every POST; programs name none.
 * Ours are PUBLIC_URL's and whatever host the request itself was sent to (a person may come by localhost).
 * @throws AppError CSRF_REFUSED
 */
export function refuseForeign(headers: RequestHeaders, publicUrl: string): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw refused('This was sent by a page of another site.');
  const { origin } = headers;
  if (origin === undefined) return;
  const url = URL.parse(origin);
  const isOwn =
    url !== null && (url.origin === new URL(publicUrl).origin || url.host === headers['host']?.toLowerCase());
  if (!isOwn)
    throw refused(
      `This was sent by a page of ${origin}. Set PUBLIC_URL if that is where people find this server.`,
    );
}
