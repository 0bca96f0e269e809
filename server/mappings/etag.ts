import { createHash } from 'node:crypto';

/**
 * The entity tag of a text. The same text has the same tag, so a save that is repeated after a lost answer is no conflict, and neither
 * is a text that somebody changed and changed back.
 */
export const etagOf = (source: string): string =>
  createHash('sha256').update(source).digest('base64url').slice(0, 22);
