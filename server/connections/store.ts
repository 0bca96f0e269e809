import type { Db } from '../db/database.ts';
import type { ChannelRow } from '../db/tables.ts';

/** The channels whose events come over a connection, but for the paused ones. */
export const persistentChannels = (db: Db): Promise<ChannelRow[]> =>
  db('channels').where({ callback_type: 'persistent' }).whereNull('paused_at');
