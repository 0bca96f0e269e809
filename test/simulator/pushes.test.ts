import { describe, expect, it } from 'vitest';
import {
  inWords,
  startDingTalk,
  startHub,
  subscribe,
  SUBSCRIPTION,
  textLike,
  type DingTalk,
  type Hub,
} from './support.ts';

async function subscribed(): Promise<{ dingtalk: DingTalk; hub: Hub }> {
  const [dingtalk, hub] = [await startDingTalk(), await startHub()];
  await subscribe(dingtalk, hub);
  return { dingtalk, hub };
}

const failedList = (dingtalk: DingTalk): ReturnType<DingTalk['topapi']> =>
  dingtalk.topapi('/call_back/get_call_back_failed_result', undefined, 'GET');

describe('event pushes', () => {
  it('tell of an approval from start to finish, signed, encrypted and for the appKey', async () => {
    const { dingtalk, hub } = await subscribed();
    const id = await dingtalk.create();
    await hub.received(2);
    await dingtalk.clock.quiet();
    dingtalk.clock.step(5000);
    await dingtalk.control('POST', `/instances/${id}/approve`, { remark: '同意 👍' });
    const events = await hub.received(4);
    expect(events.map(inWords)).toEqual([
      'bpms_instance_change start',
      'bpms_task_change start',
      'bpms_task_change finish agree',
      'bpms_instance_change finish agree',
    ]);
    const at = dingtalk.clock.now();
    expect(events[3]).toMatchObject({
      receiveId: 'ding-demo',
      payload: {
        EventTime: at,
        CorpId: textLike(/^ding[0-9a-f]+$/),
        eventId: textLike(/^[0-9a-f]{32}$/),
        processInstanceId: id,
        processCode: 'PROC-DEMO',
        staffId: 'user-li',
        createTime: at - 5000,
        finishTime: at,
      },
    });
    expect(events[2]?.payload).toMatchObject({ staffId: 'user-wang', remark: '同意 👍' });
    expect(events[0]?.payload).not.toHaveProperty('finishTime');
    expect(new Set(events.map((event) => event.payload.eventId)).size).toBe(4);
    expect(events[0]?.url.searchParams.get('kept')).toBe('yes');
  });

  it('tell of a refusal as finish with refuse, and of a revoke without any result', async () => {
    const { dingtalk, hub } = await subscribed();
    const refused = await dingtalk.create();
    await dingtalk.control('POST', `/instances/${refused}/refuse`);
    await hub.received(4);
    const revoked = await dingtalk.create();
    await dingtalk.control('POST', `/instances/${revoked}/withdraw`);
    const events = await hub.received(7);
    expect(events.slice(2).map(inWords)).toEqual([
      'bpms_task_change finish refuse',
      'bpms_instance_change finish refuse',
      'bpms_instance_change start',
      'bpms_task_change start',
      'bpms_instance_change terminate',
    ]);
    expect(events[6]?.payload).not.toHaveProperty('result');
  });

  it('tell of a transfer as a finished task and a new one, and cancel the others of an OR step', async () => {
    const { dingtalk, hub } = await subscribed();
    const id = await dingtalk.create({
      approvers: [{ actionType: 'OR', userIds: ['user-wang', 'user-zhao'] }],
    });
    await dingtalk.control('POST', `/instances/${id}/redirect`, { toUserId: 'user-li' });
    await dingtalk.control('POST', `/instances/${id}/approve`, { userId: 'user-li' });
    const events = await hub.received(8);
    expect(events.slice(3).map((event) => `${inWords(event)} ${String(event.payload.staffId)}`)).toEqual([
      'bpms_task_change finish redirect user-wang',
      'bpms_task_change start user-li',
      'bpms_task_change finish agree user-li',
      'bpms_task_change cancel user-zhao',
      'bpms_instance_change finish agree user-li',
    ]);
  });

  it.each(['silence', 'http500', 'unsigned', 'unencrypted'] as const)(
    'come again 10 s and 30 s later after %s, then wait in the failed list, which reading empties',
    async (wrong) => {
      const { dingtalk, hub } = await subscribed();
      hub.reply = (event) => (inWords(event) === 'bpms_instance_change start' ? wrong : 'success');
      const id = await dingtalk.create();
      const attempt = async (count: number, next: number): Promise<void> => {
        await expect
          .poll(() => hub.events.filter((event) => inWords(event).endsWith('instance_change start')).length)
          .toBe(count);
        if (wrong === 'silence') {
          await dingtalk.clock.willRunIn(2500);
          dingtalk.clock.step(2500);
        }
        if (next > 0) {
          await dingtalk.clock.willRunIn(next);
          dingtalk.clock.step(next);
        }
      };
      await attempt(1, 10_000);
      await attempt(2, 30_000);
      await attempt(3, 0);

      await expect.poll(async () => (await dingtalk.control('GET', '/board')).text).toContain('failedAt');
      const record = await dingtalk.topapi('/topapi/callback/failrecord/list', {
        req: { page_size: 10, status: 1, confirm: true },
      });
      expect(record.json.failed_list).toMatchObject([{ id: 1, call_back_tag: 'bpms_instance_change' }]);
      const unconfirmed = await dingtalk.topapi('/topapi/callback/failrecord/list', { req: { status: 1 } });
      expect(unconfirmed.json.failed_list).toEqual([]);
      expect(hub.events.filter((event) => event.payload.processInstanceId === id).map(inWords)).toContain(
        'bpms_task_change start',
      );
    },
  );

  it('a failed event is read once from the failed list, with the fields it had', async () => {
    const { dingtalk, hub } = await subscribed();
    hub.reply = (event) => (inWords(event) === 'bpms_instance_change start' ? 'http500' : 'success');
    const id = await dingtalk.create();
    for (const pause of [10_000, 30_000]) {
      await dingtalk.clock.willRunIn(pause);
      dingtalk.clock.step(pause);
    }
    await expect.poll(async () => (await dingtalk.control('GET', '/board')).text).toContain('failedAt');
    const { json } = await failedList(dingtalk);
    expect(json).toMatchObject({
      errcode: 0,
      has_more: false,
      failed_list: [{ call_back_tag: 'bpms_instance_change' }],
    });
    const pushed = hub.events.find((event) => inWords(event) === 'bpms_instance_change start')?.payload;
    expect(json.failed_list[0]?.bpms_instance_change?.bpmsCallBackData).toEqual(pushed);
    expect(pushed).toMatchObject({ processInstanceId: id });
    expect((await failedList(dingtalk)).json.failed_list).toEqual([]);
  });

  it('a failing event does not hold up the ones behind it', async () => {
    const { dingtalk, hub } = await subscribed();
    hub.reply = (event) => (inWords(event) === 'bpms_instance_change start' ? 'http500' : 'success');
    const id = await dingtalk.create();
    await dingtalk.control('POST', `/instances/${id}/approve`);
    expect((await hub.received(4)).map(inWords)[3]).toBe('bpms_instance_change finish agree');
  });

  it('reset ends every push that was to come', async () => {
    const { dingtalk, hub } = await subscribed();
    hub.reply = () => 'http500';
    await dingtalk.create();
    await dingtalk.clock.willRunIn(10_000);
    await dingtalk.control('DELETE', '');
    const before = hub.events.length;
    dingtalk.clock.step(100_000);
    hub.reply = () => 'success';
    await subscribe(dingtalk, hub);
    await dingtalk.create();
    const events = await hub.received(before + 2);
    expect(events.slice(before).map(inWords)).toEqual([
      'bpms_instance_change start',
      'bpms_task_change start',
    ]);
  });
});

