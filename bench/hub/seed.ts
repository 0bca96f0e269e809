import type { Knex } from 'knex';
import type { JobName } from '../../server/jobs/queue.ts';
import type { Place } from '../../test/db/rows.ts';
import { variables } from '../work.ts';

/** As many in a hub of any size: what is due at one look does not grow with what is kept. */
export const DUE = 50;
/** The queue whose claims are measured. */
export const QUEUE: JobName = 'open-approval';

/**
 * Fills a hub's tables as two months of use would: tasks over that time, 6 of 100 pending, 3 failed, 15 rejected, 3 revoked, one
 * about to be opened, the rest approved, of ten types; each with its approval, two lines of its story and two executions. One task in
 * ten has a SQL text of 5,000 characters. Beside them, as many jobs are ready as there are tasks: the backlog of an outage.
 * @param options.backlog false: none are
 */
export async function seed(
  knex: Knex,
  { channelId, mappingId }: Place,
  count: number,
  { backlog = true }: { readonly backlog?: boolean } = {},
): Promise<void> {
  const names = { count, channelId, mappingId, said: JSON.stringify(variables), queue: QUEUE, due: DUE };
  await knex.transaction(async (trx) => {
    // What refers to what is right by construction; checking it a million times would take the longest.
    await trx.raw('set local session_replication_role = replica');
    await trx.raw(PLAN, names);
    for (const fill of [TASKS, APPROVALS, TIMELINE, EXECUTIONS, ...(backlog ? [JOBS] : [])])
      await trx.raw(fill, names);
  });
  // As autovacuum would have done by and by.
  for (const table of ['tasks', 'approvals', 'timeline', 'executions', 'jobs.job_common'])
    await knex.raw(`vacuum (analyze) ${table}`);
}

/** One row for each task: when it came, and a version 7 id of that time for each kind of row. */
const PLAN = `
create temporary table plan on commit drop as
select n, at,
  case when n % 100 < 6 then 'pending' when n % 100 < 9 then 'failed' when n % 100 < 24 then 'rejected'
       when n % 100 < 27 then 'revoked' when n % 100 < 28 then 'submitted' else 'approved' end as status,
  (head || '7' || substr(md5('task' || n), 1, 3) || '8' || substr(md5('task' || n), 5, 15))::uuid as task,
  (head || '7' || substr(md5('approval' || n), 1, 3) || '8' || substr(md5('approval' || n), 5, 15))::uuid as approval
from generate_series(1, :count) n,
  lateral (select now() - interval '60 days' * (1 - n::float8 / :count) as at) t,
  lateral (select lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') as head) h`;

const TASKS = `
insert into tasks (id, task_id, task_type, variables, status, reason_code, reason_message, submitted_by, created_at, updated_at)
select task, 'T-' || n, 'Type ' || n % 10,
  :said::jsonb || jsonb_build_object('TASK_ID', 'T-' || n, 'TASK_NAME', 'Change ' || md5(n::text) || ' of orders',
    'SQL_FULL_CONTENT', case when n % 10 = 0 then :said::jsonb ->> 'SQL_FULL_CONTENT' else 'UPDATE orders SET state = ' || n end),
  status, case when status = 'failed' then 'PROVIDER_REFUSED' end, case when status = 'failed' then 'No.' end,
  'token platform', at, at + interval '1 hour'
from plan`;

/** The newest pending ones are due now, as many at any size; the others in the days to come. */
const APPROVALS = `
insert into approvals (id, task_id, channel_id, mapping_id, version, opening, approval_instance_id, linked_at, status, title, form,
  approvers, records, synced_at, next_sync_at, sync_step, created_at, updated_at)
select approval, task, :channelId, :mappingId, 1,
  case status when 'failed' then 'closed' when 'submitted' then 'ready' else 'linked' end,
  case when status not in ('failed', 'submitted') then 'instance-' || md5(n::text) end,
  case when status not in ('failed', 'submitted') then at end,
  case when status not in ('failed', 'submitted') then status end,
  'Change', (select jsonb_agg(jsonb_build_object('name', 'Field ' || f, 'value', md5(n::text || f))) from generate_series(1, 12) f),
  '[{"userId": "user-wang", "userName": "Wang", "status": "approved"}]',
  '[{"userId": "user-wang", "userName": "Wang", "action": "approved", "comment": "ok", "at": "2026-01-01T00:00:00.000Z"}]',
  at, case when status = 'submitted' then now()
           when status = 'pending' and row_number() over (partition by status order by n desc) <= :due then now()
           when status = 'pending' then now() + interval '1 day' * (1 + n % 7) end,
  3, at, at + interval '1 hour'
from plan`;

const TIMELINE = `
insert into timeline (id, task_id, at, what, by, detail)
select gen_random_uuid(), task, at + line * interval '1 second', case line when 1 then 'submitted' else 'opened' end,
  'token platform', '{"version": 1}'
from plan, generate_series(1, 2) line`;

const EXECUTIONS = `
insert into executions (id, kind, stage, channel_id, mapping_id, version, task_id, approval_id, ok, input, execution, duration_ms,
  cpu_ms, memory_bytes, run_by, started_at)
select overlay(task::text placing substr(md5('execution' || n || stage), 1, 12) from 25)::uuid, 'live', stage, :channelId, :mappingId,
  1, task, approval, status <> 'failed', jsonb_build_object('variables', jsonb_build_object('TASK_ID', 'T-' || n)),
  jsonb_build_object('logs', '[]'::jsonb, 'http', repeat(md5(n::text), 20)), 80, 4, 1000000, '', at
from plan, unnest(array['create', 'callback']) stage`;

const JOBS = `
insert into jobs.job_common (name, data, created_on, start_after, keep_until, policy, retry_limit, expire_seconds, heartbeat_seconds)
select :queue, jsonb_build_object('approvalId', approval), at, at, now() + interval '400 days', 'standard', 11, 900, 20 from plan`;
