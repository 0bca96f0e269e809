import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decrypt, encrypt, keyOf, signatureOf } from '../../server/providers/dingtalk/crypto.ts';
import { openCallback } from '../../server/providers/dingtalk/open-callback.ts';
import type { CallbackKeys, CallbackOpening } from '../../server/providers/protocol.ts';
import { VECTORS } from '../support/dingtalk-vectors.ts';
import type { Vector } from '../support/dingtalk-vectors.ts';

const keysOf = ({ token, aesKey, receiveId }: Vector): CallbackKeys => ({
  ...{ token, aesKey, appId: receiveId, corpId: '', encryptKey: '', verificationToken: '' },
});
const push = (vector: Vector): Parameters<typeof openCallback>[0] => ({
  query: { signature: vector.signature, timestamp: vector.timestamp, nonce: vector.nonce },
  body: Buffer.from(JSON.stringify({ encrypt: vector.encrypt })),
});

const KEYS: CallbackKeys = {
  ...{ token: 'hubtoken', aesKey: '1234567890123456789012345678901234567890123' },
  ...{ appId: 'ding-app', corpId: 'dingcorp', encryptKey: '', verificationToken: '' },
};
const KEY = keyOf(KEYS.aesKey) as Buffer;

/** A push as DingTalk would send it. */
function pushOf(
  message: string,
  { receiveId = 'ding-app', token = KEYS.token } = {},
): Parameters<typeof openCallback>[0] {
  const encrypted = encrypt(KEY, message, receiveId);
  const [timestamp, nonce] = ['1760000600123', 'nonce123'];
  return {
    query: { signature: signatureOf(token, timestamp, nonce, encrypted), timestamp, nonce },
    body: Buffer.from(JSON.stringify({ encrypt: encrypted })),
  };
}

const EVENT =
  '{"EventType":"bpms_instance_change","processInstanceId":"p-1","type":"finish","title":"李雷提交"}';

function opened(opening: CallbackOpening): Extract<CallbackOpening, { reply: unknown }> {
  if ('refused' in opening) throw new Error(`refused: ${opening.refused}`);
  return opening;
}