describe('push faults', () => {
  it('duplicates carry the same eventId', async () => {
    const { dingtalk, hub } = await subscribed();
    await dingtalk.control('PUT', '/faults', { duplicateEvents: true });
    await dingtalk.create();
    const ids = (await hub.received(4)).map((event) => event.payload.eventId);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).toBe(ids[3]);
    expect(ids[0]).not.toBe(ids[2]);
  });

  it('reordered, the instance’s end comes before its task’s, and its start after all', async () => {
    const { dingtalk, hub } = await subscribed();
    await dingtalk.control('PUT', '/faults', { reorderEvents: true });
    const id = await dingtalk.create();
    await dingtalk.control('POST', `/instances/${id}/approve`);
    await hub.received(2);
    dingtalk.clock.step(1000);
    const words = (await hub.received(4)).map(inWords);
    expect(words.slice(0, 2)).toEqual(['bpms_task_change start', 'bpms_instance_change finish agree']);
    expect(words.slice(2)).toEqual(['bpms_instance_change start', 'bpms_task_change finish agree']);
  });

  it('dropped events never come, not even in the failed list', async () => {
    const { dingtalk, hub } = await subscribed();
    await dingtalk.control('PUT', '/faults', { dropEvents: true });
    const lost = await dingtalk.create();
    await dingtalk.control('PUT', '/faults', {});
    await dingtalk.control('POST', `/instances/${lost}/approve`);
    const events = await hub.received(2);
    expect(events.map(inWords)).toEqual([
      'bpms_task_change finish agree',
      'bpms_instance_change finish agree',
    ]);
    expect((await failedList(dingtalk)).json.failed_list).toEqual([]);
  });
});

