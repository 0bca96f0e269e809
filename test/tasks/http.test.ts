import { beforeAll, describe, expect, it, vi } from 'vitest';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { setUp, useRunningHub } from '../support/hub.ts';

describe.each(DATABASES)('tasks over HTTP, on %s', (kind) => {
  const database = useDatabase(kind);
  const running = useRunningHub(database);
  beforeAll(async () => {
    await setUp(running());
  });
  const api = (method: string, path: string, body?: unknown): ReturnType<ReturnType<typeof running>['api']> =>
    running().api(method, path, body);
  const submit = (taskId: string, variables = {}): ReturnType<typeof api> =>
    api('POST', '/tasks', { taskId, taskType: 'SQL task', variables });
  const becomes = (taskId: string, status: string): Promise<void> =>
    vi.waitFor(
      async () => {
        expect((await api('GET', `/tasks/${encodeURIComponent(taskId)}`)).body).toMatchObject({ status });
      },
      { timeout: 20_000, interval: 50 },
    );

  it('are submitted, shown, decided, and submitted again', async () => {
    const variables = { TASK_NAME: 'Add an index', REASON: 'slow' };
    expect(await submit('T/1 ü', variables)).toMatchObject({
      status: 202,
      body: { taskId: 'T/1 ü', status: 'submitted' },
    });
    await becomes('T/1 ü', 'pending');
    const { items } = (await running().control('GET', '/instances')).body as {
      items: { instanceId: string }[];
    };
    await running().control('POST', `/instances/${items[0]?.instanceId ?? ''}/approve`, {
      remark: 'Go ahead',
    });
    await becomes('T/1 ü', 'approved');
    expect(await submit('T/1 ü', variables)).toMatchObject({
      status: 200,
      body: { status: 'approved', taskName: 'Add an index' },
    });
    expect(await submit('T/1 ü', { REASON: 'fast' })).toMatchObject({
      status: 409,
      body: { code: 'TASK_DIFFERS' },
    });
    expect(await api('POST', '/tasks/T%2F1%20%C3%BC/revoke')).toMatchObject({
      status: 409,
      body: { code: 'TASK_TERMINAL' },
    });
  });

  it('are refused naming each wrong field', async () => {
    const wrong = { taskId: '', taskType: 'x'.repeat(101), variables: { NO_SUCH: 'x', REASON: 5 }, more: 1 };
    for (const dots of ['.', '..'])
      expect(await submit(dots)).toMatchObject({ status: 400, body: { errors: [{ path: 'taskId' }] } });
    const refused = await api('POST', '/tasks', wrong);
    expect(refused.status).toBe(400);
    expect((refused.body as { errors: { path: string }[] }).errors.map(({ path }) => path).sort()).toEqual([
      'more',
      'taskId',
      'taskType',
      'variables.NO_SUCH',
      'variables.REASON',
    ]);
    expect(await submit('nul', { REASON: 'a\0b' })).toMatchObject({ status: 400 });
  });

  it('are taken back, and cannot be asked about or retried out of turn', async () => {
    await submit('T-back');
    await becomes('T-back', 'pending');
    await running().control('PUT', '/faults', { revokeLockMs: 0 });
    expect(await api('POST', '/tasks/T-back/retry')).toMatchObject({
      status: 409,
      body: { code: 'TASK_NOT_FAILED' },
    });
    expect(await api('POST', '/tasks/T-back/revoke', { reason: 'a mistake' })).toMatchObject({ status: 202 });
    expect(await api('POST', '/tasks/T-back/revoke')).toMatchObject({ status: 202 });
    await becomes('T-back', 'revoked');
    expect(await api('POST', '/tasks/T-back/sync')).toMatchObject({
      status: 200,
      body: { status: 'revoked' },
    });
    expect(await api('GET', '/tasks/nobody')).toMatchObject({ status: 404 });
    await running().control('PUT', '/faults', {});
  });

  it('are listed newest first, page by page, and found by parts of what people know', async () => {
    for (let index = 0; index < 5; index += 1)
      await submit(`L-${index}`, { TASK_NAME: `100%_Liste ${index}`, SUBMITTER: 'Wang' });
    const first = (await api('GET', '/tasks?q=00%25_lis&limit=2')).body as {
      items: { taskId: string }[];
      nextCursor: string;
    };
    expect(first.items).toHaveLength(2);
    const rest = (await api('GET', `/tasks?q=00%25_lis&limit=200&cursor=${first.nextCursor}`))
      .body as typeof first;
    expect(rest.items).toHaveLength(3);
    expect(rest.nextCursor).toBeNull();
    const found = [...first.items, ...rest.items].map(({ taskId }) => taskId).sort();
    expect(found).toEqual(['L-0', 'L-1', 'L-2', 'L-3', 'L-4']);
    expect(
      ((await api('GET', '/tasks?status=revoked&taskType=SQL%20task')).body as typeof first).items,
    ).toHaveLength(1);
    expect(await api('GET', '/tasks?status=done')).toMatchObject({ status: 400 });
  });
});
