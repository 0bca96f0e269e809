import type { Knex } from 'knex';

/** How many rows of each kind were deleted. */
export interface Trimmed {
  readonly tasks: number;
  readonly testApprovals: number;
  readonly executions: number;
  readonly events: number;
  readonly eventKeys: number;
  readonly audit: number;
  readonly accessTokens: number;
  readonly sessions: number;
  readonly signInLinks: number;
}

/** Rows a transaction: short enough that nobody waits, on the embedded database's one connection too. */
const BATCH = 500;
/** A task takes some twenty rows with it. */
const TASKS_BATCH = 25;

const FOREIGN_EVENTS_DAYS = 7;
/** DingTalk re-pushes for days and lists failed pushes for longer (contract, issue 3: event keys). */
const EVENT_KEYS_DAYS = 120;
/** What was changed in the settings is asked for long after; who ran what is not. */
const CONFIG_AUDIT_DAYS = 730;
const RUN_TYPES = ['task', 'approval', 'execution', 'event'];

const DAY_MS = 24 * 60 * 60 * 1000;

/** Our ids begin with the time (RFC 9562 §5.7): all that were made before it are smaller. Lets a primary key find the old. */
const firstIdOf = (ms: number): string => {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
};

/** Of the approvals alias `a`: it belongs to a task that is not finished. */
const OF_OPEN_TASK = `exists (select 1 from tasks t where t.id = a.task_id and t.status in ('submitted', 'pending'))`;

/**
 * Deletes what is older than RETENTION_DAYS, in small transactions; several processes may do it at once. Never what
 * belongs to a task that is submitted or pending. Each kind's own age is above.
 * @param days RETENTION_DAYS
 * @param signal stops between two batches
 */
export async function trim(
  db: Knex,
  { days, signal }: { days: number; signal?: AbortSignal },
): Promise<Trimmed> {
  const now = Date.now();
  const old = firstIdOf(now - days * DAY_MS);
  const age = `${days} days`;

  /** Repeats a delete until it finds no more; `sql` binds its values, then the number of rows. */
  async function repeat(sql: string, bindings: readonly Knex.RawBinding[], batch = BATCH): Promise<number> {
    let count = 0;
    for (let rows = batch; rows === batch && signal?.aborted !== true; count += rows)
      rows = (await db.raw<{ rowCount: number }>(sql, [...bindings, batch])).rowCount;
    return count;
  }

  return {
    tasks: await repeatTasks(db, age, old, signal),
    testApprovals: await repeat(
      `with old as (select id from approvals where task_id is null and id < ? order by id limit ? for update skip locked),
         theirs as (delete from events where approval_id in (select id from old))
       delete from approvals where id in (select id from old)`,
      [old],
    ),
    executions: await repeat(
      `delete from executions where id in (
         select e.id from executions e where e.id < ? and e.task_id is null
           and not exists (select 1 from approvals a where a.id = e.approval_id and ${OF_OPEN_TASK})
         order by e.id limit ?)`,
      [old],
    ),
    events:
      (await repeat(
        `delete from events where id in (
           select id from events where outcome = 'foreign' and id < ? order by id desc limit ?)`,
        [firstIdOf(now - Math.min(days, FOREIGN_EVENTS_DAYS) * DAY_MS)],
      )) +
      (await repeat(
        `delete from events where id in (
           select e.id from events e where e.id < ? and e.approval_id is null
             and not exists (select 1 from approvals a where a.channel_id = e.channel_id
               and a.approval_instance_id = e.approval_instance_id and ${OF_OPEN_TASK})
           order by e.id limit ?)`,
        [old],
      )),
    eventKeys: await repeat(
      `delete from event_keys where (channel_id, key) in (
         select channel_id, key from event_keys where seen_at < now() - interval '${EVENT_KEYS_DAYS} days'
         order by seen_at limit ?)`,
      [],
    ),
    audit:
      (await repeat(
        `delete from audit where id in (
           select id from audit where id < ? and object_type = any(?)
             and not exists (select 1 from tasks t where t.task_id = audit.object_id
               and audit.object_type = 'task' and t.status in ('submitted', 'pending'))
           order by id limit ?)`,
        [old, RUN_TYPES],
      )) +
      (await repeat(`delete from audit where id in (select id from audit where id < ? order by id limit ?)`, [
        firstIdOf(now - Math.max(days, CONFIG_AUDIT_DAYS) * DAY_MS),
      ])),
    accessTokens: await repeat(
      // Those of scripts that are no longer in use.
      `delete from channel_tokens where (channel_id, script_hash) in (
         select channel_id, script_hash from channel_tokens
         where expires_at < now() - interval '1 day' and (lease_until is null or lease_until < now()) limit ?)`,
      [],
    ),
    sessions: await repeat(
      'delete from sessions where id_hash in (select id_hash from sessions where expires_at < now() limit ?)',
      [],
    ),
    signInLinks: await repeat(
      `delete from sign_in_links where token_hash in (
         select token_hash from sign_in_links where expires_at < now() - interval '1 day' limit ?)`,
      [],
    ),
  };
}

/** Finished tasks, each with all that is its own: approvals, timeline and executions by cascade, events by hand. */
async function repeatTasks(
  db: Knex,
  age: string,
  old: string,
  signal: AbortSignal | undefined,
): Promise<number> {
  let count = 0;
  for (let rows = TASKS_BATCH; rows === TASKS_BATCH && signal?.aborted !== true; count += rows) {
    rows = await db.transaction(async (trx) => {
      // Locked, so that a retry at this moment waits and then finds no task, or we leave it out.
      const found = await trx.raw<{ rows: { id: string }[] }>(
        `select id from tasks where id < ? and updated_at < now() - ?::interval
           and status in ('approved', 'rejected', 'revoked', 'failed')
         order by id limit ? for update skip locked`,
        [old, age, TASKS_BATCH],
      );
      const ids = found.rows.map(({ id }) => id);
      if (ids.length === 0) return 0;
      const approvals = trx('approvals').select('id').whereIn('task_id', ids);
      await trx('events').whereIn('approval_id', approvals).delete();
      await trx('tasks').whereIn('id', ids).delete();
      return ids.length;
    });
  }
  return count;
}
