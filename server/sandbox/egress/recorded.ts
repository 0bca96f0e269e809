import type { RecordedCall, Recording } from '../../contract/recording.ts';
import { maskBody, maskHeaders, maskUrl } from '../mask/message.ts';
import type { Mask } from '../mask/create-mask.ts';
import { createMask } from '../mask/create-mask.ts';
import { tooLarge } from './body.ts';
import type { Transport } from './live.ts';
import { httpError } from './refusal.ts';

/** One finished call with whole bodies, as a recording needs it. */
export type RecordedExchange = RecordedCall;

// A masked token must be sendable as a header when the recording is replayed, so no bullets here.
const MASKED_IN_RECORDINGS = 'masked';
const BLANK = createMask([], MASKED_IN_RECORDINGS);

/** Method and URL for matching: secrets in the query count as equal, since a recording does not hold them. */
const keyOf = (method: string, url: string): string =>
  `${method} ${maskUrl(new URL(url).href.replace(/#.*$/, ''), BLANK)}`;

/**
 * The transport that answers from a recording: each recorded call answers once, calls of the same method and URL in their order.
 * Nothing leaves, so nothing is resolved, intended or counted as sent. An unmatched call is a Refusal (HTTP_ERROR) that names
 * what was asked and what is left.
 */
export function recordedTransport(recording: Recording, inBytes: number): Transport {
  const left = recording.map((call) => ({ key: keyOf(call.method, call.url), call }));
  return (request, route, { signal }) =>
    Promise.try(() => {
      signal.throwIfAborted();
      const key = keyOf(request.method, route.url.href);
      const found = left.findIndex((entry) => entry.key === key);
      const [match] = found === -1 ? [] : left.splice(found, 1);
      if (match === undefined) {
        const rest = left.slice(0, 5).map((entry) => entry.key);
        const more = left.length > 5 ? ` and ${left.length - 5} more` : '';
        throw httpError(
          `The recording has no answer to ${key}. Left in it: ${rest.join(', ') || 'nothing'}${more}.`,
        );
      }
      const { status, headers, body } = match.call;
      const bytes = Buffer.byteLength(body);
      if (bytes > inBytes) throw tooLarge(inBytes);
      const pairs = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
      return { status, statusText: '', headers: pairs, body, bytes };
    });
}

/**
 * Turns a run's calls into a recording that may be kept and shared: the run's secrets, and what stands under secret-looking
 * keys, are replaced by "masked". It answers the same script all the same, see keyOf.
 */
export function toRecording(exchanges: readonly RecordedExchange[], secrets: Iterable<string>): Recording {
  const mask: Mask = createMask(secrets, MASKED_IN_RECORDINGS);
  return exchanges.map(({ method, url, requestBody, status, headers, body }) => ({
    method,
    url: maskUrl(url, mask),
    ...(requestBody === undefined ? {} : { requestBody: maskBody(requestBody, undefined, mask) }),
    status,
    headers: maskHeaders(headers, mask),
    body: maskBody(body, headers['content-type'], mask),
  }));
}
