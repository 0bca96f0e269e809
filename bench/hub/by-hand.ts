import type { Knex } from 'knex';
import type { SubmitTask } from '../../server/contract/task.ts';
import { newId } from '../../server/ids.ts';
import type { Place } from '../../test/db/rows.ts';

const TASK = `insert into tasks (id, task_id, task_type, task_subtype, variables, submitted_by) values (?, ?, ?, ?, ?, ?)`;
const APPROVAL = `insert into approvals (id, task_id, generation, channel_id, mapping_id, version, next_sync_at)
  values (?, ?, 1, ?, ?, 1, now())`;
const TIMELINE = `insert into timeline (id, task_id, at, what, by, detail)
  values (?, ?, clock_timestamp(), 'submitted', 'token platform', ?)`;
/** As pg-boss fills its columns for this queue (server/jobs/boss.ts). */
const JOB = `insert into jobs.job_common (id, name, data, priority, start_after, created_on, expire_seconds, deletion_seconds,
    keep_until, retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds,
    blocked, blocking, pending_dependencies)
  values (gen_random_uuid(), 'open-approval', ?, 0, now(), now(), 900, 60,
    now() + interval '400 days', 11, 2, true, 300, 'standard', 'given-up', 20, false, false, 0)`;

/**
 * Writes the rows that taking a task writes, in a transaction of their own, in plain SQL. The binding is not looked up, nobody
 * is asked who he is, nothing is checked, and no worker is told.
 */
export async function insertByHand(
  knex: Knex,
  { channelId, mappingId }: Place,
  { taskId, taskType, variables }: SubmitTask,
): Promise<void> {
  const [id, approvalId] = [newId(), newId()];
  await knex.transaction(async (trx) => {
    await trx.raw(TASK, [
      id,
      taskId,
      taskType,
      null,
      JSON.stringify(variables),
      'token platform',
    ] as string[]);
    await trx.raw(APPROVAL, [approvalId, id, channelId, mappingId]);
    await trx.raw(TIMELINE, [newId(), id, JSON.stringify({ mappingId, version: 1 })]);
    await trx.raw(JOB, [JSON.stringify({ approvalId })]);
  });
}
