import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decryptMessage,
  encryptMessage,
  sameSecret,
  signature,
  UnreadableMessage,
} from '../../server/simulator/dingtalk/crypto.ts';
import { VECTORS } from '../support/dingtalk-vectors.ts';

const KEY = VECTORS[0].aesKey;

describe('callback crypto', () => {
  it.each(VECTORS)('agrees with published vector $name, in both directions', (vector) => {
    expect(signature(vector.token, vector.timestamp, vector.nonce, vector.encrypt)).toBe(vector.signature);
    const opened = decryptMessage(vector.aesKey, vector.encrypt);
    expect(opened).toMatchObject({ message: vector.message, receiveId: vector.receiveId });
    expect(encryptMessage(vector.aesKey, vector.message, vector.receiveId, opened.random)).toBe(
      vector.encrypt,
    );
  });

  it('brings any text back, whatever its language and length', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.string({ maxLength: 40 }),
        (message, receiveId) => {
          expect(decryptMessage(KEY, encryptMessage(KEY, message, receiveId))).toMatchObject({
            message,
            receiveId,
          });
        },
      ),
    );
  });

  it('opens or refuses any bytes, and never fails in another way', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          expect(decryptMessage(KEY, Buffer.from(bytes).toString('base64'))).toHaveProperty('message');
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableMessage);
        }
      }),
    );
  });

  it('takes replies padded to 16 bytes, as the official Go port pads them', () => {
    const key = Buffer.from(`${KEY}=`, 'base64');
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)); // OpenSSL's own padding
    const plain = Buffer.concat([
      Buffer.alloc(16, 'r'),
      Buffer.from([0, 0, 0, 7]),
      Buffer.from('successding-demo'),
    ]);
    const encrypt = Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
    expect(decryptMessage(KEY, encrypt)).toMatchObject({ message: 'success', receiveId: 'ding-demo' });
  });

  it('tells secrets apart whatever their length', () => {
    expect(sameSecret('demo-secret', 'demo-secret')).toBe(true);
    expect(sameSecret('demo-secre', 'demo-secret')).toBe(false);
    expect(sameSecret('', 'demo-secret')).toBe(false);
  });
});
