import type { Db, Trx } from '../db/database.ts';

/** The demo's channel as the installation remembers it, deleted or not; null when none was made. */
export async function demoChannelId(db: Db | Trx): Promise<string | null> {
  const row = await db('installation').first('demo_channel_id');
  return row?.demo_channel_id ?? null;
}

/** Whether this is a hub in which nobody has done anything yet; the installation's row is held until the end of the transaction. */
export async function isUntouched(trx: Trx): Promise<boolean> {
  const installation = await trx('installation').forUpdate().first('demo_channel_id');
  const channel = await trx('channels').first('id');
  return installation?.demo_channel_id === null && channel === undefined;
}

/** The ids of the channels whose provider is at an address, oldest first. @param appId of this app only */
export async function channelsAt(db: Db | Trx, apiBaseUrl: string, appId?: string): Promise<string[]> {
  const query = db('channels').where({ api_base_url: apiBaseUrl }).orderBy('id');
  if (appId !== undefined) void query.where({ app_id: appId });
  return query.pluck('id');
}

/** Remembers the demo's channel for ever, so that it is never made again. */
export async function rememberDemo(trx: Trx, channelId: string): Promise<void> {
  await trx('installation').update({ demo_channel_id: channelId });
}
