import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import type { ChannelChanges, NewChannel, ShownChannel } from '../../server/contract/channel.ts';
import { ApiError } from '../api/api-error.ts';

/** What is typed in, by setting; hosts one a line. Secrets that are kept already are "" until they are replaced. */
export type ChannelForm = Readonly<Record<string, string>>;

/** The settings that every channel has, whatever the provider. */
const COMMON_KEYS = ['name', 'callbackType', 'allowedHosts', 'monthlyCalls'] as const;

/** Where the provider's hosts really are; only simulators and proxies need them. */
export const ADDRESS_KEYS = ['apiBaseUrl', 'legacyApiBaseUrl'] as const;

const keysOf = (provider: ProviderEntry): string[] => [
  ...COMMON_KEYS,
  ...ADDRESS_KEYS,
  ...provider.fields.map(({ key }) => key),
];

const isSecret = (provider: ProviderEntry, key: string): boolean =>
  provider.fields.some((field) => field.key === key && field.secret);

/** The form of a new channel. */
export const emptyForm = (provider: ProviderEntry): ChannelForm => ({
  ...Object.fromEntries(keysOf(provider).map((key) => [key, ''])),
  callbackType: provider.callbackTypes[0] ?? 'webhook',
});

/** A channel as it is set now. */
export function formOf(provider: ProviderEntry, channel: ShownChannel): ChannelForm {
  return Object.fromEntries(
    keysOf(provider).map((key) => [key, isSecret(provider, key) ? '' : shownOf(channel, key)]),
  );
}

/** The secrets that the hub keeps of a channel, as the API shows them; "" where there is none. */
export const keptOf = (provider: ProviderEntry, channel: ShownChannel): Readonly<Record<string, string>> =>
  Object.fromEntries(
    provider.fields.filter(({ secret }) => secret).map(({ key }) => [key, shownOf(channel, key)]),
  );

function shownOf(channel: ShownChannel, key: string): string {
  const value: unknown = (channel as Readonly<Record<string, unknown>>)[key];
  if (Array.isArray(value)) return value.join('\n');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const linesOf = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What the API takes for a setting; a number that is none goes as it is, so that the hub says what is wrong with it. */
function valueOf(key: string, text: string): unknown {
  const trimmed = text.trim();
  if (key === 'allowedHosts') return linesOf(text);
  if (key === 'monthlyCalls') return /^\d{1,15}$/.test(trimmed) ? Number(trimmed) : trimmed;
  return trimmed;
}

const requiredKeys = (provider: ProviderEntry): string[] => [
  'name',
  ...provider.fields.filter(({ required }) => required).map(({ key }) => key),
];

/**
 * The settings that every channel must have and that are empty, so that all of them can be shown at once: the hub names the
 * provider's only when its own are right.
 * @param kept secrets that the hub holds already, which are not asked for again unless they are `replaced`
 */
export const missingOf = (
  provider: ProviderEntry,
  form: ChannelForm,
  kept: Readonly<Record<string, string>> = {},
  replaced: ReadonlySet<string> = new Set(),
): string[] =>
  requiredKeys(provider).filter((key) => {
    const isKept = (kept[key] ?? '') !== '' && !replaced.has(key);
    return !isKept && (form[key] ?? '').trim() === '';
  });

/** The body of `POST /channels`: what was left empty is left out, but for what every channel must have. */
export function newChannelOf(provider: ProviderEntry, form: ChannelForm): NewChannel {
  const required = new Set(requiredKeys(provider));
  const given = Object.entries(form).filter(([key, text]) => text.trim() !== '' || required.has(key));
  return {
    type: provider.name,
    ...Object.fromEntries(given.map(([key, text]) => [key, valueOf(key, text)])),
  } as NewChannel;
}

/**
 * The body of `PATCH /channels/:id`: what differs from what is kept. An emptied setting is taken away.
 * @param replaced the kept secrets that are to be others; "" takes one away
 */
export function changesOf(
  provider: ProviderEntry,
  before: ChannelForm,
  form: ChannelForm,
  replaced: ReadonlySet<string>,
): ChannelChanges {
  const changed = Object.entries(form).filter(([key, text]) =>
    isSecret(provider, key)
      ? replaced.has(key) || text.trim() !== ''
      : text.trim() !== (before[key] ?? '').trim(),
  );
  const settled = changed.map(([key, text]) => {
    // 0 is a limit, nothing is the provider's own.
    if (key === 'monthlyCalls' && text.trim() === '') return [key, provider.monthlyCalls];
    return [key, valueOf(key, text)];
  });
  return Object.fromEntries(settled) as ChannelChanges;
}

/** What stands in the form of what a person may not lose over a reload: everything but secrets, which no browser keeps for us. */
export const withoutSecrets = (provider: ProviderEntry, form: ChannelForm): ChannelForm =>
  Object.fromEntries(Object.entries(form).filter(([key]) => !isSecret(provider, key)));

/** The hub's words for each wrong field; those of a list's entries stand at the list. */
export function errorsByField(error: unknown): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { path, message } of error instanceof ApiError ? error.errors : []) {
    const [key = path] = path.split('.');
    const text = `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
    found[key] = found[key] === undefined ? text : `${found[key]} ${text}`;
  }
  return found;
}
