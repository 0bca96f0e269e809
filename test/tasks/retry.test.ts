import { describe, expect, it } from 'vitest';
import { askRevoke } from '../../server/tasks/ask-revoke.ts';
import type { StageCaller } from '../../server/mappings/call.ts';
import { retryTask } from '../../server/tasks/retry.ts';
import { useHub } from '../approvals/support.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';

const ME = { by: 'Li Lei' };

describe.each(DATABASES)('retrying a failed task, on %s', (kind) => {
  const database = useDatabase(kind);
  // One search, and a person is asked.
  const hub = useHub(database, { search: [5] });
  const retry = (taskId: string): Promise<unknown> => retryTask(hub().deps, taskId, ME);

  it('opens its approval by the version that is published now', async () => {
    await hub().publish({ create: "throw new Error('a mistake');" });
    const taskId = await hub().task();
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'failed', reason: { code: 'SCRIPT_ERROR' } });
    const version = await hub().publish({});
    expect(await retry(taskId)).toEqual({ status: 'submitted' });
    await hub().work();
    const task = await hub().show(taskId);
    expect(task).toMatchObject({ status: 'pending', approval: { version } });
    expect(task).not.toHaveProperty('reason');
  });

  it('takes over the approval that nobody knew of, and opens no second one', async () => {
    await hub().faults({ dropCreateResponses: 1, listingLagMs: 60_000 });
    const taskId = await hub().task();
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'failed', reason: { code: 'CREATE_UNKNOWN' } });
    const [standing] = await hub().standing(taskId);
    // A newer version has taken over since; the approval belongs to the one that opened it.
    const { version } = await hub().approval(taskId);
    await hub().publish({});
    await hub().faults({});
    await retry(taskId);
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({
      status: 'pending',
      approval: { approvalInstanceId: standing?.instanceId, version },
    });
    expect(await hub().standing(taskId)).toHaveLength(1);
  });

  it('takes over what the first try opened, whose own answer is no news when it comes after all that', async () => {
    const { caller } = hub().deps;
    const answered = Promise.withResolvers<undefined>();
    const goesOn = Promise.withResolvers<undefined>();
    /** Its process stands still between the answer and what follows from it. */
    const slow: StageCaller = {
      ...caller,
      async call(given) {
        const end = await caller.call(given);
        answered.resolve(undefined);
        await goesOn.promise;
        return end;
      },
    };
    await hub().faults({ listingLagMs: 60_000 });
    const taskId = await hub().task();
    const { id: approvalId } = await hub().approval(taskId);
    const job = { signal: new AbortController().signal, attempt: 1, last: false };
    const opening = hub().approvalsWith({ caller: slow }).open({ approvalId }, job);
    await answered.promise;
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'failed', reason: { code: 'CREATE_UNKNOWN' } });
    await hub().faults({});
    await retry(taskId);
    await hub().work();
    goesOn.resolve(undefined);
    await opening;
    const { status, timeline } = await hub().show(taskId);
    expect(status).toBe('pending');
    expect(timeline.map(({ what }) => what)).not.toContain('alarm');
    expect(await hub().standing(taskId)).toHaveLength(1);
  });

  it('opens another approval when a person took back what was unknown', async () => {
    await hub().faults({ dropCreateResponses: 1, listingLagMs: 60_000 });
    const taskId = await hub().task();
    await hub().work();
    const [unknown] = await hub().standing(taskId);
    await hub().decide(unknown?.instanceId ?? '', 'withdraw');
    await hub().faults({});
    await retry(taskId);
    await hub().work();
    const { status, approval } = await hub().show(taskId);
    expect(status).toBe('pending');
    expect(approval?.approvalInstanceId).not.toBe(unknown?.instanceId);
    const standing = await hub().standing(taskId);
    expect(standing.map((each) => each.status).sort()).toEqual(['RUNNING', 'TERMINATED']);
  });

  it('sends nothing while the channel is at another place than where the unknown approval may stand', async () => {
    const { taskId, moveBack } = await givenUpElsewhere();
    const moved = { code: 'CREATE_UNKNOWN', message: expect.stringContaining('moved') as string };
    expect(await hub().show(taskId)).toMatchObject({ status: 'failed', reason: moved });
    await retry(taskId);
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'failed', reason: moved });
    await moveBack();
    await retry(taskId);
    await hub().work();
    const [standing, ...others] = await hub().standing(taskId);
    expect(others).toEqual([]);
    expect(await hub().show(taskId)).toMatchObject({
      status: 'pending',
      approval: { approvalInstanceId: standing?.instanceId },
    });
  });

  /** A task of whose create nobody learnt anything, and that was not searched for, since its channel is at another place by now. */
  async function givenUpElsewhere(
    faults: Parameters<ReturnType<typeof hub>['faults']>[0] = {},
  ): Promise<{ taskId: string; moveBack: () => Promise<void> }> {
    await hub().faults({ dropCreateResponses: 1, ...faults });
    const taskId = await hub().task();
    const { id } = await hub().approval(taskId);
    const job = { signal: new AbortController().signal, attempt: 1, last: false };
    await hub().approvals.open({ approvalId: id }, job);
    const channel = hub().deps.knex('channels').where({ id: hub().channelId });
    const before = await channel.clone().first('app_id');
    const moveTo = async (appId: string): Promise<void> => {
      await channel.clone().update({ app_id: appId });
    };
    await moveTo('ding-another');
    await hub().work();
    return { taskId, moveBack: () => moveTo(before?.app_id ?? '') };
  }

  /** The same where the channel is back at its place, and the provider does not list the approval yet. */
  async function unlisted(): Promise<string> {
    const { taskId, moveBack } = await givenUpElsewhere({ listingLagMs: 300 });
    await moveBack();
    expect(await hub().show(taskId)).toMatchObject({ status: 'failed', reason: { code: 'CREATE_UNKNOWN' } });
    return taskId;
  }

  it("sends nothing before the provider's listing can be believed, however quick a person is", async () => {
    const taskId = await unlisted();
    await retry(taskId);
    await hub().work();
    const [standing, ...others] = await hub().standing(taskId);
    expect(others).toEqual([]);
    expect(await hub().show(taskId)).toMatchObject({
      status: 'pending',
      approval: { approvalInstanceId: standing?.instanceId },
    });
  });

  it('takes back what may stand, when the retried task is revoked before anything is sent', async () => {
    await hub().faults({ revokeLockMs: 0 });
    const taskId = await unlisted();
    await retry(taskId);
    expect(await askRevoke(hub().deps, taskId, '', ME)).toEqual({ status: 'submitted' });
    await hub().faults({ revokeLockMs: 0, listingLagMs: 300 });
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'revoked' });
    expect(await hub().standing(taskId)).toMatchObject([{ status: 'TERMINATED' }]);
  });

  it('sends nothing as long as the provider cannot be searched', async () => {
    await hub().faults({ dropCreateResponses: 1, listingLagMs: 60_000 });
    const taskId = await hub().task();
    await hub().work();
    await hub().faults({ htmlRate: 1 });
    await retry(taskId);
    await hub().work();
    expect(await hub().show(taskId)).toMatchObject({ status: 'failed' });
    expect(await hub().standing(taskId)).toHaveLength(1);
  });

  it('is for failed tasks only', async () => {
    const taskId = await hub().task();
    await expect(retry(taskId)).rejects.toMatchObject({ code: 'TASK_NOT_FAILED', status: 409 });
    await askRevoke(hub().deps, taskId, '', ME);
    await expect(retry(taskId)).rejects.toMatchObject({ code: 'TASK_NOT_FAILED' });
  });

  it('starts one generation when two people ask at once', async () => {
    await hub().publish({ create: "throw new Error('a mistake');" });
    const taskId = await hub().task();
    await hub().work();
    await hub().publish({});
    const ends = await Promise.allSettled([retry(taskId), retry(taskId)]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await hub().work();
    expect(await hub().standing(taskId)).toHaveLength(1);
  });
});
