import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { taskIdIn } from '../crash/provider.ts';
import type { Standing } from '../crash/provider.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { setUp, useRunningHub } from '../support/hub.ts';

/** What GET /tasks/:taskId shows, as far as these tests look. */
interface Shown {
  readonly taskId: string;
  readonly status: string;
  readonly reason?: { readonly code: string; readonly message: string };
  readonly approval: { readonly approvalInstanceId: string } | null;
  readonly timeline: readonly { readonly what: string }[];
}

/** A machine with other things to do may take so long. */
const PATIENCE = { timeout: 60_000, interval: 100 };

describe.each(DATABASES)('a provider that misbehaves, on %s', (kind) => {
  const hub = useRunningHub(useDatabase(kind), {
    waits: {
      // A token that is good for a few calls is used up by five tasks in turns: each needs its tries.
      retry: Array.from({ length: 15 }, () => 250),
      poll: [500, 1_000, 3_000, 60_000],
      pollWithCallbacks: [500, 1_000, 3_000, 60_000],
      settle: 600,
      absentApart: 800,
    },
  });
  let channelId = '';
  let tasks = 0;

  beforeAll(async () => {
    ({ channelId } = await setUp(hub(), { monthlyCalls: 1_000_000 }));
  });
  afterEach(() => faults({}));

  const faults = async (set: object): Promise<void> => {
    expect(await hub().control('PUT', '/faults', { revokeLockMs: 0, ...set })).toMatchObject({ status: 200 });
  };

  async function submit(variables: Record<string, string> = {}, taskType = 'SQL task'): Promise<string> {
    const taskId = `T-${(tasks += 1)}`;
    const body = { taskId, taskType, variables: { SUBMITER_PHONE: '13800000000', ...variables } };
    expect(await hub().api('POST', '/tasks', body)).toMatchObject({ status: 202 });
    return taskId;
  }

  const show = async (taskId: string): Promise<Shown> =>
    (await hub().api('GET', `/tasks/${taskId}`)).body as Shown;

  const becomes = (taskId: string, ...statuses: readonly string[]): Promise<Shown> =>
    vi.waitFor(async () => {
      const shown = await show(taskId);
      expect(statuses, JSON.stringify(shown)).toContain(shown.status);
      return shown;
    }, PATIENCE);

  const standing = async (): Promise<readonly Standing[]> =>
    ((await hub().control('GET', '/instances')).body as { items: Standing[] }).items;

  const standingOf = async (taskId: string): Promise<Standing[]> =>
    (await standing()).filter((each) => taskIdIn(each) === taskId);

  async function decide(taskId: string, verb: 'approve' | 'refuse'): Promise<void> {
    const { approval } = await show(taskId);
    const path = `/instances/${approval?.approvalInstanceId ?? ''}/${verb}`;
    expect(await hub().control('POST', path, {})).toMatchObject({ status: 201 });
  }

  /** One approval each, and each task linked to its own. */
  async function standOnce(taskIds: readonly string[]): Promise<void> {
    const all = await standing();
    for (const taskId of taskIds) {
      const { approval } = await show(taskId);
      const own = all.filter((each) => taskIdIn(each) === taskId).map(({ instanceId }) => instanceId);
      expect({ taskId, own }).toEqual({ taskId, own: [approval?.approvalInstanceId] });
    }
  }

  const submitMany = (many: number): Promise<string[]> =>
    Promise.all(Array.from({ length: many }, () => submit()));

  it('slow, throttling, broken, lying and forgetful: every task stands once, or failed in its words and is retried', async () => {
    await faults({
      ...{ latencyMs: 20, throttleRate: 0.1, http500Rate: 0.1, htmlRate: 0.1 },
      ...{ dropCreateResponses: 3, listingLagMs: 400, tokenExpiresAfterCalls: 15 },
    });
    const taskIds = await submitMany(8);
    for (const taskId of taskIds) {
      const { status, reason } = await becomes(taskId, 'pending', 'failed');
      if (status === 'failed') expect(reason?.message).toMatch(/DingTalk|provider|HTML|5\d\d/i);
    }
    await faults({});
    for (const taskId of taskIds)
      if ((await show(taskId)).status === 'failed')
        expect(await hub().api('POST', `/tasks/${taskId}/retry`)).toMatchObject({ status: 202 });
    for (const taskId of taskIds) await becomes(taskId, 'pending');
    await standOnce(taskIds);
    for (const [index, taskId] of taskIds.entries()) await decide(taskId, index % 2 ? 'approve' : 'refuse');
    for (const [index, taskId] of taskIds.entries())
      await becomes(taskId, index % 2 ? 'approved' : 'rejected');
  }, 120_000);

  it('cut off after each of several creates, with a listing that lags as long as is believed possible', async () => {
    await faults({ dropCreateResponses: 4, listingLagMs: 700 });
    const taskIds = await submitMany(4);
    for (const taskId of taskIds) await becomes(taskId, 'pending');
    await standOnce(taskIds);
  }, 90_000);

  it('cut off after two creates of the very same content: each task has an approval of its own', async () => {
    const definition = { channelId, name: 'Without the id', approvalDefinitionId: 'PROC-DEMO' };
    const { body } = await hub().api('POST', '/mappings', definition);
    const { id: mappingId } = body as { id: string };
    const source = "fromField.add({ name: 'Task Name', value: TASK_NAME });";
    await hub().api('PUT', `/mappings/${mappingId}/draft/create`, { source });
    await hub().api('POST', `/mappings/${mappingId}/publish`, {});
    await hub().api('PUT', '/bindings', { taskType: 'Alike', mappingId });
    await faults({ dropCreateResponses: 2, listingLagMs: 300 });
    const both = [
      await submit({ TASK_NAME: 'Alike' }, 'Alike'),
      await submit({ TASK_NAME: 'Alike' }, 'Alike'),
    ];
    const linked = new Set<string | undefined>();
    for (const taskId of both) linked.add((await becomes(taskId, 'pending')).approval?.approvalInstanceId);
    const alike = (await standing()).filter(({ form }) => form.some(({ value }) => value === 'Alike'));
    expect(new Set(alike.map(({ instanceId }) => instanceId))).toEqual(linked);
    expect(linked.size).toBe(2);
  }, 90_000);

  it('with tokens that are good for a few calls', async () => {
    await faults({ tokenExpiresAfterCalls: 12 });
    const taskIds = await submitMany(5);
    for (const taskId of taskIds) await becomes(taskId, 'pending');
    await standOnce(taskIds);
  }, 90_000);

  it('pushing every event twice and in the wrong order: one end, told once', async () => {
    await faults({ duplicateEvents: true, reorderEvents: true });
    const taskId = await submit();
    await becomes(taskId, 'pending');
    await decide(taskId, 'approve');
    await becomes(taskId, 'approved');
    const events = await vi.waitFor(async () => {
      const { body } = await hub().api('GET', '/events?limit=200');
      const { items } = body as { items: { id: string; taskId?: string; outcome: string }[] };
      const own = items.filter((each) => each.taskId === taskId);
      // An instance's start and finish, and its one task's.
      expect(own).toHaveLength(4);
      expect(own.map(({ outcome }) => outcome)).not.toContain('waiting');
      return own;
    }, PATIENCE);
    expect(events.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    const { status, timeline } = await show(taskId);
    expect({ status, ends: timeline.filter(({ what }) => what === 'approved').length }).toEqual({
      ...{ status: 'approved', ends: 1 },
    });
  }, 90_000);

  it('losing events: the polls find out', async () => {
    await faults({ dropEvents: true });
    const taskIds = await submitMany(2);
    for (const taskId of taskIds) await becomes(taskId, 'pending');
    for (const taskId of taskIds) await decide(taskId, 'refuse');
    for (const taskId of taskIds) await becomes(taskId, 'rejected');
  }, 90_000);

  it('that does not let go of a new approval at once: it is revoked when it may be', async () => {
    await faults({ revokeLockMs: 500 });
    const taskId = await submit();
    await becomes(taskId, 'pending');
    expect(await hub().api('POST', `/tasks/${taskId}/revoke`, {})).toMatchObject({ status: 202 });
    expect(await show(taskId)).toMatchObject({ status: 'pending' });
    await becomes(taskId, 'revoked');
    expect(await standingOf(taskId)).toMatchObject([{ status: 'TERMINATED' }]);
  }, 90_000);

  it('that was never reached: the task fails in the words of what came, and a retry opens it', async () => {
    await faults({ http500Rate: 1 });
    const taskId = await submit();
    const { reason } = await becomes(taskId, 'failed');
    expect(reason?.message).toMatch(/DingTalk/);
    await faults({});
    expect(await hub().api('POST', `/tasks/${taskId}/retry`)).toMatchObject({ status: 202 });
    await becomes(taskId, 'pending');
    await standOnce([taskId]);
  }, 90_000);

  it('that has deleted an approval: the task says so, and a retry opens the only one', async () => {
    const taskId = await submit();
    const { approval } = await becomes(taskId, 'pending');
    await hub().control('DELETE', '');
    expect(await becomes(taskId, 'failed')).toMatchObject({ reason: { code: 'INSTANCE_GONE' } });
    expect(await hub().api('POST', `/tasks/${taskId}/retry`)).toMatchObject({ status: 202 });
    await becomes(taskId, 'pending');
    await standOnce([taskId]);
    expect((await show(taskId)).approval?.approvalInstanceId).not.toBe(approval?.approvalInstanceId);
  }, 90_000);
});
