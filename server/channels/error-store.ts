import type { ShownChannel } from '../contract/channel.ts';
import type { Db, Trx } from '../db/database.ts';

/** So many failed runs are looked through: an outage of one channel may hide the last error of another, never slow the list. */
const MOST_LOOKED_AT = 2_000;

interface ErrorRow {
  channel_id: string;
  id: string;
  stage: string;
  started_at: Date;
  message: string | null;
  code: string | null;
}

/** The newest live run of each channel that failed, by channel id, in one query; channels without one are left out. */
export async function lastErrorsOf(
  db: Db | Trx,
  channelIds: readonly string[],
): Promise<Map<string, NonNullable<ShownChannel['lastError']>>> {
  const { rows } = await db.raw<{ rows: ErrorRow[] }>(
    `with newest as (
       select id, kind, channel_id from executions where not ok order by id desc limit ?
     ), last as (
       select distinct on (channel_id) id from newest
       where kind = 'live' and channel_id = any (?)
       order by channel_id, id desc
     )
     select channel_id, id, stage, started_at, error_code as code, execution -> 'error' ->> 'message' as message
     from executions where id in (select id from last)`,
    [MOST_LOOKED_AT, [...channelIds]],
  );
  return new Map(
    rows.map(({ channel_id: channelId, id, stage, started_at: at, message, code }) => [
      channelId,
      { executionId: id, stage, at: at.toISOString(), message: message ?? code ?? '' },
    ]),
  );
}
