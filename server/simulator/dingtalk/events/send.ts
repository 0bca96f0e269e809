import { wait, type Clock } from '../clock.ts';
import type { Callback } from '../apps.ts';
import {
  decryptMessage,
  encryptMessage,
  randomText,
  sameSecret,
  signature,
  UnreadableMessage,
} from '../crypto.ts';

/** What came of one push. `detail` says in words what the receiver did wrong. */
export interface Sent {
  readonly ok: boolean;
  readonly detail: string;
  /** Nobody answered at all, as opposed to a wrong answer. */
  readonly unreachable: boolean;
}

/** How long DingTalk waits: a normal event, and the URL check (protocols/dingtalk.md §7 "Time limits"). */
export const EVENT_PATIENCE_MS = 2500;
export const CHECK_PATIENCE_MS = 1500;

const MAX_REPLY_BYTES = 65_536;

/**
 * Pushes one payload to a callback: encrypted, signed, and taken as delivered only when the reply is HTTP 200 with a signed and encrypted
 * "success" for the same receiveId, within `patienceMs`. Never rejects.
 */
export async function send(
  callback: Callback,
  payload: unknown,
  patienceMs: number,
  clock: Clock,
  closing: AbortSignal,
): Promise<Sent> {
  const timestamp = String(clock.now());
  const nonce = randomText(8);
  const encrypt = encryptMessage(callback.aesKey, JSON.stringify(payload), callback.receiveId);
  const url = new URL(callback.url);
  // Set beside whatever query the user configured (§7 "Request").
  url.searchParams.set('signature', signature(callback.token, timestamp, nonce, encrypt));
  url.searchParams.set('timestamp', timestamp);
  url.searchParams.set('nonce', nonce);

  const stop = new AbortController();
  const giveUp = AbortSignal.any([stop.signal, closing]);
  const tooLate = wait(clock, patienceMs, giveUp).then((passed): Sent => {
    stop.abort();
    return failed(passed ? `no reply within ${patienceMs} ms` : 'the simulator was closed', true);
  });
  const answered = post(url, JSON.stringify({ encrypt }), giveUp).then((reply) =>
    'error' in reply ? failed(reply.error, true) : judge(callback, reply),
  );
  const sent = await Promise.race([tooLate, answered]);
  stop.abort();
  return sent;
}

const failed = (detail: string, unreachable = false): Sent => ({ ok: false, detail, unreachable });

interface Reply {
  readonly status: number;
  readonly body: string;
}

async function post(
  url: URL,
  body: string,
  signal: AbortSignal,
): Promise<Reply | { readonly error: string }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      // A connection of its own: one kept open would fail a push only because the receiver was restarted.
      headers: { 'content-type': 'application/json', connection: 'close' },
      body,
      signal,
      redirect: 'manual',
    });
    if (!response.body) return { status: response.status, body: '' };
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > MAX_REPLY_BYTES) return { error: `the reply is longer than ${MAX_REPLY_BYTES} bytes` };
      chunks.push(chunk);
    }
    return { status: response.status, body: Buffer.concat(chunks).toString('utf8') };
  } catch (error) {
    return { error: `could not be reached: ${reasonOf(error)}` };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : error;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}

/** Whether a reply is the encrypted success DingTalk asks for (§7 "Reply"): four strings, `timeStamp` and `msg_signature` spelled so. */
function judge(callback: Callback, reply: Reply): Sent {
  if (reply.status !== 200) return failed(`HTTP ${reply.status} instead of 200`);
  let fields: unknown;
  try {
    fields = JSON.parse(reply.body);
  } catch {
    return failed('the reply is not JSON');
  }
  const { msg_signature, timeStamp, nonce, encrypt } = (fields ?? {}) as Readonly<Record<string, unknown>>;
  if (
    typeof msg_signature !== 'string' ||
    typeof timeStamp !== 'string' ||
    typeof nonce !== 'string' ||
    typeof encrypt !== 'string'
  )
    return failed('the reply needs the four strings msg_signature, timeStamp, nonce and encrypt');
  if (!sameSecret(msg_signature, signature(callback.token, timeStamp, nonce, encrypt)))
    return failed('msg_signature does not match the reply');
  try {
    const opened = decryptMessage(callback.aesKey, encrypt);
    if (opened.message !== 'success') return failed('the reply does not decrypt to "success"');
    if (opened.receiveId !== callback.receiveId) return failed('the reply is for another receiveId');
  } catch (error) {
    if (error instanceof UnreadableMessage) return failed(`the reply cannot be decrypted: ${error.message}`);
    throw error;
  }
  return { ok: true, detail: 'success', unreachable: false };
}
