import { CHANNEL_FIELDS, CHANNEL_SECRETS } from '../contract/channel.ts';
import type { ChannelChanges, ChannelField, ChannelSecret, NewChannel } from '../contract/channel.ts';
import { recordOf } from '../contract/record.ts';
import { AppError } from '../errors.ts';
import type { FieldError } from '../errors.ts';
import { egressPolicy } from '../executions/egress-policy.ts';
import type { StageChannel } from '../executions/stage-run.ts';
import type { Provider } from '../providers/provider.ts';
import { checkPolicy, readAllowedHost } from '../sandbox/egress.ts';
import { DEFAULT_LIMITS } from '../sandbox/limits.ts';
import type { Channel } from './channel.ts';
import { isMasked, maskedSecret } from './secrets.ts';

const BASES = ['apiBaseUrl', 'legacyApiBaseUrl'] as const;
type Base = (typeof BASES)[number];

/** Everything that is set of a channel, complete and in clear; "" where it has none. */
export interface ChannelSettings extends Readonly<Record<ChannelField | Base, string>> {
  readonly name: string;
  readonly callbackType: 'webhook' | 'persistent';
  readonly allowedHosts: readonly string[];
  readonly monthlyCalls: number;
}

const isSecret = (field: string): field is ChannelSecret =>
  (CHANNEL_SECRETS as readonly string[]).includes(field);

/** What a new channel is set to: what was given, and the provider's defaults. */
export function newSettings(provider: Provider, given: NewChannel): ChannelSettings {
  const blank = recordOf([...CHANNEL_FIELDS, ...BASES], () => '');
  const [callbackType = 'webhook'] = provider.callbackTypes;
  const { monthlyCalls } = provider;
  return merged(provider, { ...blank, name: '', callbackType, allowedHosts: [], monthlyCalls }, given);
}

/** What a channel is set to after some changes: absent stays, null and "" take away, a secret as it is shown stays. */
export const changedSettings = (
  provider: Provider,
  before: ChannelSettings,
  changes: ChannelChanges,
): ChannelSettings => merged(provider, before, changes);

function merged(
  provider: Provider,
  before: ChannelSettings,
  given: Omit<ChannelChanges, 'paused'>,
): ChannelSettings {
  const texts = [...CHANNEL_FIELDS, ...BASES].map((key): [string, string] => {
    const value = given[key];
    if (value === undefined) return [key, before[key]];
    // Pasted keys often bring a blank along.
    const text = (value ?? '').trim();
    const isShown = isSecret(key) && before[key] !== '' && text === maskedSecret(before[key]);
    return [key, isShown ? before[key] : text];
  });
  return {
    ...(Object.fromEntries(texts) as Record<ChannelField | Base, string>),
    name: given.name ?? before.name,
    callbackType: given.callbackType ?? before.callbackType,
    allowedHosts: given.allowedHosts === undefined ? before.allowedHosts : unique(given.allowedHosts),
    monthlyCalls:
      given.monthlyCalls === undefined ? before.monthlyCalls : (given.monthlyCalls ?? provider.monthlyCalls),
  };
}

const unique = (hosts: readonly string[]): string[] => [...new Set(hosts.map((host) => host.trim()))];

/**
 * Checks settings against what the provider wants and what the egress can use.
 * @param ownOrigins where this server is called, which must not be a base URL without a simulator's path
 * @throws AppError INVALID_INPUT naming every wrong field and what to write instead
 */
export function checkSettings(
  provider: Provider,
  settings: ChannelSettings,
  ownOrigins: readonly string[],
): void {
  const errors = [
    ...CHANNEL_FIELDS.flatMap((field) => wrongField(provider, field, settings[field])),
    ...BASES.flatMap((base) => wrongBase(provider, base, settings[base], ownOrigins)),
    ...settings.allowedHosts.flatMap((host, index) =>
      told(`allowedHosts.${index}`, () => void readAllowedHost(host)),
    ),
    ...(provider.callbackTypes.includes(settings.callbackType)
      ? []
      : [{ path: 'callbackType', message: `must be ${provider.callbackTypes.join(' or ')}` }]),
  ];
  const [first] = errors;
  if (first === undefined) return;
  throw new AppError('INVALID_INPUT', `${first.path} ${first.message}.`, { errors });
}

