import type { Trx } from '../db/database.ts';
import type { ApprovalRow } from '../db/tables.ts';

/** An approval that the hub is to look at by itself. */
export interface Due extends Pick<ApprovalRow, 'id' | 'channel_id' | 'status' | 'sync_step'> {
  readonly revoking: boolean;
}

/**
 * Takes due approvals of channels that are not paused, those that wait longest first. Their rows are held until the transaction ends;
 * SKIP LOCKED lets several processes share the work.
 */
export async function claimDue(trx: Trx, most: number): Promise<Due[]> {
  const { rows } = await trx.raw<{ rows: Due[] }>(
    `select a.id, a.channel_id, a.status, a.sync_step, t.revoke_requested_at is not null as revoking
       from approvals a
       join tasks t on t.id = a.task_id
       join channels c on c.id = a.channel_id
      where a.next_sync_at <= now() and a.opening = 'linked' and c.paused_at is null
      order by a.next_sync_at limit ? for update of a skip locked`,
    [most],
  );
  return rows;
}

/** The first moments of tomorrow, by the days that budgets count in (UTC). @param spreadMs so much later */
export const tomorrow = (trx: Trx, spreadMs: number): unknown =>
  trx.raw(
    "(date_trunc('day', now() at time zone 'utc') + interval '1 day' + ? * interval '1 millisecond') at time zone 'utc'",
    [Math.round(spreadMs)],
  );

/**
 * Takes approvals whose opening should have gone on `idleMs` ago and that nobody has touched since: their job got lost.
 * @returns their ids; each is taken once in that time
 */
export async function claimStranded(trx: Trx, idleMs: number, most: number): Promise<string[]> {
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `update approvals set updated_at = now() where id in (
       select a.id from approvals a join channels c on c.id = a.channel_id
        where a.next_sync_at <= now() - ? * interval '1 millisecond'
          and a.updated_at <= now() - ? * interval '1 millisecond'
          and a.opening in ('ready', 'sending') and a.task_id is not null and c.paused_at is null
        order by a.next_sync_at limit ? for update of a skip locked)
     returning id`,
    [idleMs, idleMs, most],
  );
  return rows.map(({ id }) => id);
}

/** What a channel that was paused has waiting: approvals to be opened, and those to be revoked. */
export async function waitingOf(trx: Trx, channelId: string): Promise<{ open: string[]; revoke: string[] }> {
  const open = await trx('approvals')
    .where({ channel_id: channelId })
    .whereIn('opening', ['ready', 'sending'])
    .whereNotNull('task_id')
    .orderBy('id')
    .select('id');
  const { rows: revoke } = await trx.raw<{ rows: { id: string }[] }>(
    `select a.id from approvals a join tasks t on t.id = a.task_id
      where a.channel_id = ? and a.opening = 'linked' and a.status = 'pending' and t.revoke_requested_at is not null
      order by a.id`,
    [channelId],
  );
  return { open: open.map(({ id }) => id), revoke: revoke.map(({ id }) => id) };
}
