import type { Dispatcher, Pool } from 'undici';

import { ACCEPT_ENCODING, codingOf, decodeBody, textOf, tooLarge } from './body.ts';
import type { Outgoing } from './outgoing.ts';
import { MAX_HEADERS } from './outgoing.ts';
import type { EgressLimits } from './policy.ts';
import { exceeded, httpError } from './refusal.ts';

/** A reply as it came, its body decoded. `bytes` is the body's size after decompression. Header names are in lower case. */
export interface Reply {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly bytes: number;
}

interface Head {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
}

// Compressing never makes a body more than a little larger, so more than this on the wire is more than the limit.
const WIRE_SLACK = 1_024;

function pairsOf(raw: Dispatcher.DispatchController['rawHeaders']): [string, string][] {
  if (!Array.isArray(raw)) return [];
  if (raw.length > MAX_HEADERS * 2)
    throw exceeded(
      'httpIn',
      `The reply has more than ${MAX_HEADERS} headers: ask for less, or another address.`,
    );
  const text = raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')));
  return Array.from({ length: text.length / 2 }, (_, i) => [
    (text[2 * i] ?? '').toLowerCase(),
    text[2 * i + 1] ?? '',
  ]);
}

const header = (head: Head, wanted: string): string | undefined =>
  head.headers.find(([name]) => name === wanted)?.[1];

/** Sends one request and gathers head and still encoded body. `leaves` is called when its first byte goes onto the wire. */
function gather(
  pool: Pool,
  target: URL,
  { method, headers, body }: Outgoing,
  limits: EgressLimits,
  signal: AbortSignal,
  leaves: () => void,
): Promise<{ head: Head; chunks: Buffer[] }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let controller: Dispatcher.DispatchController | undefined;
    let head: Head | undefined;
    let wireLimit = limits.inBytes;
    let received = 0;

    const settle = (): void => signal.removeEventListener('abort', onAbort);
    const fail = (error: Error): void => {
      settle();
      reject(error);
      controller?.abort(error);
    };
    const onAbort = (): void => fail(signal.reason as Error);
    const guarded = (step: () => void): void => {
      try {
        step();
      } catch (error) {
        fail(error as Error);
      }
    };

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(given) {
        // Called in the same breath as the first write, after any wait for a connection: the last moment to say no.
        if (signal.aborted) {
          given.abort(signal.reason as Error);
          return;
        }
        controller = given;
        leaves();
      },
      onResponseStart(given, status, _headers, statusText = '') {
        if (status < 200) return;
        guarded(() => {
          head = { status, statusText, headers: pairsOf(given.rawHeaders) };
          if (codingOf(header(head, 'content-encoding')) !== null) wireLimit += WIRE_SLACK;
          const announced = Number(header(head, 'content-length') ?? 0);
          if (method !== 'HEAD' && announced > wireLimit) throw tooLarge(limits.inBytes);
        });
      },
      onResponseData(_given, chunk) {
        received += chunk.length;
        if (received > wireLimit) fail(tooLarge(limits.inBytes));
        else chunks.push(chunk);
      },
      onResponseEnd() {
        settle();
        if (head === undefined) reject(httpError(`${target.host} ended the reply before it began.`));
        else resolve({ head, chunks });
      },
      onResponseError(_given, error) {
        fail(error);
      },
    };

    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort);
    pool.dispatch(
      {
        path: `${target.pathname}${target.search}`,
        method: method,
        headers: [...headers, ['accept-encoding', ACCEPT_ENCODING] as const].flat(),
        body,
      },
      handler,
    );
  });
}

/**
 * Makes one HTTP exchange without following redirects. `signal` is the call's clock and the run's end: on abort the socket is
 * destroyed and its reason thrown. Throws Refusals for what goes over a limit, undici's errors for what the network does.
 */
export async function exchange(
  pool: Pool,
  target: URL,
  request: Outgoing,
  limits: EgressLimits,
  signal: AbortSignal,
  leaves: () => void,
): Promise<Reply> {
  const { head, chunks } = await gather(pool, target, request, limits, signal, leaves);
  const body = await decodeBody(
    Buffer.concat(chunks),
    codingOf(header(head, 'content-encoding')),
    limits.inBytes,
  );
  return { ...head, body: textOf(body, header(head, 'content-type')), bytes: body.length };
}
