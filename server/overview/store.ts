import type { Overview } from '../contract/overview.ts';
import { recordOf } from '../contract/record.ts';
import { STAGES } from '../contract/stage.ts';
import { TASK_STATUSES } from '../contract/task.ts';
import type { Db } from '../db/database.ts';
import { demoChannelId } from '../demo/store.ts';

/** The oldest of each kind that are named. */
const MOST_WAITING = 10;
/** Failed runs that are looked through for failing stages: far more than stages that anybody has. */
const MOST_FAILED = 1_000;

/** How many tasks have each status. */
export async function countTasks(db: Db): Promise<Overview['tasks']> {
  const rows = await db('tasks').select('status').count({ count: '*' }).groupBy('status');
  const counts = new Map(rows.map(({ status, count }) => [status, Number(count)]));
  return recordOf(TASK_STATUSES, (status) => counts.get(status) ?? 0);
}

interface WaitingRow {
  readonly task_id: string;
  readonly status: 'submitted' | 'pending';
  readonly created_at: Date;
  readonly task_name: string | null;
}

/** Tasks that have been submitted, or pending, for longer than a provider or a person should take; the oldest first. */
export async function waitingTasks(db: Db): Promise<Overview['waiting']> {
  const oldest = async (status: 'submitted' | 'pending', age: string): Promise<WaitingRow[]> => {
    const found: unknown = await db('tasks')
      .select('task_id', 'status', 'created_at', db.raw("variables ->> 'TASK_NAME' as task_name"))
      .where({ status })
      .where('created_at', '<', db.raw('now() - ?::interval', [age]))
      .orderBy('id')
      .limit(MOST_WAITING);
    return found as WaitingRow[];
  };
  const rows = [...(await oldest('submitted', '10 minutes')), ...(await oldest('pending', '3 days'))];
  return rows.map(({ task_id, status, created_at, task_name }) => ({
    taskId: task_id,
    taskName: task_name ?? '',
    status,
    since: created_at.toISOString(),
  }));
}

/**
 * Stages that fail: each whose last live run failed within the past seven days. Ids tell which run was later.
 * The failed runs come out of an index of their own; whether a later one went well is asked for a handful of stages only.
 */
export async function failingStages(db: Db): Promise<Overview['failingStages']> {
  const { rows } = await db.raw<{
    rows: {
      id: string;
      mapping_id: string;
      mapping_name: string;
      stage: (typeof STAGES)[number];
      started_at: Date;
      message: string | null;
    }[];
  }>(
    `select last.id, last.mapping_id, mappings.name as mapping_name, last.stage, last.started_at,
            last.execution -> 'error' ->> 'message' as message
       from (select distinct on (mapping_id, stage) *
               from (select id, mapping_id, stage, started_at, execution
                       from executions
                      where not ok and kind = 'live' and stage = any(?) and started_at > now() - interval '7 days'
                      order by id desc
                      limit ?) as failed
              order by mapping_id, stage, id desc) as last
       join mappings on mappings.id = last.mapping_id
      where not exists (select from executions as later
                         where later.mapping_id = last.mapping_id and later.id > last.id
                           and later.stage = last.stage and later.kind = 'live' and later.ok)
      order by last.id desc`,
    [[...STAGES], MOST_FAILED],
  );
  return rows.map(({ id, mapping_id, mapping_name, stage, started_at, message }) => ({
    mappingId: mapping_id,
    mappingName: mapping_name,
    stage,
    executionId: id,
    at: started_at.toISOString(),
    message: message ?? '',
  }));
}

/** How many events somebody may have to do something about. */
export async function countEvents(db: Db): Promise<Overview['events']> {
  const rows = await db('events')
    .select('outcome')
    .count({ count: '*' })
    .whereIn('outcome', ['waiting', 'failed'])
    .groupBy('outcome')
    .orderBy('outcome');
  return rows.map(({ outcome, count }) => ({ outcome, count: Number(count) }));
}

/** The demo's channel and its first mapping, as long as there are both. */
export async function findDemo(db: Db): Promise<Overview['demo']> {
  const channelId = await demoChannelId(db);
  if (channelId === null) return null;
  const mapping = await db('mappings').where({ channel_id: channelId }).orderBy('id').first('id');
  return mapping === undefined ? null : { channelId, mappingId: mapping.id };
}
