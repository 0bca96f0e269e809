import type { CallbackReply } from '../protocol.ts';
import { encrypt, signatureOf } from './crypto.ts';

/**
 * The encrypted `success` that ends a push (protocols/dingtalk.md §7 "Reply"), for a URL check as for every event. It carries the
 * receiveId, timestamp and nonce that came: DingTalk takes them back as well as new ones (observed).
 */
export function sealedSuccess({
  key,
  token,
  receiveId,
  timestamp,
  nonce,
}: {
  readonly key: Buffer;
  readonly token: string;
  readonly receiveId: string;
  readonly timestamp: string;
  readonly nonce: string;
}): CallbackReply {
  const sealed = encrypt(key, 'success', receiveId);
  // Spelled as DingTalk reads them: not as in its own request.
  const body = {
    msg_signature: signatureOf(token, timestamp, nonce, sealed),
    timeStamp: timestamp,
    nonce,
    encrypt: sealed,
  };
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
