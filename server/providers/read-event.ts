import { createHash } from 'node:crypto';
import type { ProviderDescription } from './provider.ts';

type Keys = Pick<ProviderDescription, 'event'>;

/** Longer than any id of a provider; the tables' columns are made for it. */
const MOST_ID_CHARACTERS = 200;

/**
 * The provider's own word for what an event is about (`bpms_instance_change`), "" when the event does not say.
 * @param event the decrypted payload
 */
export function eventTypeOf(provider: Keys, event: unknown): string {
  return firstText(event, provider.event.type);
}

/** The provider's id of the approval that an event is about, "" when it names none. */
export function instanceIdOf(provider: Keys, event: unknown): string {
  return firstText(event, provider.event.instanceId);
}

/** The approval definition (form id, approval code) that an event names, "" when it names none. */
export function definitionIdOf(provider: Keys, event: unknown): string {
  return firstText(event, provider.event.definitionId);
}

/** The company that an event names, "" when it names none. */
export function corpIdOf(provider: Keys, event: unknown): string {
  return firstText(event, provider.event.corpId);
}

/**
 * By what an event is known again when it is pushed twice: the provider's own id for it, else a hash of those of its decrypted
 * fields that tell it apart, whatever its envelope looks like and however its keys are written. The two kinds have prefixes, so
 * that they never meet; an event that comes once with an id and once without counts as two, which is harmless: the second
 * changes nothing.
 * @param event the decrypted payload, never the push: nonce and padding differ each time
 */
export function eventKeyOf(provider: Keys, event: Readonly<Record<string, unknown>>): string {
  const id = firstText(event, provider.event.eventId);
  if (/^[\x21-\x7e]{1,200}$/.test(id)) return `id:${id}`;
  if (id !== '') return `id-hash:${hashOf([id])}`;
  const told = new Map<string, unknown>();
  for (const [key, value] of Object.entries(event)) {
    if (!told.has(key.toLowerCase())) told.set(key.toLowerCase(), value);
  }
  const fields = provider.event.eventIdFallback.flatMap((key): [string, string][] => {
    const text = plainText(told.get(key.toLowerCase()));
    return text === '' ? [] : [[key, text]];
  });
  // An event of which nothing is known that tells it apart is known by all that it says.
  return `hash:${hashOf(fields.length > 1 ? fields : Object.entries(event).sort(byKey))}`;
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

const hashOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value), 'utf8').digest('base64url');

/** A value as text; numbers and texts of the same digits are one, for providers write both. */
function plainText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The first of the keys that holds a text of sensible length (or a number), at the top level of the event. */
function firstText(event: unknown, keys: readonly string[]): string {
  if (typeof event !== 'object' || event === null) return '';
  for (const key of keys) {
    const value: unknown = Object.hasOwn(event, key) ? (event as Record<string, unknown>)[key] : undefined;
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text === 'string' && text !== '' && text.length <= MOST_ID_CHARACTERS) return text;
  }
  return '';
}
