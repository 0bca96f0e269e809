import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createBody, startDingTalk, startHub, subscribe, SUBSCRIPTION, textLike } from './support.ts';

const APP = { appKey: 'a', appSecret: 's', ...SUBSCRIPTION };

describe('the control API', () => {
  it('stores what is registered, and again replaces it', async () => {
    const dingtalk = await startDingTalk();
    const app = { appKey: 'ding-mine', appSecret: 'one' };
    expect(await dingtalk.control('POST', '/apps', app)).toMatchObject({ status: 201, json: app });
    await dingtalk.control('POST', '/apps', { ...app, appSecret: 'two' });
    expect((await dingtalk.call('GET', '/gettoken?appkey=ding-mine&appsecret=one')).json.errcode).toBe(40089);
    expect((await dingtalk.call('GET', '/gettoken?appkey=ding-mine&appsecret=two')).json.errcode).toBe(0);

    const user = { userId: 'u1', name: 'One', mobile: '13700000001' };
    expect(await dingtalk.control('POST', '/users', user)).toMatchObject({ status: 201, json: user });
    const template = { processCode: 'P', name: 'Two people', fields: [{ name: 'A', required: true }] };
    const nodes = [{ actionType: 'AND', userIds: ['user-li', 'u1'] }];
    expect(await dingtalk.control('POST', '/templates', { ...template, nodes })).toMatchObject({
      status: 201,
      json: { nodes },
    });
    const id = await dingtalk.create({ processCode: 'P', formComponentValues: [{ name: 'A', value: 'x' }] });
    expect((await dingtalk.detail(id)).tasks.map((task) => task.userId)).toEqual(['user-li', 'u1']);
  });

  it('lists instances newest first', async () => {
    const dingtalk = await startDingTalk();
    const first = await dingtalk.create();
    const second = await dingtalk.create({ formComponentValues: [{ name: 'Task Name', value: '<b>x</b>' }] });
    await dingtalk.control('POST', `/instances/${first}/refuse`);
    expect((await dingtalk.control('GET', '/instances')).json.items).toMatchObject([
      {
        instanceId: second,
        processCode: 'PROC-DEMO',
        status: 'RUNNING',
        result: '',
        originatorUserId: 'user-li',
        form: [{ name: 'Task Name', value: '<b>x</b>' }],
        tasks: [{ userId: 'user-wang', status: 'RUNNING' }],
      },
      { instanceId: first, status: 'COMPLETED', result: 'refuse' },
    ]);
  });

  it.each<[string, string, object | string, string]>([
    ['not JSON', '/users', '{"userId"', 'JSON'],
    ['a list', '/users', '[]', 'JSON object'],
    ['an unknown field', '/users', { userId: 'u', name: 'U', mobile: '13700000001', age: 5 }, 'age'],
    ['a missing field', '/users', { userId: 'u', name: 'U' }, 'mobile'],
    ['a taken number', '/users', { userId: 'u', name: 'U', mobile: '+86 13800000001' }, 'user-wang'],
    ['an empty form', '/templates', { processCode: 'P', name: 'N', fields: [] }, 'fields'],
    [
      'two fields of one name',
      '/templates',
      { processCode: 'P', name: 'N', fields: [{ name: 'A' }, { name: 'A' }] },
      'A',
    ],
    [
      'a field of no kind',
      '/templates',
      { processCode: 'P', name: 'N', fields: [{ name: 'A', componentType: 'Text' }] },
      'fields[0].componentType',
    ],
    [
      'a node of no kind',
      '/templates',
      {
        processCode: 'P',
        name: 'N',
        fields: [{ name: 'A' }],
        nodes: [{ actionType: 'ALL', userIds: ['x'] }],
      },
      'nodes[0].actionType',
    ],
    ['a short key', '/apps', { ...APP, aesKey: 'short', callbackUrl: 'http://127.0.0.1:9/x' }, 'aesKey'],
    [
      'a callback without key',
      '/apps',
      { appKey: 'a', appSecret: 's', token: 't', callbackUrl: 'http://127.0.0.1:9/x' },
      'aesKey',
    ],
    ['a callback elsewhere', '/apps', { ...APP, callbackUrl: 'http://192.168.0.1/x' }, 'callbackUrl'],
    [
      'a callback that only looks local',
      '/apps',
      { ...APP, callbackUrl: 'http://127.0.0.1.example.org/x' },
      'callbackUrl',
    ],
    ['a callback to a file', '/apps', { ...APP, callbackUrl: 'file:///etc/passwd' }, 'callbackUrl'],
    ['a callback with a password', '/apps', { ...APP, callbackUrl: 'http://a:b@127.0.0.1/x' }, 'callbackUrl'],
  ])('refuses %s, naming what is wrong', async (_what, path, body, name) => {
    const dingtalk = await startDingTalk();
    const answer = await dingtalk.control('POST', path, body);
    expect([answer.status, answer.json.code]).toEqual([400, 'INVALID_INPUT']);
    expect(answer.json.message).toContain(name);
  });

  it('takes a callback under PUBLIC_URL, and nothing beside it', async () => {
    const dingtalk = await startDingTalk({ publicUrl: 'http://hub.invalid:1/base' });
    const register = (callbackUrl: string) => dingtalk.control('POST', '/apps', { ...APP, callbackUrl });
    expect((await register('http://hub.invalid:1/base/callbacks/1')).status).toBe(201);
    expect((await register('http://hub.invalid:1/basement')).status).toBe(400);
    expect((await register('http://hub.invalid:2/base/x')).status).toBe(400);
  });

  it.each([
    ['approve', { userId: 'nobody' }, 400],
    ['redirect', {}, 400],
    ['redirect', { toUserId: 'user-wang' }, 409],
    ['withdraw', { userId: 'user-wang' }, 409],
    ['refuse', { userId: 'user-zhao' }, 409],
    ['approve', { remark: 5 }, 400],
    ['comment', {}, 400],
    ['comment', { remark: ' \t' }, 400],
    ['explode', {}, 404],
  ])('%s with %o ends in %i and changes nothing', async (word, body, status) => {
    const dingtalk = await startDingTalk();
    const id = await dingtalk.create();
    const answer = await dingtalk.control('POST', `/instances/${id}/${word}`, body);
    expect(answer.status).toBe(status);
    expect(answer.json).toEqual({ code: textLike(/^[A-Z_]+$/), message: textLike(/./) });
    expect((await dingtalk.control('GET', '/instances')).json.items).toMatchObject([
      { status: 'RUNNING', tasks: [{}] },
    ]);
  });

  it('wants a comment to say something, and names the field', async () => {
    const dingtalk = await startDingTalk();
    const id = await dingtalk.create();
    const { json } = await dingtalk.control('POST', `/instances/${id}/comment`, { remark: '' });
    expect(json).toEqual({ code: 'INVALID_INPUT', message: textLike(/^remark /) });
    await dingtalk.control('POST', `/instances/${id}/approve`, { remark: '  ' });
    const { operationRecords } = await dingtalk.detail(id);
    expect(operationRecords.filter((record) => 'remark' in record)).toEqual([]);
  });

  it('does not know an instance that is not there', async () => {
    const dingtalk = await startDingTalk();
    expect((await dingtalk.control('POST', '/instances/none/approve')).status).toBe(404);
  });

  it('goes back to the start state', async () => {
    const [dingtalk, hub] = [await startDingTalk(), await startHub()];
    await subscribe(dingtalk, hub);
    await dingtalk.control('POST', '/users', { userId: 'u1', name: 'One', mobile: '13700000001' });
    await dingtalk.control('PUT', '/faults', { throttleRate: 1 });
    const { status } = await dingtalk.control('DELETE', '');
    expect(status).toBe(204);
    expect((await dingtalk.control('GET', '/instances')).json.items).toEqual([]);
    expect((await dingtalk.topapi('/topapi/v2/user/get', { userid: 'u1' })).json.errcode).toBe(60121);
    const { json } = await dingtalk.control('GET', '/board');
    expect(json).toMatchObject({ apps: [{ appKey: 'ding-demo', callbackUrl: null }], faults: {}, count: 0 });
  });

  it('serves no other page’s script, and no made-up host name', async () => {
    const dingtalk = await startDingTalk();
    const before = await dingtalk.create();
    const as = (headers: Record<string, string>) =>
      dingtalk.call('POST', `/_control/instances/${before}/approve`, {}, headers);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ])
      expect((await as(headers)).status).toBe(403);
    expect(await statusFor(`${dingtalk.base}/_control/instances`, { host: 'rebound.example' })).toBe(403);
    expect(await statusFor(`${dingtalk.base}/`, { host: 'rebound.example' })).toBe(403);
    expect(await statusFor(`${dingtalk.base}/_control/instances`, { host: 'localhost:8790' })).toBe(200);
    expect(
      (await as({ origin: new URL(dingtalk.base).origin, 'sec-fetch-site': 'same-origin' })).status,
    ).toBe(201);
  });
});

