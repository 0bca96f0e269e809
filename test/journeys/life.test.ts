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

  it('is opened once at the provider, although twenty first requests submit it at the same moment', async () => {
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

  describe('beside a test run of the same values', () => {
    /** A create stage of one call and nothing before it; `waitMs`: how long it goes on once its approval stands. */
    const source = (waitMs: number): string => `
      const response = await fetch('https://api.dingtalk.com/v1.0/workflow/processInstances', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': accessToken },
        body: JSON.stringify({
          originatorUserId: 'user-li', processCode: APPROVAL_CODE, deptId: -1,
          formComponentValues: [{ name: 'Task ID', value: TASK_ID }],
        }),
      });
      const { instanceId: approvalInstanceId } = await response.json();
      await new Promise((done) => setTimeout(done, ${waitMs}));
      return { approvalInstanceId };`;

    async function published({ api }: RunningHub): Promise<string> {
      const { items } = (await api('GET', '/mappings')).body as { items: { id: string }[] };
      const mapping = `/mappings/${items[0]?.id ?? ''}`;
      await api('PUT', `${mapping}/draft/create`, { source: source(0) });
      expect((await api('POST', `${mapping}/publish`, {})).status).toBe(201);
      return mapping;
    }

    async function instancesOf({ control }: RunningHub, taskId: string): Promise<string[]> {
      const { items } = (await control('GET', '/instances')).body as {
        items: { instanceId: string; form: { value: string }[] }[];
      };
      const own = items.filter(({ form }) => form.some(({ value }) => value === taskId));
      return own.map(({ instanceId }) => instanceId);
    }

    /** Submits the task while the provider fails: it opens nothing, and tells nobody. */
    async function submitInVain(running: RunningHub, taskId: string): Promise<void> {
      await running.control('PUT', '/faults', { http500Rate: 1 });
      await submit(running, taskId);
      const searching = expect.objectContaining({ what: 'searching' }) as object;
      await becomes(running, taskId, { timeline: expect.arrayContaining([searching]) as object });
      await running.control('PUT', '/faults', {});
    }

    it('takes no approval for its own that the test may have opened: a person tells them apart', async () => {
      const running = hub();
      const mapping = await published(running);
      await running.control('PUT', '/faults', { dropCreateResponses: 1 });
      const tested = await running.api('POST', `${mapping}/test/create`, { variables: { TASK_ID: 'T-4' } });
      const warning = expect.stringContaining('no clear answer came') as string;
      expect(tested.body).toMatchObject({ ok: false, warnings: [warning] });
      await submitInVain(running, 'T-4');
      const [ofTest = ''] = await instancesOf(running, 'T-4');
      const message = expect.stringContaining(`${ofTest} of this very content, and a test run`) as string;
      await becomes(running, 'T-4', { status: 'failed', reason: { code: 'CREATE_UNKNOWN', message } });
      await running.control('POST', `/instances/${ofTest}/withdraw`, {});
      expect((await running.api('POST', '/tasks/T-4/retry')).status).toBe(202);
      const { approval } = await becomes(running, 'T-4', { status: 'pending' });
      expect(approval.approvalInstanceId).not.toBe(ofTest);
      expect(await instancesOf(running, 'T-4')).toHaveLength(2);
    });

    it('waits for the end of the test, and opens its own', async () => {
      const running = hub();
      const mapping = await published(running);
      const answered = running.api('POST', `${mapping}/test/create`, {
        source: source(1_000),
        variables: { TASK_ID: 'T-5' },
      });
      const [ofTest] = await vi.waitFor(async () => {
        const instances = await instancesOf(running, 'T-5');
        expect(instances).toHaveLength(1);
        return instances;
      });
      await submitInVain(running, 'T-5');
      expect((await answered).body).toMatchObject({ ok: true, result: { approvalInstanceId: ofTest } });
      const { approval } = await becomes(running, 'T-5', { status: 'pending' });
      expect(approval.approvalInstanceId).not.toBe(ofTest);
    });
  });
});