function wrongField(provider: Provider, field: ChannelField, value: string): FieldError[] {
  const known = provider.fields.find(({ key }) => key === field);
  const wrong = (message: string): FieldError[] => [{ path: field, message }];
  if (known === undefined)
    return value === '' ? [] : wrong(`is no setting of a ${provider.label.en} channel: leave it out`);
  if (value === '') return known.required ? wrong(`is required. ${known.label.en}: ${known.help.en}`) : [];
  if (isSecret(field) && isMasked(value)) return wrong('is a secret as it is shown: give the secret itself');
  const { format } = known;
  if (format !== undefined && !new RegExp(`^(?:${format.pattern})$`, 'u').test(value))
    return wrong(format.must.en);
  return [];
}

function wrongBase(provider: Provider, base: Base, url: string, ownOrigins: readonly string[]): FieldError[] {
  if (url === '') return [];
  if (!provider.hosts.some((host) => host.base.includes(base)))
    return [{ path: base, message: `is no setting of a ${provider.label.en} channel: leave it out` }];
  const policy = egressPolicy(
    { provider, channel: { ...NO_CHANNEL, [base]: url }, ownOrigins },
    DEFAULT_LIMITS,
  );
  const faults = told(base, () => checkPolicy(policy));
  if (faults.length > 0 || !isOwnOther(provider, new URL(url), ownOrigins)) return faults;
  const { simulatorPath } = provider.demo;
  return [
    { path: base, message: `is this server itself: only its simulator, ${simulatorPath}, may stand here` },
  ];
}

/** Scripts may call everything below a base URL: of this very server that is the simulator and nothing else (docs/writing-scripts.md). */
const isOwnOther = (provider: Provider, { origin, pathname }: URL, ownOrigins: readonly string[]): boolean =>
  ownOrigins.includes(origin) && pathname.replace(/\/+$/, '') !== provider.demo.simulatorPath;

const NO_CHANNEL: StageChannel = {
  ...{ appId: '', appSecret: '', corpId: '', apiBaseUrl: '', legacyApiBaseUrl: '' },
  ...{ allowedHosts: [], defaultOriginator: '', otherSecrets: [] },
};

/** The egress says in words what it cannot read. */
function told(path: string, read: () => void): FieldError[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [{ path, message: `is wrong. ${error.message.replace(/\.$/, '')}` }];
  }
}

/** A channel's settings, complete. */
export function settingsOf({ row, stage, callbackKeys }: Channel): ChannelSettings {
  const { token, aesKey, encryptKey, verificationToken } = callbackKeys;
  return {
    name: row.name,
    appId: row.app_id,
    corpId: row.corp_id,
    agentId: row.agent_id,
    defaultOriginator: row.default_originator,
    appSecret: stage.appSecret,
    ...{ token, aesKey, encryptKey, verificationToken },
    callbackType: row.callback_type,
    apiBaseUrl: row.api_base_url,
    legacyApiBaseUrl: row.legacy_api_base_url,
    allowedHosts: row.allowed_hosts,
    monthlyCalls: row.monthly_calls,
  };
}

/** Settings for showing and for the audit record: secrets masked. */
export function shownSettings(
  settings: ChannelSettings,
): Omit<ChannelSettings, 'allowedHosts'> & { allowedHosts: string[] } {
  const secrets = recordOf(CHANNEL_SECRETS, (key) => maskedSecret(settings[key]));
  return { ...settings, ...secrets, allowedHosts: [...settings.allowedHosts] };
}
