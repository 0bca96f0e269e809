import { createHash } from 'node:crypto';
import type { Channel } from '../channels/store.ts';
import type { Intent } from '../db/tables.ts';
import { storable } from '../executions/storable.ts';
import type { ProviderProtocol } from '../providers/protocol.ts';

/** A secret shorter than this stands in a form by chance (docs/security.md). */
const SHORTEST_SECRET = 8;

/**
 * What is about to be sent, as it may be stored and as the provider's listing can be searched for it. A call that cannot be read, or
 * whose form cannot be stored letter by letter, is `unreadable`: searching for something else would prove nothing.
 * @param by who sends it: the attempt, and the place (placeOf)
 * @param secrets of the channel: a form that carries one is not stored
 */
export function readIntent(
  protocol: Pick<ProviderProtocol, 'readCreateCall'>,
  call: { readonly url: string; readonly body: string | null },
  by: Pick<Intent, 'attempt' | 'place'>,
  secrets: readonly string[],
): Intent {
  const read = protocol.readCreateCall(call);
  if (read === null) return unreadable(by);
  const intent: Intent = {
    ...by,
    definitionId: read.definitionId,
    originator: read.originator,
    form: read.form.map(({ name, value }) => ({ name, value })),
  };
  const json = JSON.stringify(intent);
  const isSecret = secrets.some((secret) => secret.length >= SHORTEST_SECRET && json.includes(secret));
  return isSecret || storable(intent) !== intent ? unreadable(by) : intent;
}

const unreadable = (by: Pick<Intent, 'attempt' | 'place'>): Intent => ({
  ...by,
  definitionId: '',
  originator: '',
  form: [],
  unreadable: true,
});

/** Which app, at which address, a channel speaks to: elsewhere nothing can be searched for. The same for the same, in hex. */
export function placeOf({ type, stage }: Pick<Channel, 'type' | 'stage'>): string {
  const { appId, apiBaseUrl, legacyApiBaseUrl } = stage;
  return createHash('sha256')
    .update(JSON.stringify([type, appId, apiBaseUrl, legacyApiBaseUrl]))
    .digest('hex');
}

/** What a search takes for the same (scripts/<provider>/hub/find.js): ends of lines and blanks at the ends do not count. */
const comparable = (value: string): string => value.replace(/\r\n?/g, '\n').trim();

/**
 * The same for all intents that the same instance would answer to: providers leave out empty fields and need not keep the order.
 * @returns 32 bytes
 */
export function hashIntent({ definitionId, originator, form }: Omit<Intent, 'attempt' | 'place'>): Buffer {
  const fields = form
    .map(({ name, value }) => [name, comparable(value)])
    .filter(([, value]) => value !== '')
    .map((field) => JSON.stringify(field))
    .sort();
  return createHash('sha256')
    .update(JSON.stringify([definitionId, originator, ...fields]))
    .digest();
}
