import { describe, expect, it } from 'vitest';
import type { Overview } from '../../server/contract/overview.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { setUp, useRunningHub } from '../support/hub.ts';

describe.each(DATABASES)('the overview on %s', (kind) => {
  const database = useDatabase(kind);
  const hub = useRunningHub(database, { env: { SIMULATOR: 'off' } });
  const read = async (): Promise<Overview> => (await hub().api('GET', '/overview')).body as Overview;
  const submit = async (taskId: string): Promise<void> => {
    const variables = { TASK_NAME: `Name of ${taskId}` };
    await hub().api('POST', '/tasks', { taskId, taskType: 'SQL task', variables });
  };
  const until = (status: string) => async (taskId: string) =>
    expect
      .poll(async () => (await hub().api('GET', `/tasks/${taskId}`)).body, { timeout: 10_000 })
      .toMatchObject({ status });

  it('of a hub without anything is empty', async () => {
    expect(await read()).toMatchObject({
      tasks: { submitted: 0, pending: 0, approved: 0, rejected: 0, revoked: 0, failed: 0 },
      ...{ waiting: [], failingStages: [], events: [], simulators: [], demo: null },
    });
  });

  it('names a stage whose last live run failed, until one goes well', async () => {
    const { mappingId } = await setUp(hub());
    const publish = async (source: string): Promise<void> => {
      await hub().api('PUT', `/mappings/${mappingId}/draft/create`, { source });
      await hub().api('POST', `/mappings/${mappingId}/publish`, {});
    };
    const before = (await hub().api('GET', `/mappings/${mappingId}`)).body as {
      draft: { create: { source: string } };
    };
    await publish('throw new Error("no table of that name");');
    // Failed tests are the author's own business.
    await hub().api('POST', `/mappings/${mappingId}/test/revoke`, { source: 'throw new Error("a test")' });
    await submit('T-1');
    await until('failed')('T-1');
    await submit('T-2');
    await until('failed')('T-2');
    const failing = await read();
    expect(failing.tasks).toMatchObject({ failed: 2, pending: 0 });
    expect(failing.failingStages).toEqual([
      expect.objectContaining({
        ...{ mappingId, mappingName: 'Approval', stage: 'create' },
        message: expect.stringContaining('no table of that name') as string,
      }),
    ]);
    const executionId = failing.failingStages[0]?.executionId ?? '';
    expect((await hub().api('GET', `/executions/${executionId}`)).body).toMatchObject({ ok: false });

    await publish(before.draft.create.source);
    await submit('T-3');
    await until('pending')('T-3');
    expect(await read()).toMatchObject({ tasks: { failed: 2, pending: 1 }, failingStages: [] });
  });

  it('names tasks that wait for too long', async () => {
    const age = async (taskId: string, interval: string): Promise<void> => {
      const { knex } = database();
      await knex('tasks')
        .where({ task_id: taskId })
        .update({ created_at: knex.raw('now() - ?::interval', [interval]) as unknown as Date });
    };
    await age('T-3', '2 days');
    expect((await read()).waiting).toEqual([]);
    await age('T-3', '4 days');
    expect((await read()).waiting).toEqual([
      expect.objectContaining({ taskId: 'T-3', taskName: 'Name of T-3', status: 'pending' }),
    ]);
  });

  it('leads from an id, of ours or of the provider, to what has it', async () => {
    const find = async (id: string): Promise<unknown> =>
      ((await hub().api('GET', `/find?id=${encodeURIComponent(id)}`)).body as { items: unknown }).items;
    const task = { kind: 'task', id: 'T-3', name: 'Name of T-3' };
    expect(await find('T-3')).toEqual([task]);
    const { approval } = (await hub().api('GET', '/tasks/T-3')).body as {
      approval: { approvalInstanceId: string };
    };
    expect(await find(approval.approvalInstanceId)).toEqual([task]);
    const runs = (await hub().api('GET', '/executions?taskId=T-3&stage=create')).body as {
      items: { id: string }[];
    };
    const [run] = runs.items;
    expect(await find(run?.id ?? '')).toEqual([{ kind: 'execution', id: run?.id, name: 'create' }]);
    expect(await find("T-' or 1=1")).toEqual([]);
  });
});
