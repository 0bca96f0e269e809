import { errors } from 'undici';

import { exceeded, httpError, Refusal } from './refusal.ts';
import type { Route } from './route.ts';

// What a system or undici calls it → what to tell the author. `%` is the place called.
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: '% refused the connection: nothing listens there',
  ECONNRESET: '% cut the connection before the reply was complete',
  EPIPE: '% cut the connection before the reply was complete',
  UND_ERR_SOCKET: '% closed the connection before the reply was complete',
  UND_ERR_CLOSED: '% closed the connection before the reply was complete',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: '% sent another length than its content-length promised',
  ETIMEDOUT: '% did not answer the connection in time',
  UND_ERR_CONNECT_TIMEOUT: '% did not answer the connection in time',
  ENOTFOUND: 'The name of % is unknown: check its spelling, or the DNS of the server',
  EAI_AGAIN: 'The name of % cannot be resolved: DNS does not answer',
  ENODATA: 'The name of % has no address',
  EHOSTUNREACH: '% cannot be reached from this network',
  ENETUNREACH: '% cannot be reached from this network',
  ENETDOWN: '% cannot be reached from this network',
  EADDRNOTAVAIL: '% cannot be reached from this network',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The TLS certificate of % is for another host',
  CERT_HAS_EXPIRED: 'The TLS certificate of % has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The TLS certificate of % is signed by itself, so it is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'The TLS certificate of % comes from an authority that is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The TLS certificate of % comes from an authority that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'The TLS certificate of % comes from an authority that is not trusted',
};

const NOT_HTTP = 'HPE_INVALID';

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return code;
  // undici leaves the code out when its parser has no name for what is wrong.
  return error instanceof errors.HTTPParserError ? NOT_HTTP : '';
}

function wordsFor(code: string): string {
  const known = WORDS[code];
  if (known !== undefined) return known;
  if (code.startsWith('HPE_')) return '% did not answer in HTTP';
  if (/^(ERR_SSL|ERR_TLS|EPROTO)/.test(code)) return 'No TLS connection to % could be made';
  return 'The call to % failed';
}

/**
 * Turns whatever a call failed with into a Refusal in words for its author. Only the error's code is shown, never its message or
 * stack: those may name files and addresses of this host. The original stays as `cause`.
 */
export function refusalOf(error: unknown, route: Route | null): Refusal {
  if (error instanceof Refusal) return error;
  const code = codeOf(error);
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW')
    return exceeded(
      'httpIn',
      'The headers of the reply are larger than a script may receive: ask for less, or another address.',
    );
  const place =
    route === null || route.target === route.url
      ? (route?.url.host ?? 'the host')
      : `${route.url.host} (sent to the channel's API base URL, ${route.target.host})`;
  return httpError(`${wordsFor(code).replace('%', () => place)}${code === '' ? '' : ` (${code})`}.`, error);
}
