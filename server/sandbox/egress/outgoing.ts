import { exceeded, denied, httpError } from './refusal.ts';
import type { EgressLimits } from './policy.ts';
import { readUrl } from './route.ts';

/** What a script asks the egress to send; `id` is the script side's own number for the call. */
export interface ScriptRequest {
  readonly id: number;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | null;
}

/** One request ready to leave: a script's call, or a redirect's next hop. Header names are in lower case. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | null;
}

/** How many header lines a request or a reply may have; their bytes are limited by `headerBytes`. */
export const MAX_HEADERS = 200;

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

// Headers that frame the message, belong to the connection or speak for the network between us. Besides the forbidden headers of
// the Fetch standard (§2.2.2), those by which a GET could pass for a POST and slip past the count of changing calls.
const FORBIDDEN = new Set(
  (
    'accept-charset accept-encoding connection content-length date expect forwarded host http2-settings keep-alive origin ' +
    'te trailer transfer-encoding upgrade via x-http-method x-http-method-override x-method-override x-real-ip'
  ).split(' '),
);
const FORBIDDEN_PREFIX = /^(proxy-|sec-|x-forwarded-)/;

// RFC 9110 §5.1 and §5.5: a name is a token; a value has no CR, LF or NUL, and HTTP/1.1 carries Latin-1 only.
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const NOT_IN_VALUE = /[^\t\u0020-\u007e\u0080-\u00ff]/;

function readHeader([given, value]: readonly [string, string]): readonly [string, string] {
  const name = given.toLowerCase();
  if (!HEADER_NAME.test(name))
    throw httpError(`${JSON.stringify(given.slice(0, 100))} is not a header name.`);
  if (FORBIDDEN.has(name) || FORBIDDEN_PREFIX.test(name))
    throw denied(`The header "${name}" is not for scripts to set: leave it out.`);
  if (NOT_IN_VALUE.test(value))
    throw httpError(
      `The header "${name}" holds a character that HTTP headers cannot carry: encode its value.`,
    );
  return [name, value.trim()];
}

/**
 * Checks what a script wants to send before anything else is done with it: URL, method, headers, sizes.
 * Throws a Refusal: EGRESS_DENIED (URL, forbidden header), HTTP_ERROR (malformed) or LIMIT_EXCEEDED (`httpOut`).
 */
export function readRequest(request: ScriptRequest, limits: EgressLimits): Outgoing {
  const method = request.method.toUpperCase();
  if (!METHODS.includes(method))
    throw httpError(
      `The method must be one of ${METHODS.join(', ')}, not ${JSON.stringify(method.slice(0, 20))}.`,
    );
  if (request.url.length > limits.headerBytes)
    throw exceeded(
      'httpOut',
      `The URL is longer than ${limits.headerBytes} bytes: send long values in the body.`,
    );
  const url = readUrl(request.url);
  if (request.body !== null && (method === 'GET' || method === 'HEAD'))
    throw httpError(`A ${method} call cannot have a body.`);
  if (request.headers.length > MAX_HEADERS)
    throw exceeded(
      'httpOut',
      `The call has ${request.headers.length} headers, more than ${MAX_HEADERS}: send fewer.`,
    );
  const headers = request.headers.map(readHeader);
  const headerBytes = headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (headerBytes + url.href.length > limits.headerBytes)
    throw exceeded(
      'httpOut',
      `The URL and headers of the call are more than ${limits.headerBytes} bytes: send long values in the body.`,
    );
  const bodyBytes = request.body === null ? 0 : Buffer.byteLength(request.body);
  if (bodyBytes > limits.outBytes)
    throw exceeded(
      'httpOut',
      `The body of the call is ${bodyBytes} bytes, more than ${limits.outBytes}: send less at once.`,
    );
  return { method, url, headers: withDefaults(headers), body: request.body };
}

function withDefaults(
  headers: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] {
  const named = new Set(headers.map(([name]) => name));
  const defaults = [
    ['accept', '*/*'],
    ['user-agent', 'countersign'],
  ] as const;
  return [...headers, ...defaults.filter(([name]) => !named.has(name))];
}