describe('saving a callback URL', () => {
  it('through the control API pushes check_url and tells how it went', async () => {
    const [dingtalk, hub] = [await startDingTalk(), await startHub()];
    const good = await subscribe(dingtalk, hub);
    expect(good.status).toBe(201);
    expect(good.json).toMatchObject({ callbackUrl: hub.url, callbackCheck: { ok: true, detail: 'success' } });
    expect(hub.checks).toMatchObject([{ payload: { EventType: 'check_url' }, receiveId: 'ding-demo' }]);
    hub.reply = () => 'unsigned';
    const bad = await subscribe(dingtalk, hub);
    expect(bad.json).toMatchObject({
      callbackCheck: { ok: false, detail: 'msg_signature does not match the reply' },
    });
  });

  it('gives the receiver 1.5 seconds', async () => {
    const [dingtalk, hub] = [await startDingTalk(), await startHub()];
    hub.reply = () => 'silence';
    const answer = subscribe(dingtalk, hub);
    await dingtalk.clock.willRunIn(1500);
    dingtalk.clock.step(1500);
    expect((await answer).json).toMatchObject({
      callbackCheck: { ok: false, detail: 'no reply within 1500 ms' },
    });
  });

  it('through the old API is refused unless the check succeeds, and events then name the corpId', async () => {
    const [dingtalk, hub] = [await startDingTalk(), await startHub()];
    const body = {
      call_back_tag: ['bpms_instance_change'],
      token: SUBSCRIPTION.token,
      aes_key: SUBSCRIPTION.aesKey,
      url: hub.url,
    };
    const register = (change: object = {}): ReturnType<DingTalk['topapi']> =>
      dingtalk.topapi('/call_back/register_call_back', { ...body, ...change });
    hub.reply = () => 'unencrypted';
    expect((await register()).json.errcode).toBe(71009);
    hub.reply = () => 'success';
    expect((await register({ url: 'http://10.0.0.1/x' })).json.errcode).toBe(71013);
    expect((await register({ url: 'http://127.0.0.1:1/x' })).json.errcode).toBe(71012);
    expect((await register({ call_back_tag: ['everything'] })).json.errcode).toBe(71008);
    expect((await register()).json.errcode).toBe(0);
    expect((await register()).json.errcode).toBe(71006);
    await dingtalk.create();
    const [event] = await hub.received(1);
    expect(event?.receiveId).toBe(event?.payload.CorpId);
    expect((await dingtalk.topapi('/call_back/delete_call_back', undefined, 'GET')).json.errcode).toBe(0);
    expect((await dingtalk.topapi('/call_back/get_call_back', undefined, 'GET')).json.errcode).toBe(71007);
  });
});

describe('the address book', () => {
  it('tells who was added and what changed', async () => {
    const { dingtalk, hub } = await subscribed();
    const user = { userId: 'u1', name: 'One', mobile: '13700000001' };
    await dingtalk.control('POST', '/users', user);
    await dingtalk.control('POST', '/users', { ...user, name: 'Uno' });
    expect((await hub.received(2)).map((event) => event.payload)).toMatchObject([
      { EventType: 'user_add_org', userId: ['u1'], timeStamp: String(dingtalk.clock.now()) },
      {
        EventType: 'user_modify_org',
        userId: ['u1'],
        diffInfo: { prev: { name: 'One' }, curr: { name: 'Uno' } },
      },
    ]);
  });
});
