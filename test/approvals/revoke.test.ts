import { describe, expect, it } from 'vitest';
import { applyNews } from '../../server/approvals/apply.ts';
import type { StageCaller } from '../../server/mappings/call.ts';
import { askRevoke } from '../../server/tasks/ask-revoke.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { useHub } from './support.ts';

const ME = { by: 'Li Lei' };
const job = { signal: new AbortController().signal, attempt: 1, last: false };

describe.each(DATABASES)('taking a task back, on %s', (kind) => {
  const database = useDatabase(kind);
  const hub = useHub(database);

  const revoke = (taskId: string): Promise<unknown> => askRevoke(hub().deps, taskId, 'By mistake', ME);

  async function pending(): Promise<string> {
    const taskId = await hub().task();
    await hub().work();
    return taskId;
  }

  it('ends the task at once before anything was sent, and nothing is sent afterwards', async () => {
    const taskId = await hub().task();
    expect(await revoke(taskId)).toEqual({ status: 'revoked' });
    await hub().work();
    expect(await hub().standing(taskId)).toHaveLength(0);
    expect(await hub().show(taskId)).toMatchObject({ status: 'revoked', opening: { state: 'closed' } });
  });

  it('stops a create call that was being prepared', async () => {
    const taskId = await hub().task();
    const { id } = await hub().approval(taskId);
    const caller: StageCaller = {
      ...hub().deps.caller,
      call: (given) =>
        hub().deps.caller.call({
          ...given,
          async beforeCall(call) {
            // At the last moment: everything is ready to be sent.
            if (call.creates) await revoke(taskId);
            await given.beforeCall?.(call);
          },
        }),
    };
    await hub().approvalsWith({ caller }).open({ approvalId: id }, job);
    await hub().work();
    expect(await hub().standing(taskId)).toHaveLength(0);
    expect(await hub().show(taskId)).toMatchObject({ status: 'revoked' });
  });

  it('is not forgotten when the process stops after the provider refused the call that was on its way', async () => {
    await hub().publish({ create: "fromField.add({ name: 'No such control', value: 'x' });" });
    const taskId = await hub().task();
    const { id } = await hub().approval(taskId);
    const stop = new AbortController();
    const caller: StageCaller = {
      ...hub().deps.caller,
      async call(given) {
        const end = await hub().deps.caller.call({
          ...given,
          async beforeCall(call) {
            await given.beforeCall?.(call);
            if (call.creates) expect(await revoke(taskId)).toEqual({ status: 'submitted' });
          },
        });
        stop.abort();
        return end;
      },
    };
    const stopping = hub()
      .approvalsWith({ caller })
      .open({ approvalId: id }, { ...job, signal: stop.signal });
    await expect(stopping).rejects.toThrow();
    expect(await hub().show(taskId)).toMatchObject({ status: 'revoked', opening: { state: 'closed' } });
  });

  it('is carried out by the process that finds that nothing was sent', async () => {
    const taskId = await hub().task();
    // As if a call had been on its way when it was asked for, and had been taken back since.
    await hub()
      .deps.knex('tasks')
      .where({ task_id: taskId })
      .update({ revoke_requested_at: new Date(), revoke_reason: 'By mistake' });
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'revoked' });
    expect(await hub().standing(taskId)).toHaveLength(0);
  });

  it('waits for the approval when the create call is on its way', async () => {
    const taskId = await hub().task();
    const { id } = await hub().approval(taskId);
    const caller: StageCaller = {
      ...hub().deps.caller,
      call: (given) =>
        hub().deps.caller.call({
          ...given,
          async beforeCall(call) {
            await given.beforeCall?.(call);
            if (call.creates) expect(await revoke(taskId)).toEqual({ status: 'submitted' });
          },
        }),
    };
    await hub().approvalsWith({ caller }).open({ approvalId: id }, job);
    await hub().faults({ revokeLockMs: 0 });
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'revoked' });
    expect(await hub().standing(taskId)).toMatchObject([{ status: 'TERMINATED' }]);
  });

  it('waits out the time after creation in which the provider refuses', async () => {
    await hub().faults({ revokeLockMs: 60_000 });
    const taskId = await pending();
    // Asked for twice within the time in which one job would try it.
    const waits = { ...hub().deps.waits, revokeAfter: 60_000 };
    for (let times = 0; times < 2; times += 1)
      expect(await askRevoke({ ...hub().deps, waits }, taskId, 'By mistake', ME)).toEqual({
        status: 'pending',
      });
    const [{ data }, ...others] = hub().queue.jobs as unknown as [{ data: { approvalId: string } }];
    expect(others).toEqual([]);
    hub().queue.clear();
    await hub().approvals.revoke(data, job);
    expect(await hub().show(taskId)).toMatchObject({ status: 'pending' });
    await hub().faults({ revokeLockMs: 0 });
    await hub().work();
    const { status, timeline } = await hub().show(taskId);
    expect(status).toBe('revoked');
    const told = timeline.map(({ what }) => what).filter((what) => what !== 'record');
    expect(told).toEqual(['submitted', 'opened', 'revoke requested', 'revoke delayed', 'revoked']);
  });

  it('ends as the provider decides when an approver was faster', async () => {
    await hub().faults({ revokeLockMs: 0 });
    const taskId = await pending();
    const { approval_instance_id: instanceId } = await hub().approval(taskId);
    await revoke(taskId);
    await hub().decide(instanceId ?? '', 'approve');
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'approved' });
  });

  it('can be requested again after the provider refused, whose message is shown', async () => {
    await hub().faults({ revokeLockMs: 0 });
    await hub().publish({
      revoke: "throw Object.assign(new Error('no permission'), { provider: { kind: 'permission' } });",
    });
    const taskId = await pending();
    await revoke(taskId);
    await hub().work();
    const refused = await hub().show(taskId);
    expect(refused).toMatchObject({ status: 'pending' });
    expect(refused).not.toHaveProperty('revokeRequestedAt');
    expect(refused.timeline.find(({ what }) => what === 'revoke refused')?.detail).toMatchObject({
      message: expect.stringContaining('no permission') as string,
    });
    expect(await revoke(taskId)).toEqual({ status: 'pending' });
  });

  it('is sent to the provider again when it is requested again after its job was given up', async () => {
    await hub().faults({ revokeLockMs: 0 });
    const taskId = await pending();
    await revoke(taskId);
    hub().queue.clear();
    const { id } = await hub().approval(taskId);
    const aWhileAgo = new Date(Date.now() - 60_000);
    await hub().deps.knex('approvals').where({ id }).update({ updated_at: aWhileAgo });
    await revoke(taskId);
    await hub().work();
    const { status, timeline } = await hub().show(taskId);
    expect(status).toBe('revoked');
    expect(timeline.filter(({ what }) => what === 'revoke requested')).toHaveLength(1);
  });

  it('asks again when the provider gave no clear answer', async () => {
    await hub().faults({ revokeLockMs: 0 });
    const taskId = await pending();
    await revoke(taskId);
    const { id } = await hub().approval(taskId);
    hub().queue.clear();
    const caller: StageCaller = {
      ...hub().deps.caller,
      call: (given) =>
        hub().deps.caller.call({
          ...given,
          beforeCall: () => hub().faults({ revokeLockMs: 0, htmlRate: 1 }),
        }),
    };
    await hub().approvalsWith({ caller }).revoke({ approvalId: id }, job);
    await hub().faults({ revokeLockMs: 0 });
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'revoked' });
  });

  it('is refused for a task that is decided', async () => {
    const taskId = await pending();
    const { id } = await hub().approval(taskId);
    await hub().deps.knex.transaction((trx) =>
      applyNews(trx, hub().deps, id, { source: 'sync', status: 'approved', trusted: true }),
    );
    await expect(revoke(taskId)).rejects.toMatchObject({ code: 'TASK_TERMINAL', status: 409 });
  });
});
