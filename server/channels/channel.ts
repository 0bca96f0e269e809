import type { ChannelRow } from '../db/tables.ts';
import type { StageChannel } from '../executions/stage-run.ts';
import type { CallbackKeys, ProviderProtocol } from '../providers/protocol.ts';
import type { KnownProvider } from '../providers/load.ts';
import type { Provider } from '../providers/provider.ts';
import type { ChannelSecrets } from './secrets.ts';

/** One provider app, ready for use: its secrets opened, its provider at hand. Not for showing. */
export interface Channel {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly provider: Provider;
  readonly protocol: ProviderProtocol;
  /** What stages run with. */
  readonly stage: StageChannel;
  /** What pushes are verified with. */
  readonly callbackKeys: CallbackKeys;
  /** Calls a month that the company has at the provider. */
  readonly monthlyCalls: number;
  /** Nothing is sent to the provider; events are still taken in. */
  readonly paused: boolean;
  readonly lastCallbackAt: Date | null;
  readonly row: ChannelRow;
}

/** Puts a channel together out of its row, its opened secrets and its provider. */
export function channelOf(row: ChannelRow, secrets: ChannelSecrets, known: KnownProvider): Channel {
  const { appSecret, token, aesKey, encryptKey, verificationToken } = secrets;
  const { app_id: appId, corp_id: corpId } = row;
  return {
    id: row.id,
    type: row.type,
    name: row.name,
    provider: known.provider,
    protocol: known.protocol,
    stage: {
      appId,
      appSecret,
      corpId,
      apiBaseUrl: row.api_base_url,
      legacyApiBaseUrl: row.legacy_api_base_url,
      allowedHosts: row.allowed_hosts,
      defaultOriginator: row.default_originator,
      otherSecrets: [token, aesKey, encryptKey, verificationToken].filter((secret) => secret !== ''),
    },
    callbackKeys: { token, aesKey, appId, corpId, encryptKey, verificationToken },
    monthlyCalls: row.monthly_calls,
    paused: row.paused_at !== null,
    lastCallbackAt: row.last_callback_at,
    row,
  };
}
