import { secretKey } from '../mask/secret-key.ts';
import type { Outgoing } from './outgoing.ts';
import { denied, httpError } from './refusal.ts';
import { readUrl } from './route.ts';

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

const CONTENT_HEADERS: readonly string[] = [
  'content-encoding',
  'content-language',
  'content-location',
  'content-type',
];

/** The Location of a redirect, or null when this reply is none. */
export function locationOf(reply: {
  status: number;
  headers: readonly (readonly [string, string])[];
}): string | null {
  if (!REDIRECTS.includes(reply.status)) return null;
  return reply.headers.find(([name]) => name === 'location')?.[1] ?? null;
}

/**
 * The request that a redirect asks for (Fetch standard, "HTTP-redirect fetch"): 303, and 301 or 302 after a POST, become a GET
 * without a body; 307 and 308 repeat the request. `sentTo` is where the last request really went, which is what a relative
 * Location speaks of. Whether the new URL may be called is not decided here. Throws a Refusal for a URL that cannot be called,
 * and for a step from https down to http.
 */
export function nextHop(hop: Outgoing, sentTo: URL, status: number, location: string): Outgoing {
  const resolved = URL.parse(location, sentTo);
  if (resolved === null)
    throw httpError(`${hop.url.host} redirects to "${location.slice(0, 200)}", which is not a URL.`);
  const url = readUrl(resolved.href);
  if (sentTo.protocol === 'https:' && url.protocol === 'http:')
    throw denied(`${hop.url.host} redirects from https: to ${url.origin} without encryption.`);

  const becomesGet =
    (status === 303 && hop.method !== 'HEAD') ||
    ((status === 301 || status === 302) && hop.method === 'POST');
  const sameOrigin = url.origin === sentTo.origin || url.origin === hop.url.origin;
  const headers = hop.headers
    .filter(([name]) => !becomesGet || !CONTENT_HEADERS.includes(name))
    // Whatever looks like a credential was meant for the origin it was sent to, not for where that origin points.
    .filter(([name]) => sameOrigin || !secretKey(name));
  return { method: becomesGet ? 'GET' : hop.method, url, headers, body: becomesGet ? null : hop.body };
}
