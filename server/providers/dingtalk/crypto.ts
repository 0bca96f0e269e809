import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * DingTalk's callback crypto (protocols/dingtalk.md §7): AES-256-CBC; the key is the base64 of the 43 characters, the iv its first
 * half; the plaintext is 16 random bytes, the message's length in UTF-8 bytes (4 bytes, big-endian), the message, the receiveId.
 */

// Padded to 32 bytes although AES blocks have 16: OpenSSL's own padding throws on more than 16 (§7 step 3).
const PAD_BLOCK = 32;
const AES_BLOCK = 16;
const RANDOM_BYTES = 16;
const HEAD_BYTES = RANDOM_BYTES + 4;

/** A message that came encrypted, and for whom: appKey or corpId, by how the subscription was made (§7 step 5). */
export interface OpenedMessage {
  readonly message: string;
  readonly receiveId: string;
}

/**
 * The key in an aes_key, null when it is none. The 43rd character may carry two spare bits that are not zero (vector A of §7
 * does), so nothing is checked by encoding again.
 */
export function keyOf(aesKey: string): Buffer | null {
  return /^[A-Za-z0-9+/]{43}$/.test(aesKey) ? Buffer.from(`${aesKey}=`, 'base64') : null;
}

/**
 * Opens an encrypted text. In: the key's 32 bytes, base64. Out: null for anything that was not made with this key.
 * Ask only after the signature was found right, or the answer tells a stranger about the padding.
 */
export function decrypt(key: Buffer, encrypted: string): OpenedMessage | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encrypted)) return null;
  const sealed = Buffer.from(encrypted, 'base64');
  if (sealed.length < PAD_BLOCK || sealed.length % AES_BLOCK !== 0) return null;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, AES_BLOCK)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(sealed), decipher.final()]);
  const pad = padded.at(-1) ?? 0;
  if (pad < 1 || pad > PAD_BLOCK || !padded.subarray(-pad).every((byte) => byte === pad)) return null;
  const plain = padded.subarray(0, padded.length - pad);
  if (plain.length < HEAD_BYTES) return null;
  const end = HEAD_BYTES + plain.readUInt32BE(RANDOM_BYTES);
  if (end > plain.length) return null;
  const message = utf8(plain.subarray(HEAD_BYTES, end));
  const receiveId = utf8(plain.subarray(end));
  return message === null || receiveId === null ? null : { message, receiveId };
}

/** Encrypts a message for a receiveId. `random`: 16 bytes, given only to repeat a known result. Out: base64. */
export function encrypt(
  key: Buffer,
  message: string,
  receiveId: string,
  random = randomBytes(RANDOM_BYTES),
): string {
  const body = Buffer.from(message, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const plain = Buffer.concat([random, length, body, Buffer.from(receiveId, 'utf8')]);
  const pad = PAD_BLOCK - (plain.length % PAD_BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, AES_BLOCK)).setAutoPadding(false);
  const sealed = [cipher.update(plain), cipher.update(Buffer.alloc(pad, pad)), cipher.final()];
  return Buffer.concat(sealed).toString('base64');
}

/** The signature of a push or a reply: lower-case hex SHA-1 of the four texts, sorted by code unit and joined (§7 step 4). */
export function signatureOf(token: string, timestamp: string, nonce: string, encrypted: string): string {
  // The default sort compares code units, as DingTalk does; a locale's order would differ.
  const joined = [token, timestamp, nonce, encrypted].sort().join('');
  return createHash('sha1').update(joined, 'utf8').digest('hex');
}

/** Compares two texts in a time that tells nothing about where, or by how much in length, they differ. */
export function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** Bytes as text, null when they are no UTF-8: a lenient reading could make one receiveId of another. */
export function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
