import { describe, expect, it, vi } from 'vitest';
import { applyNews } from '../../server/approvals/apply.ts';
import { addCalls, budgetOf } from '../../server/channels/budget.ts';
import type { News } from '../../server/approvals/apply.ts';
import { newId } from '../../server/ids.ts';
import { lookAtTask } from '../../server/tasks/look.ts';
import { syncTask } from '../../server/tasks/sync-now.ts';
import { retryTask } from '../../server/tasks/retry.ts';
import { insertEvent } from '../db/rows.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { useHub } from './support.ts';

const ASKED = { signal: new AbortController().signal, runBy: 'Li Lei' };

describe.each(DATABASES)('where an approval stands, on %s', (kind) => {
  const database = useDatabase(kind);
  // Approvals are looked at without anybody's doing as soon as the test says so.
  const hub = useHub(database, { poll: [0], absentApart: 0 });

  /** A pending task and its instance. */
  async function pending(): Promise<{ taskId: string; instanceId: string; approvalId: string }> {
    const taskId = await hub().task({ TASK_NAME: 'Add an index' });
    await hub().work();
    const { id, approval_instance_id: instanceId } = await hub().approval(taskId);
    if (instanceId === null) throw new Error('The task has no instance.');
    return { taskId, instanceId, approvalId: id };
  }

  const hear = (approvalId: string, news: Partial<News>): Promise<unknown> =>
    hub().deps.knex.transaction((trx) =>
      applyNews(trx, hub().deps, approvalId, {
        source: 'callback',
        status: 'approved',
        trusted: true,
        ...news,
      }),
    );

  it('is found by polling when no callback comes, with who decided and what they said', async () => {
    const { taskId, instanceId } = await pending();
    await hub().decide(instanceId, 'approve', { remark: 'Go ahead' });
    await hub().approvals.tick();
    await hub().work();
    const task = await hub().show(taskId);
    expect(task).toMatchObject({
      status: 'approved',
      approval: {
        status: 'approved',
        approvers: [{ userId: 'user-wang', userName: expect.any(String) as string, status: 'approved' }],
      },
    });
    const said = task.timeline.filter(
      ({ what, detail }) => what === 'record' && detail['action'] === 'approved',
    );
    expect(said).toMatchObject([
      { by: task.approval?.approvers[0]?.userName, detail: { comment: 'Go ahead' } },
    ]);
    expect(task.approval).not.toHaveProperty('nextSyncAt');
  });

  it('lists each action at the provider once, however often it is synced', async () => {
    const { taskId, instanceId } = await pending();
    await hub().decide(instanceId, 'approve');
    for (let times = 0; times < 3; times += 1) await syncTask(hub().deps, taskId, ASKED);
    const lines = (await hub().show(taskId)).timeline.map(({ what, detail }) =>
      JSON.stringify([what, detail['action']]),
    );
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('is the same after repeated, late and reordered callbacks', async () => {
    const { taskId, instanceId, approvalId } = await pending();
    await hub().decide(instanceId, 'refuse');
    const stories: Partial<News>[] = [{ status: 'rejected' }, { status: 'pending' }, { status: 'rejected' }];
    await Promise.all([...stories, ...stories].map((news) => hear(approvalId, news)));
    await hub().work();
    const { status, timeline, approval } = await hub().show(taskId);
    expect({ status, approval: approval?.status }).toEqual({ status: 'rejected', approval: 'rejected' });
    expect(timeline.filter(({ what }) => what === 'rejected')).toHaveLength(1);
    // One sync followed, which filled in who decided.
    expect(approval?.approvers).toHaveLength(1);
  });

  it('is not approved on the word of a custom script', async () => {
    const { taskId, instanceId, approvalId } = await pending();
    await hear(approvalId, { trusted: false });
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'pending' });
    await hub().decide(instanceId, 'approve');
    await hear(approvalId, { trusted: false });
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'approved' });
  });

  it('stays decided when the provider contradicts itself, and a person is told', async () => {
    const { taskId, instanceId, approvalId } = await pending();
    await hub().decide(instanceId, 'approve');
    await hear(approvalId, { status: 'rejected' });
    await hub().work();
    const { status, timeline } = await hub().show(taskId);
    expect(status).toBe('rejected');
    expect(timeline.filter(({ what }) => what === 'alarm')).toMatchObject([
      { detail: { status: 'approved' } },
    ]);
    expect(hub().observed).toContain('alarm contradiction');
  });

  it('is the person’s answer when he asks, or the provider’s trouble in its words', async () => {
    const { taskId, instanceId } = await pending();
    await hub().decide(instanceId, 'withdraw');
    await hub().faults({ htmlRate: 1 });
    await expect(syncTask(hub().deps, taskId, ASKED)).rejects.toMatchObject({ code: 'PROVIDER_FAILED' });
    expect(await hub().show(taskId)).toMatchObject({ status: 'pending' });
    await hub().faults({});
    await syncTask(hub().deps, taskId, ASKED);
    expect(await hub().show(taskId)).toMatchObject({ status: 'revoked' });
  });

  it('cannot be asked before there is an approval', async () => {
    const taskId = await hub().task();
    await expect(syncTask(hub().deps, taskId, ASKED)).rejects.toMatchObject({
      code: 'NO_INSTANCE',
      status: 409,
    });
  });

  it('is gone when the provider deleted it; then the task can be retried', async () => {
    const { taskId } = await pending();
    await hub().control('DELETE', '');
    await hub().approvals.tick();
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({
      status: 'failed',
      reason: { code: 'INSTANCE_GONE' },
      approval: { status: null },
    });
    await retryTask(hub().deps, taskId, { by: 'Li Lei' });
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'pending', approval: { status: 'pending' } });
    expect(await hub().standing(taskId)).toHaveLength(1);
  });

  it('shows no token that the sync script puts into its result', async () => {
    await hub().publish({
      sync: "return { status: 'pending', title: accessToken, form: [{ name: 'x', value: `It is ${accessToken}.` }] };",
    });
    const { taskId } = await pending();
    await syncTask(hub().deps, taskId, ASKED);
    expect(await hub().approval(taskId)).toMatchObject({
      title: '••••',
      form: [{ name: 'x', value: 'It is ••••.' }],
    });
  });

  it('does not fail the task when the sync script does not work', async () => {
    await hub().publish({ sync: "throw new Error('not today');" });
    const { taskId } = await pending();
    for (let times = 0; times < 3; times += 1) {
      await hub()
        .deps.knex('approvals')
        .update({ next_sync_at: new Date(0) });
      await hub().approvals.tick();
      await hub().work();
    }
    const { status, timeline } = await hub().show(taskId);
    expect(status).toBe('pending');
    expect(timeline.filter(({ what }) => what === 'sync failed')).toHaveLength(1);
  });

  it('waits until tomorrow when the channel has used up its polls', async () => {
    const { taskId, instanceId } = await pending();
    await hub().changeChannel({ monthlyCalls: 1 });
    await hub().decide(instanceId, 'approve');
    await hub().approvals.tick();
    await hub().work();
    const { status, approval } = await hub().show(taskId);
    expect(status).toBe('pending');
    const tomorrow = new Date();
    tomorrow.setUTCHours(24, 0, 0, 0);
    expect(Date.parse(approval?.nextSyncAt ?? '')).toBeGreaterThanOrEqual(tomorrow.getTime());
    await hub().changeChannel({ monthlyCalls: 5000 });
  });

  it('waits until tomorrow when its poll was queued until others had used up the budget', async () => {
    const { taskId, instanceId, approvalId } = await pending();
    await hub().decide(instanceId, 'approve');
    hub().queue.clear();
    await hub().deps.knex('channel_calls').delete();
    await hub().approvals.tick();
    await vi.waitFor(() => expect(hub().queue.jobs).not.toHaveLength(0));
    await hub().changeChannel({ monthlyCalls: 1 });
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'pending' });
    const syncs = await hub().deps.knex('executions').where({ approval_id: approvalId, stage: 'sync' });
    expect(syncs).toHaveLength(0);
    const { next_sync_at: next } = await hub().approval(taskId);
    expect(next?.getTime()).toBeGreaterThanOrEqual(new Date().setUTCHours(24, 0, 0, 0));
    await hub().changeChannel({ monthlyCalls: 5000 });
  });

  it('is polled only within the budget, queued polls included', async () => {
    const { knex } = hub().deps;
    await knex('approvals').update({ next_sync_at: null, sync_step: 0 });
    await knex('channel_calls').delete();
    for (let n = 0; n < 4; n += 1) await pending();
    const channel = { id: hub().channelId, monthlyCalls: 5000 };
    const { pollLimitToday, polled } = await budgetOf(knex, channel);
    const spent = pollLimitToday - polled - 2;
    await addCalls(knex, channel.id, { calls: spent, polls: spent });
    for (let times = 0; times < 3; times += 1) await hub().approvals.tick();
    await vi.waitFor(() => expect(hub().queue.jobs).toHaveLength(2));
    await knex('channel_calls').delete();
  });

  it('is polled soon when people read it: once, however many they are, and again when something happened', async () => {
    const { knex } = hub().deps;
    await knex('channel_calls').delete();
    const { taskId, instanceId, approvalId } = await pending();
    const look = (): Promise<boolean> => lookAtTask(hub().deps, taskId);
    /** What changed before and what is told now are a while apart. */
    const later = (): Promise<unknown> =>
      knex('approvals')
        .where({ id: approvalId })
        .update({ updated_at: knex.raw("now() - interval '31 seconds'") });

    const asked = await Promise.all(Array.from({ length: 5 }, look));
    expect(asked.filter(Boolean)).toHaveLength(1);
    await hub().work();
    expect((await hub().show(taskId)).approval?.approvers).toMatchObject([{ status: 'pending' }]);
    await later();
    expect(await look()).toBe(false);

    await knex('approvals')
      .where({ id: approvalId })
      .update({ linked_at: knex.raw("linked_at - interval '1 minute'") });
    await insertEvent(knex, hub().channelId, { id: newId(), approval_instance_id: instanceId });
    await later();
    expect(await look()).toBe(true);
    expect(await look()).toBe(false);
    await hub().work();
    const { polled } = await budgetOf(knex, { id: hub().channelId, monthlyCalls: 5000 });
    expect(polled).toBe(2);
  });

  it('is not polled for readers once half of today’s budget is used, or before there is an approval', async () => {
    const { knex } = hub().deps;
    const { taskId } = await pending();
    const channel = { id: hub().channelId, monthlyCalls: 5000 };
    await knex('channel_calls').delete();
    const { pollLimitToday } = await budgetOf(knex, channel);
    const half = Math.ceil(pollLimitToday / 2);
    await addCalls(knex, channel.id, { calls: half, polls: half });
    expect(await lookAtTask(hub().deps, taskId)).toBe(false);
    await knex('channel_calls').delete();
    expect(await lookAtTask(hub().deps, await hub().task())).toBe(false);
    await expect(lookAtTask(hub().deps, 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is polled by one process only', async () => {
    const { taskId } = await pending();
    await hub()
      .deps.knex('approvals')
      .whereNot({ id: (await hub().approval(taskId)).id })
      .update({ next_sync_at: null });
    hub().queue.clear();
    await hub()
      .deps.knex('approvals')
      .where({ opening: 'linked', status: 'pending' })
      .update({ next_sync_at: new Date(0) });
    const due = await hub()
      .deps.knex('approvals')
      .where({ opening: 'linked', status: 'pending' })
      .count('* as n')
      .first();
    await Promise.all(
      Array.from({ length: 4 }, () =>
        hub()
          .approvalsWith({ waits: { ...hub().deps.waits, poll: [60_000] } })
          .tick(),
      ),
    );
    expect(hub().queue.jobs).toHaveLength(Number((due as unknown as { n: string }).n));
  });
});
