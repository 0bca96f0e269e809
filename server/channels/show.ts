import type { ChannelConnection, ShownChannel } from '../contract/channel.ts';
import type { Db, Trx } from '../db/database.ts';
import { budgetsOf } from './budget-store.ts';
import type { Budget } from './budget.ts';
import type { Channel } from './channel.ts';
import { lastErrorsOf } from './error-store.ts';
import { settingsOf, shownSettings } from './settings.ts';
import { tokensUntil } from './token-store.ts';
import { callbackUrlOf } from './verify-callback.ts';

/** Channels as the API shows them, in their order: secrets masked, with budget, token, last error, and how their connections stand. */
export async function showChannels(
  db: Db | Trx,
  channels: readonly Channel[],
  publicUrl: string,
  connectionOf: (channelId: string) => ChannelConnection | null,
): Promise<ShownChannel[]> {
  const budgets = await budgetsOf(db, channels);
  const ids = channels.map(({ id }) => id);
  const until = await tokensUntil(db, ids);
  const errors = await lastErrorsOf(db, ids);
  return channels.map((channel) => ({
    id: channel.id,
    type: channel.type,
    ...shownSettings(settingsOf(channel)),
    callbackUrl: callbackUrlOf(publicUrl, channel.id),
    connection: connectionOf(channel.id),
    paused: channel.paused,
    budget: { ...(budgets.get(channel.id) as Budget) },
    accessTokenUntil: until.get(channel.id)?.toISOString() ?? null,
    lastCallbackAt: channel.lastCallbackAt?.toISOString() ?? null,
    lastError: errors.get(channel.id) ?? null,
    createdAt: channel.row.created_at.toISOString(),
    updatedAt: channel.row.updated_at.toISOString(),
  }));
}
