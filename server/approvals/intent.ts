import { createHash } from 'node:crypto';
import type { Intent } from '../db/tables.ts';
import { storable } from '../executions/storable.ts';
import type { ProviderProtocol } from '../providers/protocol.ts';

/** A secret shorter than this stands in a form by chance (contract: masking). */
const SHORTEST_SECRET = 8;

/**
 * What is about to be sent, as it may be stored and as the provider's listing can be searched for it. A call that cannot be read, or
 * whose form cannot be stored letter by letter, is `unreadable`: searching for something else would prove nothing.
 * @param attempt who sends it
 * @param secrets of the channel: a form that carries one is not stored
 */
export function readIntent(
  protocol: Pick<ProviderProtocol, 'readCreateCall'>,
  call: { readonly url: string; readonly body: string | null },
  attempt: string,
  secrets: readonly string[],
): Intent {
  const read = protocol.readCreateCall(call);
  if (read === null) return unreadable(attempt);
  const intent: Intent = {
    attempt,
    definitionId: read.definitionId,
    originator: read.originator,
    form: read.form.map(({ name, value }) => ({ name, value })),
  };
  const json = JSON.stringify(intent);
  const isSecret = secrets.some((secret) => secret.length >= SHORTEST_SECRET && json.includes(secret));
  return isSecret || storable(intent) !== intent ? unreadable(attempt) : intent;
}

const unreadable = (attempt: string): Intent => ({
  attempt,
  definitionId: '',
  originator: '',
  form: [],
  unreadable: true,
});

/** What a search takes for the same (scripts/<provider>/hub/find.js): ends of lines and blanks at the ends do not count. */
const comparable = (value: string): string => value.replace(/\r\n?/g, '\n').trim();

/**
 * The same for all intents that the same instance would answer to: providers leave out empty fields and need not keep the order.
 * @returns 32 bytes
 */
export function hashIntent({ definitionId, originator, form }: Omit<Intent, 'attempt'>): Buffer {
  const fields = form
    .map(({ name, value }) => [name, comparable(value)])
    .filter(([, value]) => value !== '')
    .map((field) => JSON.stringify(field))
    .sort();
  return createHash('sha256')
    .update(JSON.stringify([definitionId, originator, ...fields]))
    .digest();
}
