import type { TracedCall, TracedMessage } from '../contract/execution.ts';
import type { Mask } from './mask/create-mask.ts';
import { collectFromMessage, maskBody, maskHeaders, maskUrl } from './mask/message.ts';

export { createMask, MASKED } from './mask/create-mask.ts';
export type { Mask } from './mask/create-mask.ts';
export { secretKey } from './mask/secret-key.ts';

function maskMessage({ headers, body, bytes, truncated }: TracedMessage, mask: Mask): TracedMessage {
  return {
    headers: maskHeaders(headers, mask),
    body: maskBody(body, headers['content-type'], mask, truncated),
    bytes,
    truncated,
  };
}

/** A trace for showing and storing: secrets, and whatever stands under secret-looking names, masked. */
export const maskTrace = (calls: readonly TracedCall[], mask: Mask): TracedCall[] =>
  calls.map((call) => ({
    ...call,
    url: maskUrl(call.url, mask),
    ...(call.sentTo === undefined ? {} : { sentTo: maskUrl(call.sentTo, mask) }),
    request: maskMessage(call.request, mask),
    response: call.response && maskMessage(call.response, mask),
    ...(call.error ? { error: { ...call.error, message: mask.text(call.error.message) } } : {}),
  }));

/**
 * What a trace holds under secret-looking names, to be added to the run's secrets before anything is masked. An egress session's
 * `secrets()` knows more: it sees bodies before the trace cuts them.
 */
export function collectSecrets(calls: readonly TracedCall[]): string[] {
  const found = new Set<string>();
  for (const { url, sentTo, request, response } of calls) {
    collectFromMessage(url, request.headers, request.body, found);
    if (response) collectFromMessage(sentTo ?? url, response.headers, response.body, found);
  }
  return [...found];
}
