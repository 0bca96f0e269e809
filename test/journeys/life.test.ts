import { describe, expect, it, vi } from 'vitest';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { setUp, useRunningHub } from '../support/hub.ts';
import type { RunningHub } from '../support/hub.ts';

/** What GET /tasks/:taskId shows, as far as these tests look. */
interface Shown {
  readonly status: string;
  readonly approval: {
    readonly approvalInstanceId: string | null;
    readonly approvers: readonly { readonly userName: string; readonly status: string }[];
    readonly records: readonly {
      readonly userName: string;
      readonly action: string;
      readonly comment: string | null;
    }[];
    readonly form: readonly { readonly name: string; readonly value: string | null }[];
  };
  readonly timeline: readonly { readonly what: string; readonly by: string }[];
}

describe.each(DATABASES)('the life of a task over HTTP, on %s', (kind) => {
  const hub = useRunningHub(useDatabase(kind));

  async function submit({ api }: RunningHub, taskId: string): Promise<void> {
    const variables = { TASK_NAME: 'Add an index', SUBMITER_PHONE: '13800000000' };
    const answer = await api('POST', '/tasks', { taskId, taskType: 'SQL task', variables });
    expect(answer).toMatchObject({ status: 202, body: { taskId, status: 'submitted' } });
  }

  async function becomes({ api }: RunningHub, taskId: string, wanted: object): Promise<Shown> {
    return vi.waitFor(
      async () => {
        const { body } = await api('GET', `/tasks/${taskId}`);
        expect(body).toMatchObject(wanted);
        return body as Shown;
      },
      { timeout: 15_000, interval: 50 },
    );
  }

  it('goes from submitted to approved by the provider’s callback, with approver, comment and timeline', async () => {
    const running = hub();
    await setUp(running);
    await submit(running, 'T-1');
    const { approval } = await becomes(running, 'T-1', { status: 'pending' });
    const id = approval.approvalInstanceId ?? '';
    const decided = await running.control('POST', `/instances/${id}/approve`, { remark: 'after 22:00' });
    expect(decided.status).toBe(201);
    const shown = await becomes(running, 'T-1', {
      status: 'approved',
      approval: { status: 'approved', approvers: [{ status: 'approved' }] },
    });
    expect(shown.approval.records).toEqual(
      expect.arrayContaining([expect.objectContaining({ action: 'approved', comment: 'after 22:00' })]),
    );
    expect(shown.approval.form).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'Task Name', value: 'Add an index' })]),
    );
    const events = await running.api('GET', '/events?outcome=applied');
    expect(events.body).toMatchObject({ items: [{ type: 'bpms_instance_change' }] });
  });

  it('is revoked when the provider agrees', async () => {
    const running = hub();
    await running.control('PUT', '/faults', { revokeLockMs: 0 });
    await submit(running, 'T-2');
    await becomes(running, 'T-2', { status: 'pending' });
    const asked = await running.api('POST', '/tasks/T-2/revoke', { reason: 'not needed any more' });
    expect(asked.status).toBe(202);
    await becomes(running, 'T-2', { status: 'revoked', approval: { status: 'revoked' } });
    const again = await running.api('POST', '/tasks/T-2/revoke', {});
    expect(again).toMatchObject({ status: 409, body: { code: 'TASK_TERMINAL' } });
  });

  it('stands at the provider once, although twenty first requests submit it at the same moment', async () => {
    const running = hub();
    const body = { taskId: 'T-3', taskType: 'SQL task', variables: { TASK_NAME: 'Once' } };
    const answers = await Promise.all(Array.from({ length: 20 }, () => running.api('POST', '/tasks', body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(19).fill(200), 202]);
    await becomes(running, 'T-3', { status: 'pending' });
    const { body: standing } = await running.control('GET', '/instances');
    const names = (standing as { items: { form: { name: string; value: string }[] }[] }).items.map(
      ({ form }) => form.find(({ name }) => name === 'Task ID')?.value,
    );
    expect(names.filter((name) => name === 'T-3')).toHaveLength(1);
  });
});
