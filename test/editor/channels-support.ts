import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import type { ShownChannel } from '../../server/contract/channel.ts';

const told = { en: '', zh: '' };
const field = (key: string, secret: boolean, required: boolean): ProviderEntry['fields'][number] => ({
  ...{ key, secret, required, label: told, help: told },
});

/** A provider that no guide knows. */
export const PROVIDER: ProviderEntry = {
  ...{ name: 'example', label: told, callbackTypes: ['webhook'], hosts: [], monthlyCalls: 5_000 },
  fields: [
    ...[field('appId', false, true), field('appSecret', true, true), field('corpId', false, false)],
    ...[field('token', true, false), field('aesKey', true, false)],
  ],
  help: { definition: { label: told, help: told }, steps: [told], links: [] },
  ...{ simulator: null, client: '', types: '' },
  scripts: { token: '', create: '', revoke: '', callback: '', sync: '' },
  events: [],
};

const AT = '2026-11-22T00:00:00.000Z';

/** A channel as the API shows it. */
export const channelOf = (given: Partial<ShownChannel>): ShownChannel => ({
  ...{ id: 'c', name: 'Ops', type: 'example', appId: 'a', corpId: '', agentId: '', appSecret: '••••et' },
  ...{ token: '••••en', aesKey: '••••23', encryptKey: '', verificationToken: '', callbackType: 'webhook' },
  ...{ callbackUrl: '', apiBaseUrl: '', legacyApiBaseUrl: '', allowedHosts: [], defaultOriginator: '' },
  ...{ monthlyCalls: 5_000, paused: false, accessTokenUntil: null, lastCallbackAt: null, lastError: null },
  connection: null,
  budget: { month: '2026-11', limit: 5_000, used: 0, pollLimit: 2_500, pollLimitToday: 100, polled: 0 },
  ...{ createdAt: AT, updatedAt: AT },
  ...given,
});

/** How a connection stands, since that day. */
export const connection = (
  state: NonNullable<ShownChannel['connection']>['state'],
): NonNullable<ShownChannel['connection']> => ({
  ...{ state, since: AT, lastFrameAt: null, nextTryAt: null },
  lastError: state === 'down' ? 'refused' : null,
});
