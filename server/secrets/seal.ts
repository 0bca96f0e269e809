import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts what must not be read from the database alone. */
export interface Sealer {
  /** @returns `v1.<key id>.<iv>.<tag>.<ciphertext>`, each base64url. `about` (`channel:<id>:secrets`) binds it to its place. */
  seal(plain: string, about: string): string;
  /** @throws UnsealError when no key at hand opens it, or it was moved from another place */
  open(sealed: string, about: string): string;
  /** Whether this was sealed with the current key, or needs sealing anew (key rotation). */
  isCurrent(sealed: string): boolean;
}

export class UnsealError extends Error {
  override readonly name = 'UnsealError';
}

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

const derive = (secretKey: string, purpose: string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secretKey, 'countersign', purpose, length));

function keyOf(secretKey: string): Key {
  return {
    bytes: derive(secretKey, 'seal', 32),
    id: derive(secretKey, 'key id', 6).toString('base64url'),
  };
}

/**
 * AES-256-GCM under a key derived by HKDF-SHA256 (SECRET_KEY). A previous key still opens what it sealed.
 * @param secretKey the current SECRET_KEY
 * @param previous SECRET_KEY_PREVIOUS
 */
export function createSealer(secretKey: string, previous?: string): Sealer {
  const current = keyOf(secretKey);
  const keys = [current, ...(previous === undefined ? [] : [keyOf(previous)])];
  return {
    seal(plain, about) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', current.bytes, iv).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return [
        'v1',
        current.id,
        ...[iv, cipher.getAuthTag(), body].map((part) => part.toString('base64url')),
      ].join('.');
    },
    open(sealed, about) {
      const [version, id, iv, tag, body] = sealed.split('.');
      const key = keys.find((each) => each.id === id);
      if (version !== 'v1' || iv === undefined || tag === undefined || body === undefined)
        throw new UnsealError('A stored secret is damaged.');
      if (key === undefined)
        throw new UnsealError(
          'A stored secret was encrypted with another SECRET_KEY: start with that one, or give it as SECRET_KEY_PREVIOUS.',
        );
      try {
        const decipher = createDecipheriv('aes-256-gcm', key.bytes, Buffer.from(iv, 'base64url'))
          .setAAD(Buffer.from(about))
          .setAuthTag(Buffer.from(tag, 'base64url'));
        return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString(
          'utf8',
        );
      } catch (error) {
        throw new UnsealError('A stored secret is damaged or stands in the wrong place.', { cause: error });
      }
    },
    isCurrent: (sealed) => sealed.split('.')[1] === current.id,
  };
}

/** A key for another purpose than sealing (signing exports, for one): 32 bytes. */
export const deriveKey = (secretKey: string, purpose: string): Buffer => derive(secretKey, purpose, 32);
