import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const hash = promisify(argon2);

/** OWASP's least for argon2id: 19 MiB, two passes, one lane. Memory in KiB. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const HASH_BYTES = 32;

/** PHC string format: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`, base64 without padding. */
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** The same text may be typed as different code points; NFC makes one of them. */
const bytesOf = (password: string): Buffer => Buffer.from(password.normalize('NFC'));

/** @returns what to store of a password, as a PHC string */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const made = await hash('argon2id', { ...COST, message: bytesOf(password), nonce, tagLength: HASH_BYTES });
  const [salt, tag] = [nonce, made].map((bytes) => bytes.toString('base64').replace(/=+$/, ''));
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${salt}$${tag}`;
}

/**
 * Whether a password is the stored one. Takes as long for a user who has none (or does not exist), so that nobody learns by the
 * clock which names there are.
 * @param stored the PHC string
 */
export async function isPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  const [, memory, passes, parallelism, salt, expected] = PHC.exec(stored ?? '') ?? [];
  if (salt === undefined || expected === undefined) {
    await hashPassword(password);
    return false;
  }
  const wanted = Buffer.from(expected, 'base64');
  const made = await hash('argon2id', {
    message: bytesOf(password),
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: wanted.length,
  });
  return timingSafeEqual(made, wanted);
}
