import { describe, expect, it, vi } from 'vitest';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { setUp, useRunningHub } from '../support/hub.ts';
import { SHORT_CONNECTION } from './support.ts';

const PATIENT = { timeout: 15_000, interval: 50 };

interface Shown {
  readonly connection: {
    readonly state: string;
    readonly since: string;
    readonly lastError: string | null;
  } | null;
  readonly lastCallbackAt: string | null;
}
interface EventHead {
  readonly id: string;
  readonly outcome: string;
}

describe.each(DATABASES)('a persistent channel, on %s', (kind) => {
  const database = useDatabase(kind);
  const hub = useRunningHub(database, { waits: { connection: SHORT_CONNECTION } });
  /** No keys, and an app without callback URL: events come over the connection or not at all. */
  const STREAM = { callbackType: 'persistent', token: '', aesKey: '' };
  const APP = { appKey: 'ding-demo', appSecret: 'demo-secret' };
  let channelId = '';

  const channel = async (): Promise<Shown> =>
    (await hub().api('GET', `/channels/${channelId}`)).body as Shown;
  const isConnected = (): Promise<void> =>
    vi.waitFor(async () => expect((await channel()).connection?.state).toBe('connected'), PATIENT);
  /** How many connections the provider sees, of those that it gives events. */
  const held = async (): Promise<number> => {
    const { items } = (await hub().control('GET', '/connections')).body as { items: { state: string }[] };
    return items.filter(({ state }) => state === 'open').length;
  };
  async function pending(taskId: string): Promise<string> {
    const variables = { TASK_NAME: 'Add an index', SUBMITER_PHONE: '13800000000' };
    await hub().api('POST', '/tasks', { taskId, taskType: 'SQL task', variables });
    return vi.waitFor(async () => {
      const { body } = await hub().api('GET', `/tasks/${taskId}`);
      const { status, approval } = body as { status: string; approval: { approvalInstanceId: string } };
      expect(status).toBe('pending');
      return approval.approvalInstanceId;
    }, PATIENT);
  }
  const becomes = (taskId: string, status: string): Promise<void> =>
    vi.waitFor(
      async () => expect((await hub().api('GET', `/tasks/${taskId}`)).body).toMatchObject({ status }),
      PATIENT,
    );

  it('has a task approved by what comes over the connection, and says that it stands', async () => {
    ({ channelId } = await setUp(hub(), STREAM));
    await hub().control('POST', '/apps', APP);
    await isConnected();
    const instance = await pending('S-1');
    await hub().control('POST', `/instances/${instance}/approve`);
    await becomes('S-1', 'approved');

    const { items } = (await hub().api('GET', '/events?outcome=applied')).body as { items: EventHead[] };
    const event = (await hub().api('GET', `/events/${items[0]?.id ?? ''}`)).body;
    expect(event).toMatchObject({
      type: 'bpms_instance_change',
      raw: { frame: expect.stringContaining('eventBornTime') as string },
      payload: { EventType: 'bpms_instance_change', CorpId: expect.any(String) as string, type: 'finish' },
    });
    // Polling goes by it: events are known to arrive.
    expect((await channel()).lastCallbackAt).not.toBeNull();
    const { body } = await hub().api('POST', `/channels/${channelId}/verify`);
    expect(body).toMatchObject({ ok: true });
    expect((body as { steps: object[] }).steps.at(-1)).toMatchObject({
      name: 'connection',
      detail: expect.stringMatching(/stands since .* the last event came at/) as string,
    });
    expect(await (await fetch(`${hub().url}/metrics`)).text()).toContain('countersign_connections 1');
  });

  it('keeps an event once that is sent twice, and loses none when the connection is changed', async () => {
    await hub().control('PUT', '/faults', { duplicateEvents: true });
    const instance = await pending('S-2');
    await hub().control('POST', '/connections/rotate');
    await hub().control('POST', `/instances/${instance}/approve`);
    await becomes('S-2', 'approved');
    const { items } = (await hub().api('GET', '/events?taskId=S-2')).body as { items: EventHead[] };
    expect(items).toHaveLength(4);
    expect(await held()).toBe(1);
    await hub().control('PUT', '/faults', {});
  });

  it('is closed by a pause and made again after it, also when another process saved it', async () => {
    await hub().api('PATCH', `/channels/${channelId}`, { paused: true });
    await vi.waitFor(async () => expect(await held()).toBe(0), PATIENT);
    expect((await channel()).connection).toBeNull();
    await hub().api('PATCH', `/channels/${channelId}`, { paused: false });
    await isConnected();
    await database().knex('channels').where({ id: channelId }).update({ callback_type: 'webhook' });
    await vi.waitFor(async () => expect(await held()).toBe(0), PATIENT);
    await database().knex('channels').where({ id: channelId }).update({ callback_type: 'persistent' });
    await isConnected();
  });

  it('says in the provider’s words why it is not connected, and what to do', async () => {
    await hub().api('PATCH', `/channels/${channelId}`, { appSecret: 'a-wrong-secret' });
    const told = /DingTalk refused to open a connection for events: 鉴权失败 \(authFailed\).*App Secret/;
    await vi.waitFor(async () => expect((await channel()).connection?.lastError).toMatch(told), PATIENT);
    expect(await held()).toBe(0);
    const { body } = await hub().api('POST', `/channels/${channelId}/verify`);
    expect((body as { steps: object[] }).steps.at(-1)).toMatchObject({
      ...{ name: 'connection', ok: false },
      detail: expect.stringMatching(told) as string,
    });
    expect(JSON.stringify(body)).not.toContain('a-wrong-secret');
    await hub().api('PATCH', `/channels/${channelId}`, { appSecret: 'demo-secret' });
    await isConnected();
  });
});