/** Status of a GET with headers of the test's own; fetch sets host and sec-fetch-mode itself. */
const statusFor = (url: string, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(url, { headers }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });

describe('the page', () => {
  it('is served with a strict policy, and only its own files are', async () => {
    const dingtalk = await startDingTalk();
    const page = await dingtalk.call('GET', '/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    const folder = new URL('../../server/simulator/dingtalk/page/', import.meta.url);
    for (const file of readdirSync(folder).filter((name) => /\.(js|css)$/.test(name)))
      expect([file, (await dingtalk.call('GET', `/${file}`)).status]).toEqual([file, 200]);
    expect((await dingtalk.call('GET', '/routes.ts')).json.errcode).toBe(22);
    expect((await dingtalk.call('GET', '')).headers.get('location')).toBe('/simulator/dingtalk/');
  });

  it('a page elsewhere may link to it', async () => {
    const dingtalk = await startDingTalk();
    const visit = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect(await statusFor(`${dingtalk.base}/`, visit)).toBe(200);
    expect(await statusFor(`${dingtalk.base}/`, { ...visit, 'sec-fetch-dest': 'iframe' })).toBe(403);
  });

  it('can be asked how things stand', async () => {
    const dingtalk = await startDingTalk();
    await dingtalk.create(createBody());
    expect((await dingtalk.control('GET', '/board')).json).toMatchObject({
      count: 1,
      instances: [{ templateName: 'Platform task', records: [{ type: 'START_PROCESS_INSTANCE' }] }],
    });
  });
});
