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

/** The four published vectors (protocols/dingtalk.md §7). */
const VECTORS = [
  {
    name: 'A, a reply on the official page',
    token: '123456',
    aesKey: '1234567890123456789012345678901234567890123',
    receiveId: 'dingsnotzck6pm5veliw',
    timestamp: '1614767836',
    nonce: 'A7Co0cJLMzIDtMMI',
    signature: '9a95a004dd16f5c307e849b994173f76aa26e5eb',
    encrypt: 'YvkvaGe4hQxd3VxRmEty0dVlnCOAqwf56xwTRHDHoOURqhalbmBJQk5FNcRk42Gl5T0YQXZNwpwWSm1xAFJ5ZA==',
    message: 'success',
  },
  {
    name: 'B, a URL check in the official Python port',
    token: 'mryue',
    aesKey: 'Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7',
    receiveId: 'ding6ccabc44d2c8d38b',
    timestamp: '1608001896814',
    nonce: 'WL4PK6yA',
    signature: '03044561471240d4a14bb09372dfcfd4fd0e40cb',
    encrypt:
      '0vJiX6vliEpwG3U45CtXqi+m8PXbQRARJ8p8BbDuD1EMTDf0jKpQ79QS93qEk7XHpP6u+oTTrd15NRPvNvmBKyDCYxxOK+HZeKju4yhELOFchzNukR+t8SB/qk4ROMu3',
    message: '{"EventType":"check_url"}',
  },
  {
    name: 'C, a reply in the official Go port',
    token: 'tokenxxxx',
    aesKey: 'o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus',
    receiveId: 'dingxxxxxx',
    timestamp: '1605695694141',
    nonce: 'WelUQl6bCqcBa2fM',
    signature: 'f36f4ba5337d426c7d4bca0dbcb06b3ddc1388fc',
    encrypt: 'X1VSe9cTJUMZu60d3kyLYTrBq5578ZRJtteU94wG0Q4Uk6E/wQYeJRIC0/UFW5Wkya1Ihz9oXAdLlyC9TRaqsQ==',
    message: 'success',
  },
  {
    name: 'D, a third-party URL check on the official page',
    token: '123456',
    aesKey: '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij',
    receiveId: 'suite4xxxxxxxxxxxxxxx',
    timestamp: '1445827045067',
    nonce: 'nEXhMP4r',
    signature: '5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0',
    encrypt:
      '1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ==',
    message:
      '{"EventType":"check_create_suite_url","Random":"LPIdSnlF","TestSuiteKey":"suite4xxxxxxxxxxxxxxx"}',
  },
];

const KEY = VECTORS[0]?.aesKey ?? '';

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
