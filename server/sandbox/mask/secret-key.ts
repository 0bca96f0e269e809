const SECRET_WORDS =
  /secret(?!ar)|passw|passphrase|pwd|token|api[-_]?key|access[-_]?key|private|credential|aes[-_]?key|encrypt(?:ion)?[-_]?key|signing[-_]?key|authorization|cookie|signature/i;

const SIGN = /(?:^|[-_])sign$/i;

// Page cursors are called tokens by many APIs; they open nothing, and hiding them makes a listing hard to debug.
const PAGE_CURSOR = /(?:next|prev|previous|page|sync|continuation)[-_]?(?:page)?[-_]?token$/i;

/**
 * Whether the value of a header, query parameter or JSON key of this name is to be treated as a secret: passwords, tokens, keys,
 * authorization, cookies and request signatures, in any of the usual spellings (appSecret, APP_SECRET, x-access-token).
 */
export const secretKey = (name: string): boolean =>
  (SECRET_WORDS.test(name) || SIGN.test(name)) && !PAGE_CURSOR.test(name);
