import type { ShownChannel } from '../contract/channel.ts';
import type { Db, Trx } from '../db/database.ts';

/** So many failed runs are looked through: an outage of one channel may hide the last error of another, never slow the list. */
const MOST_LOOKED_AT = 2_000;
/** So many runs after a failure are looked through for one that made it good. */
const MOST_LATER = 5_000;

interface ErrorRow {
  channel_id: string;
  id: string;
  stage: string;
  started_at: Date;
  message: string | null;
  code: string | null;
}

/**
 * The newest trouble of each channel, by channel id, in one query: of each stage of each mapping the newest live run that failed,
 * unless the same stage of the same mapping went well later. Channels without one are left out.
 */
export async function lastErrorsOf(
  db: Db | Trx,
  channelIds: readonly string[],
): Promise<Map<string, NonNullable<ShownChannel['lastError']>>> {
  // The hub's own questions to a provider belong to no mapping. Two conditions, for each finds its rows by the index of mappings.
  const { rows } = await db.raw<{ rows: ErrorRow[] }>(
    `with newest as (
       select id, kind, channel_id, mapping_id, stage from executions where not ok order by id desc limit ?
     ), failed as (
       select distinct on (channel_id, mapping_id, stage) id, channel_id, mapping_id, stage from newest
       where kind = 'live' and channel_id = any (?)
       order by channel_id, mapping_id, stage, id desc
     ), last as (
       select distinct on (channel_id) id from failed
       where not exists (
         select from (select stage, kind, ok from executions
                       where mapping_id = failed.mapping_id and id > failed.id order by id limit ?) as later
         where later.stage = failed.stage and kind = 'live' and ok)
       and not (failed.mapping_id is null and exists (
         select from (select channel_id, stage, kind, ok from executions
                       where mapping_id is null and id > failed.id order by id limit ?) as later
         where later.channel_id = failed.channel_id and later.stage = failed.stage and kind = 'live' and ok))
       order by channel_id, id desc
     )
     select channel_id, id, stage, started_at, error_code as code, execution -> 'error' ->> 'message' as message
     from executions where id in (select id from last)`,
    [MOST_LOOKED_AT, [...channelIds], MOST_LATER, MOST_LATER],
  );
  return new Map(
    rows.map(({ channel_id: channelId, id, stage, started_at: at, message, code }) => [
      channelId,
      { executionId: id, stage, at: at.toISOString(), message: message ?? code ?? '' },
    ]),
  );
}
