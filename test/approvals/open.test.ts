import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { StageCaller } from '../../server/mappings/call.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { useHub } from './support.ts';

describe.each(DATABASES)('opening an approval on %s', (kind) => {
  const database = useDatabase(kind);
  const hub = useHub(database);

  it('makes a submitted task pending, with its approval open at the provider', async () => {
    const taskId = await hub().task({ TASK_NAME: 'Add an index' });
    expect(await hub().show(taskId)).toMatchObject({ status: 'submitted', approval: null });
    await hub().work();
    const [standing] = await hub().standing(taskId);
    const task = await hub().show(taskId);
    expect(task).toMatchObject({
      status: 'pending',
      approval: {
        approvalInstanceId: standing?.instanceId,
        status: 'pending',
        version: expect.any(Number) as number,
      },
      opening: { state: 'linked' },
    });
    expect(task.timeline.map(({ what }) => what)).toEqual(['submitted', 'opened']);
  });

  it('opens one approval when two processes do the same job at the same time', async () => {
    const taskId = await hub().task();
    const { id } = await hub().approval(taskId);
    const job = { signal: new AbortController().signal, attempt: 1, last: false };
    const both = Array.from({ length: 4 }, () => hub().approvals.open({ approvalId: id }, job));
    await Promise.all(both);
    await hub().work();
    expect(await hub().standing(taskId)).toHaveLength(1);
    expect(await hub().show(taskId)).toMatchObject({ status: 'pending' });
  });

  it('takes over what was opened when the answer was cut off', async () => {
    await hub().faults({ dropCreateResponses: 1 });
    const taskId = await hub().task();
    await hub().work();
    const standing = await hub().standing(taskId);
    expect(standing).toHaveLength(1);
    const task = await hub().show(taskId);
    expect(task).toMatchObject({
      status: 'pending',
      approval: { approvalInstanceId: standing[0]?.instanceId },
    });
    expect(task.timeline.map(({ what }) => what)).toEqual(['submitted', 'searching', 'opened']);
    expect(task.timeline.at(-1)?.detail).toMatchObject({ by: 'search' });
  });

  it("takes it over although the provider's clock is minutes behind", async () => {
    await hub().faults({ dropCreateResponses: 1 });
    const taskId = await hub().task();
    const { id } = await hub().approval(taskId);
    const job = { signal: new AbortController().signal, attempt: 1, last: false };
    await hub().approvals.open({ approvalId: id }, job);
    const ahead = new Date(Date.now() + 10 * 60_000);
    await hub().deps.knex('approvals').where({ id, opening: 'sending' }).update({ intent_at: ahead });
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'pending' });
    expect(await hub().standing(taskId)).toHaveLength(1);
  });

  it('waits for a provider listing that lags', async () => {
    await hub().faults({ dropCreateResponses: 1, listingLagMs: 350 });
    const taskId = await hub().task();
    await hub().work();
    expect(await hub().standing(taskId)).toHaveLength(1);
    expect(await hub().show(taskId)).toMatchObject({ status: 'pending' });
  });

  it.each([
    ['a page instead of an answer', { htmlRate: 1 }],
    ['a server error', { http500Rate: 1 }],
  ])('sends again after %s only when absence was proved twice', async (_words, fault) => {
    const taskId = await hub().task();
    const { id } = await hub().approval(taskId);
    // The lookups before go well; what fails is the create call itself.
    const caller: StageCaller = {
      ...hub().deps.caller,
      async call(given) {
        const end = await hub().deps.caller.call({
          ...given,
          beforeCall: async (call) => {
            await given.beforeCall?.(call);
            if (call.creates) await hub().faults(fault);
          },
        });
        await hub().faults({});
        return end;
      },
    };
    const job = { signal: new AbortController().signal, attempt: 1, last: false };
    const begun = performance.now();
    await hub().approvalsWith({ caller }).open({ approvalId: id }, job);
    expect(await hub().approval(taskId)).toMatchObject({ opening: 'sending' });
    await hub().work();
    const { settle, absentApart } = hub().deps.waits;
    expect(performance.now() - begun).toBeGreaterThan(settle + absentApart);
    expect(await hub().standing(taskId)).toHaveLength(1);
    const task = await hub().show(taskId);
    expect(task.status).toBe('pending');
    expect(task.timeline.map(({ what }) => what)).toContain('sending again');
  });

  it('tries again while the provider throttles, and fails with its words when that does not end', async () => {
    await hub().faults({ throttleRate: 1 });
    const taskId = await hub().task();
    // Each try takes seconds: the client waits until it believes that the provider is too busy.
    await hub().work(hub().approvalsWith({ waits: { ...hub().deps.waits, retry: [10] } }));
    expect(await hub().standing()).toHaveLength(0);
    const task = await hub().show(taskId);
    expect(task).toMatchObject({
      status: 'failed',
      reason: { message: expect.stringContaining('QpsLimit') as string },
    });
    expect(task.timeline.filter(({ what }) => what === 'retrying')).toHaveLength(1);
  });

  it('opens one approval when the token expires in the middle of it', async () => {
    // The first task makes three calls, so that the second one's create call is the one too many.
    await hub().faults({ tokenExpiresAfterCalls: 5 });
    const variables = { SUBMITER_PHONE: '13800000000' };
    const first = await hub().task(variables);
    await hub().work();
    const second = await hub().task(variables);
    await hub().work();
    for (const taskId of [first, second]) {
      expect(await hub().show(taskId)).toMatchObject({ status: 'pending' });
      expect(await hub().standing(taskId)).toHaveLength(1);
    }
    expect((await hub().show(second)).timeline.map(({ what }) => what)).toContain('retrying');
  });

  it("fails at once with the provider's words when it refuses the form", async () => {
    await hub().publish({ create: "fromField.add({ name: 'No such control', value: 'x' });" });
    const taskId = await hub().task();
    await hub().work();
    const { status, reason, opening } = await hub().show(taskId);
    expect({ status, state: opening.state }).toEqual({ status: 'failed', state: 'closed' });
    expect(reason).toMatchObject({
      code: 'PROVIDER_FAILED',
      message: expect.stringContaining('formConverterError') as string,
    });
    expect(await hub().standing()).toHaveLength(0);
  });

  it('links what was opened even when the script fails afterwards or says otherwise', async () => {
    await hub().publish({
      create:
        "fromField.add({ name: 'Task ID', value: TASK_ID }); await dingtalk.create(); throw new Error('late');",
    });
    const failing = await hub().task();
    await hub().work();
    await hub().publish({
      create:
        "fromField.add({ name: 'Task ID', value: TASK_ID }); await dingtalk.create(); return { approvalInstanceId: 'mine' };",
    });
    const lying = await hub().task();
    await hub().work();
    for (const taskId of [failing, lying]) {
      const [standing] = await hub().standing(taskId);
      const task = await hub().show(taskId);
      expect(task).toMatchObject({
        status: 'pending',
        approval: { approvalInstanceId: standing?.instanceId },
      });
      expect(task.timeline.at(-1)?.detail['note']).toEqual(expect.any(String));
    }
  });

  it('fails a task whose script names the approval of another one', async () => {
    const first = await hub().task();
    await hub().work();
    const { approval } = await hub().show(first);
    await hub().publish({
      create: `return { approvalInstanceId: '${approval?.approvalInstanceId ?? ''}' };`,
    });
    const second = await hub().task();
    await hub().work();
    expect(await hub().show(second)).toMatchObject({
      status: 'failed',
      reason: { code: 'SCRIPT_RESULT', message: expect.stringContaining(`"${first}"`) as string },
    });
  });

  it('fails a task whose script names the approval of a task of another channel of the same app', async () => {
    const first = await hub().task();
    await hub().work();
    const { id, approval_instance_id: instanceId } = await hub().approval(first);
    const channel_id = await hub().addChannel('Of the owner');
    await hub().deps.knex('approvals').where({ id }).update({ channel_id });
    await hub().publish({ create: `return { approvalInstanceId: '${instanceId ?? ''}' };` });
    const second = await hub().task();
    await hub().work();
    expect(await hub().show(second)).toMatchObject({
      status: 'failed',
      reason: { code: 'SCRIPT_RESULT', message: expect.stringContaining(`"${first}"`) as string },
    });
  });

  it('finds what a killed process had sent', async () => {
    const taskId = await hub().task();
    const { id } = await hub().approval(taskId);
    const { promise: killed, resolve: kill } = Promise.withResolvers<undefined>();
    const caller: StageCaller = {
      ...hub().deps.caller,
      async call(given) {
        await hub().deps.caller.call(given);
        kill(undefined);
        // Whoever is dead answers no more.
        return new Promise(() => undefined);
      },
    };
    const job = { signal: new AbortController().signal, attempt: 1, last: false };
    void hub().approvalsWith({ caller }).open({ approvalId: id }, job);
    await killed;
    await hub().work();
    expect(await hub().approval(taskId)).toMatchObject({ opening: 'linked' });
    expect(await hub().standing(taskId)).toHaveLength(1);
  });

  it('never sends a call whose intent is too old', async () => {
    const taskId = await hub().task();
    const { id } = await hub().approval(taskId);
    const job = { signal: new AbortController().signal, attempt: 1, last: false };
    let now = 0;
    const slept = hub().approvalsWith({ monotonic: () => (now += hub().deps.waits.intentValid + 1) });
    await slept.open({ approvalId: id }, job);
    expect(await hub().standing(taskId)).toHaveLength(0);
    // That it was not sent is known, so nothing has to be searched for.
    expect(await hub().approval(taskId)).toMatchObject({ opening: 'ready' });
    await hub().work();
    expect(await hub().standing(taskId)).toHaveLength(1);
  });

  it('gives two tasks with the same form an approval each, whatever was cut off', async () => {
    await hub().publish({ create: "fromField.add({ name: 'Task Name', value: 'the same' });" });
    await hub().faults({ dropCreateResponses: 3 });
    const tasks = [await hub().task(), await hub().task(), await hub().task()];
    await hub().work();
    const shown = await Promise.all(tasks.map((taskId) => hub().show(taskId)));
    expect(shown.map(({ status }) => status)).toEqual(['pending', 'pending', 'pending']);
    const ids = shown.map(({ approval }) => approval?.approvalInstanceId);
    expect(new Set(ids).size).toBe(3);
    expect(await hub().standing()).toHaveLength(3);
  });

  it('does so over two channels of the same app', async () => {
    await hub().publish({ create: "fromField.add({ name: 'Task Name', value: 'the same' });" });
    await hub().faults({ dropCreateResponses: 2 });
    const tasks = [await hub().task(), await hub().task()];
    const job = { signal: new AbortController().signal, attempt: 1, last: false };
    for (const taskId of tasks)
      await hub().approvals.open({ approvalId: (await hub().approval(taskId)).id }, job);
    const { id } = await hub().approval(tasks[1] ?? '');
    const channel_id = await hub().addChannel(`Of the second task, ${randomUUID()}`);
    await hub().deps.knex('approvals').where({ id, opening: 'sending' }).update({ channel_id });
    await hub().work();
    const shown = await Promise.all(tasks.map((taskId) => hub().show(taskId)));
    expect(shown.map(({ status }) => status)).toEqual(['pending', 'pending']);
    expect(new Set(shown.map(({ approval }) => approval?.approvalInstanceId)).size).toBe(2);
  });

  it('ends as CREATE_UNKNOWN when more equal approvals exist than were sent', async () => {
    await hub().publish({ create: "fromField.add({ name: 'Task Name', value: 'the same' });" });
    await hub().task();
    await hub().work();
    // The hub forgets it, as if it had been opened by hand.
    await hub().deps.knex('tasks').delete();
    await hub().faults({ dropCreateResponses: 1 });
    const taskId = await hub().task();
    await hub().work();
    const { status, reason } = await hub().show(taskId);
    expect({ status, code: reason?.code }).toEqual({ status: 'failed', code: 'CREATE_UNKNOWN' });
    for (const { instanceId } of await hub().standing()) expect(reason?.message).toContain(instanceId);
    expect(hub().observed).toContain('alarm create-unknown');
  });

  it('opens nothing while the channel is paused, and everything once it is resumed', async () => {
    await hub().changeChannel({ paused: true });
    const taskId = await hub().task();
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'submitted' });
    await hub().changeChannel({ paused: false });
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'pending' });
  });

  it('continues an opening whose job was lost', async () => {
    const taskId = await hub().task();
    hub().queue.clear();
    const before = new Date(Date.now() - 60_000);
    await hub().deps.knex('approvals').update({ next_sync_at: before, updated_at: before });
    await hub().approvals.tick();
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'pending' });
  });
});