describe('DingTalk callbacks', () => {
  it.each(VECTORS)('agree with published vector $name', (vector) => {
    const key = keyOf(vector.aesKey) as Buffer;
    expect(signatureOf(vector.token, vector.timestamp, vector.nonce, vector.encrypt)).toBe(vector.signature);
    expect(decrypt(key, vector.encrypt)).toEqual({ message: vector.message, receiveId: vector.receiveId });
  });

  it.each([VECTORS[1], VECTORS[3]])(
    'answer the URL check of vector $name, with nothing to store',
    (vector) => {
      const { reply, event } = opened(openCallback(push(vector), keysOf(vector)));
      expect(event).toBeNull();
      expect(reply.status).toBe(200);
      expect(replyIn(reply.body, vector)).toEqual({ message: 'success', receiveId: vector.receiveId });
    },
  );

  it('take an event of either receiveId, and reply to the one that came', () => {
    for (const receiveId of ['ding-app', 'dingcorp']) {
      const { reply, event } = opened(openCallback(pushOf(EVENT, { receiveId }), KEYS));
      expect(event).toEqual(JSON.parse(EVENT));
      expect(replyIn(reply.body, KEYS)).toEqual({ message: 'success', receiveId });
    }
  });

  it('take the other spelling of the query, and parameters of the URL itself beside it', () => {
    const { query, body } = pushOf(EVENT);
    const other = {
      kept: 'yes',
      msg_signature: query['signature'] ?? '',
      timeStamp: query['timestamp'] ?? '',
      nonce: query['nonce'] ?? '',
    };
    expect(opened(openCallback({ query: other, body }, KEYS)).event).not.toBeNull();
  });

  it('bring back any event, whatever its language and length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (title) => {
        const { event } = opened(openCallback(pushOf(JSON.stringify({ title })), KEYS));
        expect(event).toEqual({ title });
      }),
    );
  });

  it('refuse a push in which a single bit was turned', () => {
    const { query, body } = pushOf(EVENT);
    const envelope = JSON.parse(body.toString()) as { encrypt: string };
    const texts = [envelope.encrypt, query['signature'], query['timestamp'], query['nonce']] as string[];
    fc.assert(
      fc.property(fc.nat(3), fc.nat(), fc.nat(6), (which, place, bit) => {
        const bytes = Buffer.from(texts[which] ?? '');
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        const [sealed, signature = '', timestamp = '', nonce = ''] = texts.with(
          which,
          bytes.toString('latin1'),
        );
        const forged = {
          query: { signature, timestamp, nonce },
          body: Buffer.from(JSON.stringify({ encrypt: sealed })),
        };
        expect(openCallback(forged, KEYS)).toHaveProperty('refused');
      }),
    );
  });

  it('refuse anything else without ever throwing', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('signature', 'timestamp', 'nonce', '__proto__'), fc.string()),
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (query, body) => {
          expect(openCallback({ query, body: Buffer.from(body) }, KEYS)).toHaveProperty('refused');
        },
      ),
    );
  });

  const signed = (sealed: string): Parameters<typeof openCallback>[0] => ({
    query: { signature: signatureOf(KEYS.token, '1', 'n', sealed), timestamp: '1', nonce: 'n' },
    body: Buffer.from(JSON.stringify({ encrypt: sealed })),
  });

  it.each([
    ['without keys', pushOf(EVENT), { ...KEYS, token: '' }, 'no keys'],
    ['without an AES key', pushOf(EVENT), { ...KEYS, aesKey: '' }, 'no keys'],
    ['with an AES key of 42 characters', pushOf(EVENT), { ...KEYS, aesKey: KEYS.aesKey.slice(1) }, 'no keys'],
    ['too large', { ...pushOf(EVENT), body: Buffer.alloc(1024 * 1024 + 1) }, KEYS, 'size'],
    ['without a signature', { ...pushOf(EVENT), query: { timestamp: '1', nonce: 'n' } }, KEYS, 'query'],
    ['with a body that is no JSON', { ...pushOf(EVENT), body: Buffer.from('encrypt=abc') }, KEYS, 'body'],
    ['whose encrypt is no text', { ...pushOf(EVENT), body: Buffer.from('{"encrypt":["a"]}') }, KEYS, 'body'],
    ['signed with another token', pushOf(EVENT, { token: 'other' }), KEYS, 'signature'],
    ['with a signature in capitals', withCapitals(pushOf(EVENT)), KEYS, 'signature'],
    ['for another app', pushOf(EVENT, { receiveId: 'ding-other' }), KEYS, 'receiver'],
    ['for nobody', pushOf(EVENT, { receiveId: '' }), KEYS, 'receiver'],
    [
      'encrypted with another key',
      pushOf(EVENT),
      { ...KEYS, aesKey: KEYS.aesKey.replace('1', '2') },
      'ciphertext',
    ],
    ['signed, and cut', signed(encrypt(KEY, EVENT, 'ding-app').slice(0, 24)), KEYS, 'ciphertext'],
    ['signed, and not base64', signed('!'.repeat(64)), KEYS, 'ciphertext'],
    ['signed, with a length that lies', signed(withLength(99_999)), KEYS, 'ciphertext'],
    ['whose message is no object', pushOf('"success"'), KEYS, 'message'],
    ['whose message is a list', pushOf('[]'), KEYS, 'message'],
  ])('refuse a push %s', (_name, request, keys, why) => {
    expect(openCallback(request, keys)).toEqual({ refused: why });
  });

  it('take pushes padded to 16 bytes, as the official Go port pads them', () => {
    const sealed = ownPadding(Buffer.from(EVENT), Buffer.byteLength(EVENT));
    expect(opened(openCallback(signed(sealed), KEYS)).event).toEqual(JSON.parse(EVENT));
  });
});

function withCapitals(request: Parameters<typeof openCallback>[0]): Parameters<typeof openCallback>[0] {
  return {
    ...request,
    query: { ...request.query, signature: (request.query['signature'] ?? '').toUpperCase() },
  };
}

/** OpenSSL's own padding, which knows blocks of 16 only. */
function ownPadding(message: Buffer, length: number): string {
  const head = Buffer.alloc(20, 'r');
  head.writeUInt32BE(length, 16);
  const cipher = createCipheriv('aes-256-cbc', KEY, KEY.subarray(0, 16));
  const plain = Buffer.concat([head, message, Buffer.from('ding-app')]);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

function withLength(length: number): string {
  return ownPadding(Buffer.from(EVENT), length);
}

/** What DingTalk would read out of our reply; throws when it is not signed as it must be. */
function replyIn(body: string, { token, aesKey }: Pick<CallbackKeys, 'token' | 'aesKey'>): unknown {
  const reply = JSON.parse(body) as Record<'msg_signature' | 'timeStamp' | 'nonce' | 'encrypt', string>;
  expect(Object.keys(reply).sort()).toEqual(['encrypt', 'msg_signature', 'nonce', 'timeStamp']);
  expect(reply.msg_signature).toBe(signatureOf(token, reply.timeStamp, reply.nonce, reply.encrypt));
  return decrypt(keyOf(aesKey) as Buffer, reply.encrypt);
}
