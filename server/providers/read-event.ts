import type { ProviderDescription } from './provider.ts';

/**
 * The provider's own word for what an event is about (`bpms_instance_change`), "" when the event does not say.
 * @param event the decrypted payload
 */
export function eventTypeOf(provider: Pick<ProviderDescription, 'event'>, event: unknown): string {
  return firstText(event, provider.event.type);
}

/** The first of the keys that holds a text, at the top level of the event. */
function firstText(event: unknown, keys: readonly string[]): string {
  if (typeof event !== 'object' || event === null) return '';
  for (const key of keys) {
    const value: unknown = Object.hasOwn(event, key) ? (event as Record<string, unknown>)[key] : undefined;
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}
