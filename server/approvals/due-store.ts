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
      order by a.next_sync_at limit ? for no key update of a skip locked`,
    [most],
  );
  return rows;
}

/** Of a channel's polls that were put into the queue within `ms`, those that nothing has come of yet: they will cost calls too. */
export async function waitingPolls(trx: Trx, channelId: string, ms: number): Promise<number> {
  const { rows } = await trx.raw<{ rows: [{ count: string }] }>(
    `select count(*) from approvals
      where channel_id = ? and opening = 'linked' and status = 'pending' and sync_step > 0
        and updated_at > now() - ? * interval '1 millisecond' and updated_at > coalesce(synced_at, linked_at)`,
    [channelId, ms],
  );
  return Number(rows[0].count);
}

/** Two looks for people who read a task's page are at least so far apart. */
const APART = '30 seconds';
/** Events that tell of nothing but the opening itself come within it. */
const OPENING = '15 seconds';

/**
 * Takes one approval if the provider has more to tell of it than the hub knows: it was never looked at, or has had events since. Its row
 * is held until the transaction ends; who comes meanwhile, or soon afterwards, takes nothing.
 */
export async function claimUnseen(trx: Trx, approvalId: string): Promise<Due | undefined> {
  const { rows } = await trx.raw<{ rows: Due[] }>(
    `select a.id, a.channel_id, a.status, a.sync_step, false as revoking
       from approvals a
       join tasks t on t.id = a.task_id
       join channels c on c.id = a.channel_id
      where a.id = ? and a.opening = 'linked' and a.status = 'pending' and t.revoke_requested_at is null and c.paused_at is null
        and case
              when a.synced_at is null then a.sync_step = 0 or a.updated_at < now() - interval '${APART}'
              else a.updated_at < now() - interval '${APART}' and exists (
                select 1 from events e
                 where e.channel_id = a.channel_id and e.approval_instance_id = a.approval_instance_id
                   and e.received_at > greatest(a.synced_at, a.linked_at + interval '${OPENING}'))
            end
      for no key update of a skip locked`,
    [approvalId],
  );
  return rows[0];
}

/** What had to wait for a new day's budget does not come all at once. */
const SPREAD_MS = 3_600_000;

/** The first hour of tomorrow, by the days that budgets count in (UTC). @param random 0 to 1: where in that hour */
export const tomorrow = (trx: Trx, random: number): unknown =>
  trx.raw(
    "(date_trunc('day', now() at time zone 'utc') + interval '1 day' + ? * interval '1 millisecond') at time zone 'utc'",
    [Math.round(random * SPREAD_MS)],
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
        order by a.next_sync_at limit ? for no key update of a skip locked)
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
