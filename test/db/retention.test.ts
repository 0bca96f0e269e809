import { describe, expect, it } from 'vitest';
import { trim } from '../../server/db/retention.ts';
import { createSealer } from '../../server/secrets/seal.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import {
  idFrom,
  insertApproval,
  insertAudit,
  insertEvent,
  insertExecution,
  insertKey,
  insertPlace,
  insertTask,
  insertUser,
} from './rows.ts';

const sealer = createSealer('k'.repeat(32));
const DAYS = 90;

describe.each(DATABASES)('retention on %s', (kind) => {
  const database = useDatabase(kind);
  const idsOf = async (table: 'tasks' | 'approvals' | 'events' | 'executions'): Promise<string[]> =>
    (await database().knex(table).select('id')).map(({ id }) => id);

  it('deletes finished tasks with all that is theirs, and leaves open ones whole however old', async () => {
    const { knex } = database();
    const place = await insertPlace(knex, sealer);
    const gone = [];
    for (const status of ['approved', 'rejected', 'revoked', 'failed'] as const)
      gone.push(await insertTask(knex, place, { status, days: DAYS + 1 }));
    const kept = [
      await insertTask(knex, place, { status: 'submitted', days: 400 }),
      await insertTask(knex, place, { status: 'pending', days: 400 }),
      await insertTask(knex, place, { status: 'approved', days: DAYS - 1 }),
    ];
    // Submitted long ago, decided yesterday.
    const late = await insertTask(knex, place, { status: 'approved', days: DAYS + 30 });
    await knex('tasks').where({ id: late.taskId }).update({ updated_at: knex.fn.now() });
    // An old event of an open task's instance that was not told to be of its approval, and a token stage run for it.
    const open = kept[1] ?? late;
    await insertEvent(knex, place.channelId, {
      id: idFrom(400),
      approval_instance_id: `instance of ${open.approvalId}`,
      outcome: 'failed',
    });
    await insertExecution(knex, { id: idFrom(400), stage: 'token', approval_id: open.approvalId });

    expect(await trim(knex, { days: DAYS })).toMatchObject({ tasks: 4, executions: 0, events: 0 });
    for (const each of gone) {
      expect(await idsOf('tasks')).not.toContain(each.taskId);
      expect(await idsOf('approvals')).not.toContain(each.approvalId);
      expect(await idsOf('events')).not.toContain(each.eventId);
      expect(await idsOf('executions')).not.toContain(each.executionId);
    }
    for (const each of [...kept, late]) {
      expect(await idsOf('tasks')).toContain(each.taskId);
      expect(await idsOf('approvals')).toContain(each.approvalId);
      expect(await idsOf('events')).toContain(each.eventId);
      expect(await idsOf('executions')).toContain(each.executionId);
      expect(await knex('timeline').where({ task_id: each.taskId })).toHaveLength(1);
    }
  });

  it('works through more than a batch', async () => {
    const { knex } = database();
    const place = await insertPlace(knex, sealer);
    const ids = Array.from({ length: 60 }, () => idFrom(DAYS + 2));
    for (const id of ids)
      await knex('tasks').insert({
        ...{ id, task_id: id, task_type: 't', variables: {}, status: 'approved', submitted_by: 'p' },
        updated_at: knex.raw(`now() - interval '100 days'`) as never,
      });
    for (let n = 0; n < 1001; n += 1) await insertKey(knex, place.channelId, `k${n}`, 121);
    expect(await trim(knex, { days: DAYS })).toMatchObject({ tasks: 60, eventKeys: 1001 });
  });

  it('keeps each kind for its own time', async () => {
    const { knex } = database();
    const place = await insertPlace(knex, sealer);
    const { channelId, mappingId } = place;
    await insertKey(knex, channelId, 'young', 119);
    await insertKey(knex, channelId, 'old', 121);
    for (const days of [6, 8]) await insertEvent(knex, channelId, { id: idFrom(days), outcome: 'foreign' });
    for (const days of [DAYS - 1, DAYS + 1]) {
      await insertEvent(knex, channelId, { id: idFrom(days), outcome: 'unchanged', type: 'user_add_org' });
      const test = idFrom(days);
      await insertApproval(knex, place, { id: test, status: 'pending' });
      await insertEvent(knex, channelId, { id: idFrom(days), approval_id: test });
      await insertExecution(knex, {
        id: idFrom(days),
        kind: 'test',
        mapping_id: mappingId,
        approval_id: test,
      });
      await insertAudit(knex, { days, type: 'task', object: 'T-1' });
      await insertAudit(knex, { days, type: 'channel', object: channelId });
    }
    await insertAudit(knex, { days: 731, type: 'channel', object: channelId });
    await insertUser(knex, 'Li Lei', -1);
    await insertUser(knex, 'Han Meimei', 2);
    await knex('channel_tokens').insert({
      ...{ channel_id: channelId, script_hash: 'old', access_token: 'x' },
      expires_at: knex.raw(`now() - interval '2 days'`) as never,
    });

    expect(await trim(knex, { days: DAYS })).toEqual({
      tasks: 0,
      testApprovals: 1,
      executions: 1,
      events: 2,
      eventKeys: 1,
      audit: 2,
      accessTokens: 1,
      sessions: 1,
      signInLinks: 1,
    });
    expect(await knex('event_keys').where({ key: 'young' })).toHaveLength(1);
    expect(await trim(knex, { days: DAYS })).toMatchObject({ testApprovals: 0, executions: 0, events: 0 });
  });
});
