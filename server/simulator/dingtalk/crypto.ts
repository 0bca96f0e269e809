import { createCipheriv, createDecipheriv, createHash, randomInt, timingSafeEqual } from 'node:crypto';

/**
 * DingTalk's callback crypto (protocols/dingtalk.md §7): AES-256-CBC, key = base64 of the 43 characters, iv = first half of the key,
 * plaintext = 16 random characters + length (4 bytes, big-endian, of the message in UTF-8 bytes) + message + receiveId.
 */

/** What was sent cannot be opened: wrong key, cut text, or padding that does not hold. */
export class UnreadableMessage extends Error {
  override readonly name = 'UnreadableMessage';
}

export interface OpenedMessage {
  readonly message: string;
  /** appKey for a console subscription, corpId for an API one: the receiver must compare it. */
  readonly receiveId: string;
  readonly random: string;
}

// DingTalk pads to 32 bytes although AES blocks have 16; OpenSSL's own padding knows only 16 (§7 step 3).
const PAD_BLOCK = 32;
const HEAD_BYTES = 20;
const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Whether a text can serve as aes_key: 43 characters that decode to 32 bytes. The last may carry spare bits (§7 step 1). */
export const isAesKey = (text: string): boolean => /^[A-Za-z0-9+/]{43}$/.test(text);

function keyOf(aesKey: string): Buffer {
  if (!isAesKey(aesKey)) throw new UnreadableMessage('an aesKey has exactly 43 letters and digits');
  return Buffer.from(`${aesKey}=`, 'base64');
}

/** Letters and digits from a cryptographic source: nonces and the 16 characters in front of a message. */
export function randomText(length: number): string {
  return Array.from({ length }, () => ALPHANUMERIC[randomInt(ALPHANUMERIC.length)]).join('');
}

/**
 * Encrypts a message. In: the subscription's aesKey (43 characters), text, receiveId; `random` (16 ASCII characters) is
 * given only to repeat a known result. Out: base64.
 */
export function encryptMessage(
  aesKey: string,
  message: string,
  receiveId: string,
  random = randomText(16),
): string {
  const key = keyOf(aesKey);
  const body = Buffer.from(message, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const plain = Buffer.concat([Buffer.from(random, 'latin1'), length, body, Buffer.from(receiveId, 'utf8')]);
  const pad = PAD_BLOCK - (plain.length % PAD_BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([
    cipher.update(plain),
    cipher.update(Buffer.alloc(pad, pad)),
    cipher.final(),
  ]).toString('base64');
}

/** Opens what `encryptMessage` or DingTalk made. In: base64. Throws UnreadableMessage, always in the same few words. */
export function decryptMessage(aesKey: string, encrypted: string): OpenedMessage {
  const key = keyOf(aesKey);
  const sealed = Buffer.from(encrypted, 'base64');
  if (sealed.length === 0 || sealed.length % 16 !== 0)
    throw new UnreadableMessage('the text is not whole AES blocks');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(sealed), decipher.final()]);
  const pad = padded.at(-1) ?? 0;
  const plain = padded.subarray(0, padded.length - pad);
  if (
    pad < 1 ||
    pad > PAD_BLOCK ||
    pad > padded.length ||
    !padded.subarray(-pad).every((byte) => byte === pad)
  )
    throw new UnreadableMessage('the padding does not hold');
  if (plain.length < HEAD_BYTES) throw new UnreadableMessage('the text is too short');
  const end = HEAD_BYTES + plain.readUInt32BE(16);
  if (end > plain.length) throw new UnreadableMessage('the length does not fit the text');
  return {
    message: plain.toString('utf8', HEAD_BYTES, end),
    receiveId: plain.toString('utf8', end),
    random: plain.toString('latin1', 0, 16),
  };
}

/** Signature of a push or reply: lower-case hex SHA-1 over the four texts, sorted by code unit, joined by nothing (§7 step 4). */
export function signature(token: string, timestamp: string, nonce: string, encrypted: string): string {
  // The default sort compares code units, as DingTalk does; a locale's order would differ.
  const joined = [token, timestamp, nonce, encrypted].sort().join('');
  return createHash('sha1').update(joined, 'utf8').digest('hex');
}

/** Compares two secrets in a time that tells nothing about where, or by how much in length, they differ. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(given), digest(expected));
}
