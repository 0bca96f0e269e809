import { describe, expect, it } from 'vitest';
import { startDingTalk, startHub, subscribe, SUBSCRIPTION, type DingTalk, type Hub } from './support.ts';

interface Shown {
  readonly apps: readonly object[];
  readonly events: readonly { readonly outcome: string; readonly nextAt: number | null }[];
}

async function subscribed(
  reply: ReturnType<Hub['reply']> = 'success',
): Promise<{ dingtalk: DingTalk; hub: Hub }> {
  const [dingtalk, hub] = [await startDingTalk(), await startHub()];
  await subscribe(dingtalk, hub);
  hub.reply = () => reply;
  return { dingtalk, hub };
}

const board = async (dingtalk: DingTalk): Promise<Shown> =>
  JSON.parse((await dingtalk.control('GET', '/board')).text) as Shown;

const outcomes = async (dingtalk: DingTalk): Promise<readonly string[]> =>
  (await board(dingtalk)).events.map((event) => event.outcome);

describe('a person who wonders where a callback is', () => {
  it('sees where events go, how the URL check went, and that they were delivered', async () => {
    const { dingtalk, hub } = await subscribed();
    const at = dingtalk.clock.now();
    const id = await dingtalk.create();
    await expect.poll(() => outcomes(dingtalk)).toEqual(['delivered', 'delivered']);
    expect(await board(dingtalk)).toMatchObject({
      apps: [{ appKey: 'ding-demo', callbackUrl: hub.url, check: { ok: true, at, url: hub.url } }],
      events: [
        { eventType: 'bpms_task_change', what: 'start', subject: id, attempts: 1, nextAt: null },
        { eventType: 'bpms_instance_change', what: 'start', subject: id, appKey: 'ding-demo', at },
      ],
    });
  });

  it('sees why a push failed and when the next one comes, then the failed list, then that it was fetched', async () => {
    const { dingtalk } = await subscribed('http500');
    await dingtalk.create();
    for (const [index, pause] of [10_000, 30_000].entries()) {
      await dingtalk.clock.willRunIn(pause);
      const waiting = { outcome: 'waiting', attempts: index + 1, detail: 'HTTP 500 instead of 200' };
      const nextAt = dingtalk.clock.now() + pause;
      expect((await board(dingtalk)).events).toMatchObject([
        { ...waiting, nextAt },
        { ...waiting, nextAt },
      ]);
      dingtalk.clock.step(pause);
    }
    await expect.poll(() => outcomes(dingtalk)).toEqual(['failed', 'failed']);
    expect(await board(dingtalk)).toMatchObject({ events: [{ attempts: 3, nextAt: null }, {}] });
    await dingtalk.topapi('/call_back/get_call_back_failed_result', undefined, 'GET');
    expect(await outcomes(dingtalk)).toEqual(['fetched', 'fetched']);
  });

  it('sees that a fault lost an event, that an app did not subscribe to one, and that nothing listens', async () => {
    const [dingtalk, hub] = [await startDingTalk(), await startHub()];
    await dingtalk.create();
    expect(await board(dingtalk)).toMatchObject({ apps: [{ callbackUrl: null, check: null }], events: [] });
    const body = { token: SUBSCRIPTION.token, aes_key: SUBSCRIPTION.aesKey, url: hub.url };
    await dingtalk.topapi('/call_back/register_call_back', { ...body, call_back_tag: ['bpms_task_change'] });
    await dingtalk.control('PUT', '/faults', { dropEvents: true });
    await dingtalk.create();
    expect(await outcomes(dingtalk)).toEqual(['dropped', 'unwanted']);
  });

  it('sees the newest 20 events, and none from before a reset', async () => {
    const { dingtalk } = await subscribed();
    const opened: string[] = [];
    for (let count = 0; count < 15; count += 1) opened.push(await dingtalk.create());
    expect((await board(dingtalk)).events).toMatchObject(
      opened
        .reverse()
        .slice(0, 10)
        .flatMap((subject) => [{ subject }, { subject }]),
    );
    await dingtalk.control('DELETE', '');
    expect(await board(dingtalk)).toMatchObject({ events: [], apps: [{ check: null }] });
  });
});

describe('the person at the terminal', () => {
  it('reads of a registered app and its URL check, without its secrets', async () => {
    const { dingtalk, hub } = await subscribed();
    hub.reply = () => 'unsigned';
    await subscribe(dingtalk, hub);
    await dingtalk.control('POST', '/apps', { appKey: 'mute', appSecret: 'demo-secret' });
    const registered = `app ding-demo registered, its events go to ${hub.url.split('?')[0] ?? ''}`;
    expect(dingtalk.lines).toEqual([
      registered,
      'check_url to ding-demo succeeded',
      registered,
      'check_url to ding-demo failed: msg_signature does not match the reply',
      'app mute registered, without a callbackUrl: no events are pushed to it',
    ]);
  });

  it('reads why a push failed, when the next one comes, and how it ended', async () => {
    const { dingtalk, hub } = await subscribed('http500');
    await dingtalk.control('POST', '/users', { userId: 'u1', name: 'One', mobile: '13700000001' });
    await dingtalk.clock.willRunIn(10_000);
    dingtalk.clock.step(10_000);
    await dingtalk.clock.willRunIn(30_000);
    hub.reply = () => 'success';
    dingtalk.clock.step(30_000);
    await expect.poll(() => outcomes(dingtalk)).toEqual(['delivered']);
    const push = 'push to ding-demo: user_add_org of u1';
    expect(dingtalk.lines.slice(2)).toEqual([
      `${push} failed, attempt 1 of 3: HTTP 500 instead of 200; next try in 10 s`,
      `${push} failed, attempt 2 of 3: HTTP 500 instead of 200; next try in 30 s`,
      `${push} delivered at attempt 3`,
    ]);
  });
});
