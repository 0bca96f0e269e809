import { randomUUIDv7 } from 'node:crypto';

/**
 * A new id: a UUID of version 7 (RFC 9562 §5.7). It begins with the time, so that "newest first" is the order of the
 * primary key, and copies between databases never collide.
 */
export const newId = (): string => randomUUIDv7();

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether a text has the form of an id; PostgreSQL throws on anything else. */
export const isId = (text: string): boolean => UUID.test(text);
