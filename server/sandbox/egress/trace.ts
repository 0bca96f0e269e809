import type { TracedCall, TracedMessage } from '../../contract/execution.ts';
import type { Reply } from './exchange.ts';
import type { ScriptRequest } from './outgoing.ts';
import { httpError } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** How much of a body a trace shows (issue 2, item 4). */
const TRACED_BODY_BYTES = 16 * 1024;

// A denied URL may be a megabyte of nonsense. What may leave is shorter than this anyway.
const TRACED_URL_CHARACTERS = 8_192;

/** One call while it runs and after; `traced` may be asked at any time. */
export interface TraceEntry {
  /** Notes what was really sent: the checked headers, and each place (base URL, redirect) the call went to. */
  went(target: URL, headers: readonly (readonly [string, string])[]): void;
  /** The call, or a hop of it, is on the wire. */
  left(): void;
  readonly hasLeft: boolean;
  answered(reply: Reply): void;
  failed(refusal: Refusal): void;
  traced(): TracedCall;
}

function cut(text: string): { body: string; bytes: number; truncated: boolean } {
  const bytes = Buffer.byteLength(text);
  if (bytes <= TRACED_BODY_BYTES) return { body: text, bytes, truncated: false };
  // encodeInto stops at a whole character.
  const { read } = new TextEncoder().encodeInto(
    text.slice(0, TRACED_BODY_BYTES),
    new Uint8Array(TRACED_BODY_BYTES),
  );
  return { body: text.slice(0, read), bytes, truncated: true };
}

/** Headers as an object by lower-case name; a header that comes twice has its values joined (RFC 9110 §5.3). */
export function mergeHeaders(headers: readonly (readonly [string, string])[]): Record<string, string> {
  const merged = new Map<string, string>();
  for (const [given, value] of headers) {
    const name = given.toLowerCase();
    const before = merged.get(name);
    merged.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(merged);
}

/** Starts the trace of one call. Bodies are cut here, so that a trace costs little; `now` gives milliseconds. */
export function traceCall(request: ScriptRequest, now: () => number): TraceEntry {
  const startedAt = now();
  const parsed = URL.parse(request.url);
  const url = (parsed?.href.replace(/#.*$/, '') ?? request.url).slice(0, TRACED_URL_CHARACTERS);
  const requestBody = cut(request.body ?? '');
  let headers: Record<string, string> = {};
  let sentTo: string | undefined;
  let hasLeft = false;
  let status = 0;
  let response: TracedMessage | null = null;
  let endedAt: number | undefined;
  let refusal: Refusal | undefined = httpError('The run ended before the call did.');

  return {
    went(target, sent) {
      if (sentTo === undefined) headers = mergeHeaders(sent);
      sentTo = target.href;
    },
    left() {
      hasLeft = true;
    },
    get hasLeft() {
      return hasLeft;
    },
    answered(reply) {
      endedAt = now();
      refusal = undefined;
      status = reply.status;
      response = { headers: mergeHeaders(reply.headers), ...cut(reply.body), bytes: reply.bytes };
    },
    failed(why) {
      endedAt = now();
      refusal = why;
    },
    traced: () => ({
      method: request.method.slice(0, 20).toUpperCase(),
      url,
      ...(sentTo === undefined || sentTo === url ? {} : { sentTo }),
      status,
      durationMs: Math.round((endedAt ?? now()) - startedAt),
      request: { headers, ...requestBody },
      response,
      ...(refusal ? { error: { code: refusal.code, message: refusal.message } } : {}),
    }),
  };
}
