import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as text that fits into a URL or a cookie. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is stored of such a secret. It cannot be guessed, so it needs no slow hash. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Compares secrets of any length in the same time. */
export const isSame = (left: string, right: string): boolean => timingSafeEqual(hashOf(left), hashOf(right));
