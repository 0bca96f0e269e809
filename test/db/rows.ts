import { randomBytes, randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { ApprovalRow, EventRow, ExecutionRow, TaskRow } from '../../server/db/tables.ts';
import { aboutChannel, aboutToken } from '../../server/secrets/sealed-store.ts';
import type { Sealer } from '../../server/secrets/seal.ts';

/** An id as one made so many days ago begins with the time. */
export function idFrom(daysAgo: number): string {
  const ms = Math.round(Date.now() - daysAgo * 86_400_000);
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${randomUUID().slice(15)}`;
}

const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);

export interface Place {
  readonly channelId: string;
  readonly mappingId: string;
}

/** A channel with its secrets and an access token, and a published mapping. */
export async function insertPlace(db: Knex, sealer: Sealer, name: string = randomUUID()): Promise<Place> {
  const [channelId, mappingId] = [idFrom(0), idFrom(0)];
  await db('channels').insert({
    id: channelId,
    type: 'dingtalk',
    name,
    app_id: 'ding-demo',
    secrets: sealer.seal(JSON.stringify({ appSecret: `secret of ${name}` }), aboutChannel(channelId)),
    monthly_calls: 5000,
  });
  await db('channel_tokens').insert({
    channel_id: channelId,
    script_hash: 'h1',
    access_token: sealer.seal(`token of ${name}`, aboutToken(channelId, 'h1')),
    expires_at: daysAgo(-1),
  });
  await db('mappings').insert({
    id: mappingId,
    channel_id: channelId,
    name: 'Changes',
    approval_definition_id: 'PROC-DEMO',
  });
  await db('mapping_versions').insert({
    mapping_id: mappingId,
    version: 1,
    sources: { token: '', create: 'return 1', revoke: '', callback: '', sync: '' },
    default_stages: JSON.stringify(['token']) as never,
    approval_definition_id: 'PROC-DEMO',
    limits: {},
    published_by: 'Li Lei',
  });
  await db('mappings').where({ id: mappingId }).update({ published_version: 1 });
  return { channelId, mappingId };
}

/** A task with an approval, an event, an execution and a line in its timeline, all so many days old. */
export async function insertTask(
  db: Knex,
  { channelId, mappingId }: Place,
  { status, days }: { status: TaskRow['status']; days: number },
): Promise<{ taskId: string; approvalId: string; eventId: string; executionId: string }> {
  const [taskId, approvalId, eventId, executionId] = [idFrom(days), idFrom(days), idFrom(days), idFrom(days)];
  await db('tasks').insert({
    id: taskId,
    task_id: taskId,
    task_type: 'SQL task',
    variables: { TASK_NAME: 'Ä 任务 🙂' },
    status,
    reason_code: status === 'failed' ? 'CREATE_FAILED' : null,
    submitted_by: 'platform',
    created_at: daysAgo(days),
    updated_at: daysAgo(days),
  });
  const outcome = status === 'failed' || status === 'submitted' ? null : status;
  await insertApproval(db, { channelId, mappingId }, { id: approvalId, task_id: taskId, status: outcome });
  await insertEvent(db, channelId, { id: eventId, approval_id: approvalId });
  await insertExecution(db, {
    ...{ id: executionId, channel_id: channelId, mapping_id: mappingId },
    ...{ task_id: taskId, approval_id: approvalId, event_id: eventId },
  });
  await db('timeline').insert({ id: idFrom(days), task_id: taskId, what: 'submitted', detail: { n: 1 } });
  return { taskId, approvalId, eventId, executionId };
}

export const insertApproval = async (
  db: Knex,
  { channelId, mappingId }: Place,
  given: Partial<ApprovalRow> & { id: string },
): Promise<void> => {
  await db('approvals').insert({
    channel_id: channelId,
    mapping_id: mappingId,
    version: 1,
    opening: 'linked',
    approval_instance_id: `instance of ${given.id}`,
    ...given,
  });
};

export const insertEvent = async (
  db: Knex,
  channelId: string,
  given: Partial<EventRow> & { id: string },
): Promise<void> => {
  await db('events').insert({
    channel_id: channelId,
    type: 'bpms_instance_change',
    outcome: 'applied',
    raw: { body: 'x' },
    // More digits than a JavaScript number has.
    payload: db.raw(`'{"n": 12345678901234567890, "text": "a\\nb\u2028"}'::jsonb`) as never,
    ...given,
  });
};

export const insertExecution = async (
  db: Knex,
  given: Partial<ExecutionRow> & { id: string },
): Promise<void> => {
  await db('executions').insert({
    kind: 'live',
    stage: 'create',
    ok: true,
    input: db.raw(`'null'::jsonb`) as never,
    execution: { result: 1 },
    duration_ms: 0.1 + 0.2,
    cpu_ms: 1,
    memory_bytes: '9007199254740993',
    ...given,
  });
};

export const insertKey = async (db: Knex, channelId: string, key: string, days: number): Promise<void> => {
  await db('event_keys').insert({
    channel_id: channelId,
    key,
    event_id: randomUUID(),
    seen_at: daysAgo(days),
  });
};

export const insertAudit = async (
  db: Knex,
  given: { days: number; type: string; object: string },
): Promise<void> => {
  await db('audit').insert({
    id: idFrom(given.days),
    by: 'Li Lei',
    action: 'update',
    object_type: given.type,
    object_id: given.object,
    after: { name: 'new' },
  });
};

/** A person with a session. */
export async function insertUser(db: Knex, name: string, sessionDays: number): Promise<void> {
  const id = idFrom(0);
  await db('users').insert({ id, name, role: 'admin', password_hash: '$argon2id$…' });
  await db('sessions').insert({ id_hash: randomBytes(32), user_id: id, expires_at: daysAgo(sessionDays) });
  await db('sign_in_links').insert({
    token_hash: randomBytes(32),
    user_id: id,
    expires_at: daysAgo(sessionDays),
  });
}

/** A row or more in every table that travels, with what is easily spoilt on the way. */
export async function fillHub(knex: Knex, sealer: Sealer): Promise<void> {
  await insertUser(knex, 'Li Lei', -1);
  await knex('api_tokens').insert({
    ...{ id: idFrom(0), name: 'platform', role: 'submitter', created_by: 'Li Lei' },
    token_hash: Buffer.from([0, 255, 1]),
  });
  await knex('catalogue').insert({ name: 'task-types', value: { a: [1.5, null] }, updated_by: 'Li Lei' });
  const place = await insertPlace(knex, sealer, 'Company');
  await knex('channel_calls').insert({ channel_id: place.channelId, day: new Date(), calls: 3, polls: 1 });
  const draft = { mapping_id: place.mappingId, stage: 'create' as const };
  await knex('mapping_drafts').insert({ ...draft, source: 'x\r\n\\ "y"', etag: 'e', updated_by: 'Li Lei' });
  await knex('mapping_samples').insert({ ...draft, sample: JSON.stringify([1, null]) });
  await knex('bindings').insert({ id: idFrom(0), task_type: 't', mapping_id: place.mappingId });
  for (let n = 0; n < 120; n += 1) await insertTask(knex, place, { status: 'pending', days: n });
  await insertKey(knex, place.channelId, 'key', 3);
  // A megabyte in a row, as an execution with its traces may have.
  await insertExecution(knex, { id: idFrom(0), execution: { body: 'ü'.repeat(500_000) } });
  await insertEvent(knex, place.channelId, { id: idFrom(0), outcome: 'waiting' });
  await insertAudit(knex, { days: 1, type: 'channel', object: place.channelId });
}
