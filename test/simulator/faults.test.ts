import { describe, expect, it } from 'vitest';
import { createBody, startDingTalk, type DingTalk } from './support.ts';

const CREATE = '/v1.0/workflow/processInstances';
const CREDENTIALS = { appKey: 'ding-demo', appSecret: 'demo-secret' };

const listed = async (dingtalk: DingTalk): Promise<readonly string[]> => {
  const body = {
    processCode: 'PROC-DEMO',
    startTime: dingtalk.clock.now() - 100_000,
    nextToken: 0,
    maxResults: 20,
  };
  return (await dingtalk.api('POST', '/v1.0/workflow/processes/instanceIds/query', body)).json.result.list;
};

describe('faults', () => {
  it('throttle as DingTalk does: 403 in the new family, errcode 88 in the old one', async () => {
    const dingtalk = await startDingTalk();
    await dingtalk.control('PUT', '/faults', { throttleRate: 1 });
    const fresh = await dingtalk.call('POST', CREATE, createBody());
    expect([fresh.status, fresh.json.code]).toEqual([403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi']);
    const old = await dingtalk.call('POST', '/topapi/v2/user/get', {});
    expect(old.status).toBe(200);
    expect(old.json).toMatchObject({ errcode: 88, sub_code: '90018' });
  });

  it('500 and HTML come instead of the call: nothing happened', async () => {
    const dingtalk = await startDingTalk();
    await dingtalk.control('PUT', '/faults', { http500Rate: 1 });
    const broken = await dingtalk.call('POST', CREATE, createBody());
    expect([broken.status, broken.json.code]).toEqual([500, 'systemError']);
    await dingtalk.control('PUT', '/faults', { htmlRate: 1 });
    const html = await dingtalk.call('POST', CREATE, createBody());
    expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    await dingtalk.control('PUT', '/faults', {});
    expect(await listed(dingtalk)).toEqual([]);
  });

  it('a dropped create happens, and only the next n are dropped', async () => {
    const dingtalk = await startDingTalk();
    await dingtalk.control('PUT', '/faults', { dropCreateResponses: 2 });
    await expect(dingtalk.create()).rejects.toThrow('fetch failed');
    const refused = await dingtalk.api('POST', CREATE, { ...createBody(), processCode: 'PROC-NONE' });
    expect(refused.json.code).toBe('processCodeError'); // what is not created is not dropped either
    await expect(dingtalk.create()).rejects.toThrow('fetch failed');
    const heard = await dingtalk.create();
    const ids = await listed(dingtalk);
    expect(ids).toHaveLength(3);
    expect(ids[2]).toBe(heard);
  });

  it('a new instance is listed late, but its detail is there at once', async () => {
    const dingtalk = await startDingTalk();
    await dingtalk.control('PUT', '/faults', { listingLagMs: 60_000 });
    const id = await dingtalk.create();
    dingtalk.clock.step(59_999);
    expect(await listed(dingtalk)).toEqual([]);
    expect((await dingtalk.detail(id)).status).toBe('RUNNING');
    dingtalk.clock.step(1);
    expect(await listed(dingtalk)).toEqual([id]);
  });

  it('a token ends after n calls, and asking for it again gives another one', async () => {
    const dingtalk = await startDingTalk();
    await dingtalk.control('PUT', '/faults', { tokenExpiresAfterCalls: 2 });
    const tokens: string[] = [];
    const codes: (string | undefined)[] = [];
    for (let round = 0; round < 2; round += 1) {
      const token = (await dingtalk.call('POST', '/v1.0/oauth2/accessToken', CREDENTIALS)).json.accessToken;
      tokens.push(token);
      for (let call = 0; call < 3; call += 1) {
        const answer = await dingtalk.call('POST', CREATE, createBody(), {
          'x-acs-dingtalk-access-token': token,
        });
        codes.push(answer.json.code);
      }
    }
    expect(codes).toEqual([
      undefined,
      undefined,
      'InvalidAuthentication',
      undefined,
      undefined,
      'InvalidAuthentication',
    ]);
    expect(tokens[0]).not.toBe(tokens[1]);
  });

  it('the revoke lock can be lifted or made longer', async () => {
    const dingtalk = await startDingTalk();
    const revoke = async (): Promise<unknown> => {
      const body = { processInstanceId: await dingtalk.create(), isSystem: true };
      return (await dingtalk.api('POST', `${CREATE}/terminate`, body)).json.success;
    };
    expect(await revoke()).toBeUndefined();
    await dingtalk.control('PUT', '/faults', { revokeLockMs: 0 });
    expect(await revoke()).toBe(true);
  });

  it('calls take their time, while the control API answers at once', async () => {
    const dingtalk = await startDingTalk();
    await dingtalk.control('PUT', '/faults', { latencyMs: 3000 });
    const slow = dingtalk.call('POST', '/v1.0/oauth2/accessToken', CREDENTIALS);
    await dingtalk.clock.willRunIn(3000);
    expect((await dingtalk.control('GET', '/instances')).status).toBe(200);
    dingtalk.clock.step(3000);
    expect((await slow).status).toBe(200);
  });

  it.each([
    [{ latencyms: 5 }, 'latencyms'],
    [{ throttleRate: 1.5 }, 'throttleRate'],
    [{ throttleRate: '1' }, 'throttleRate'],
    [{ dropCreateResponses: -1 }, 'dropCreateResponses'],
    [{ duplicateEvents: 'yes' }, 'duplicateEvents'],
    [{ __proto__: null, toString: 1 }, 'toString'],
  ])('a set with %o is refused, and the old set stays', async (set, name) => {
    const dingtalk = await startDingTalk();
    await dingtalk.control('PUT', '/faults', { reorderEvents: true });
    const answer = await dingtalk.control('PUT', '/faults', set);
    expect(answer.status).toBe(400);
    expect(answer.json.message).toContain(name);
    expect((await dingtalk.control('GET', '/faults')).json).toEqual({ reorderEvents: true });
  });
});
