import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { anyText, createBody, startDingTalk, type DingTalk } from './support.ts';

const CREDENTIALS = { appKey: 'ding-demo', appSecret: 'demo-secret' };
const HEADER = 'x-acs-dingtalk-access-token';

const token = async (dingtalk: DingTalk): Promise<string> =>
  (await dingtalk.call('POST', '/v1.0/oauth2/accessToken', CREDENTIALS)).json.accessToken;

describe('a token', () => {
  it('is one per app, the same from every door, and serves both families', async () => {
    const dingtalk = await startDingTalk();
    const issued = await dingtalk.call('POST', '/v1.0/oauth2/accessToken', CREDENTIALS);
    expect(issued.json).toEqual({ accessToken: anyText, expireIn: 7200 });
    const old = await dingtalk.call('GET', '/gettoken?appkey=ding-demo&appsecret=demo-secret');
    expect(old.json).toMatchObject({
      errcode: 0,
      errmsg: 'ok',
      access_token: issued.json.accessToken,
      expires_in: 7200,
    });
    const corpId = (await dingtalk.control('GET', '/board')).json.corpId;
    const newest = await dingtalk.call('POST', `/v1.0/oauth2/${corpId}/token`, {
      client_id: 'ding-demo',
      client_secret: 'demo-secret',
      grant_type: 'client_credentials',
    });
    expect(newest.json).toEqual({ access_token: issued.json.accessToken, expires_in: 7200 });
  });

  it('stays while it is asked for, and is another one after two quiet hours', async () => {
    const dingtalk = await startDingTalk();
    const first = await token(dingtalk);
    dingtalk.clock.step(7_000_000);
    expect(await token(dingtalk)).toBe(first);
    dingtalk.clock.step(7_199_999);
    expect(await token(dingtalk)).toBe(first);
    dingtalk.clock.step(7_200_000);
    const dead = await dingtalk.call('POST', '/v1.0/workflow/processInstances', createBody(), {
      [HEADER]: first,
    });
    expect([dead.status, dead.json.code]).toEqual([400, 'InvalidAuthentication']);
    const oldDead = await dingtalk.call('POST', `/topapi/v2/user/get?access_token=${first}`, {
      userid: 'user-li',
    });
    expect(oldDead.json).toMatchObject({ errcode: 88, sub_code: '40014' });
    expect(await token(dingtalk)).not.toBe(first);
  });

  it('is refused for wrong credentials, each door in its own words', async () => {
    const dingtalk = await startDingTalk();
    const wrong = await dingtalk.call('POST', '/v1.0/oauth2/accessToken', {
      appKey: 'ding-demo',
      appSecret: 'x',
    });
    expect([wrong.status, wrong.json.code]).toEqual([400, 'invalidClientIdOrSecret']);
    const nobody = await dingtalk.call('POST', '/v1.0/oauth2/accessToken', {
      appKey: 'nobody',
      appSecret: '',
    });
    expect(nobody.json.code).toBe('invalidClientIdOrSecret');
    const old = await dingtalk.call('GET', '/gettoken?appkey=ding-demo&appsecret=x');
    expect([old.status, old.json.errcode]).toEqual([200, 40089]);
    const grant = await dingtalk.call('POST', '/v1.0/oauth2/dingx/token', { client_id: 'ding-demo' });
    expect(grant.json.code).toBe('unsupported.grant.type');
  });

  it('counts only in the header of the new family and in the query of the old one', async () => {
    const dingtalk = await startDingTalk();
    const valid = await token(dingtalk);
    const path = '/v1.0/workflow/processInstances';
    const inQuery = await dingtalk.call('POST', `${path}?access_token=${valid}`, createBody());
    expect([inQuery.status, inQuery.json.code]).toEqual([400, 'InvalidAuthentication']);
    const inHeader = await dingtalk.call(
      'POST',
      '/topapi/v2/user/get',
      { userid: 'user-li' },
      { [HEADER]: valid },
    );
    expect([inHeader.status, inHeader.json.errcode]).toEqual([200, 41001]);
    const invented = await dingtalk.call('POST', '/topapi/v2/user/get?access_token=x', { userid: 'user-li' });
    expect(invented.json).toMatchObject({ errcode: 40014, request_id: anyText });
  });
});

describe('the old family', () => {
  it('reads JSON and form-encoded bodies alike', async () => {
    const dingtalk = await startDingTalk();
    const valid = await token(dingtalk);
    const ask = (body: string, type: string): ReturnType<DingTalk['call']> =>
      dingtalk.call('POST', `/topapi/v2/user/getbymobile?access_token=${valid}`, body, {
        'content-type': type,
      });
    const answers = [
      await ask('{"mobile":"13800000001"}', 'application/json; charset=utf-8'),
      await ask('mobile=13800000001', 'application/x-www-form-urlencoded'),
    ];
    for (const { json } of answers)
      expect(json).toMatchObject({ errcode: 0, result: { userid: 'user-wang' } });
    expect((await ask('mobile=13800000001', 'text/plain')).json.errcode).toBe(43004);
    expect((await ask('{mobile', 'application/json')).json.errcode).toBe(43009);
  });

  it('knows people and departments, the root being 1 here', async () => {
    const dingtalk = await startDingTalk();
    await dingtalk.control('POST', '/users', {
      userId: 'u9',
      name: 'Nine',
      mobile: '13900000009',
      deptIds: [42],
    });
    expect((await dingtalk.topapi('/topapi/v2/user/get', { userid: 'u9' })).json.result.dept_id_list).toEqual(
      [42],
    );
    const departments = await dingtalk.topapi('/topapi/v2/department/listsub', { dept_id: 1 });
    expect(departments.json.result).toMatchObject([{ dept_id: 42, parent_id: 1 }]);
    const members = await dingtalk.topapi('/topapi/user/listid', { dept_id: 42 });
    expect(members.json.result).toEqual({ userid_list: ['u9'] });
    const parents = await dingtalk.topapi('/topapi/v2/department/listparentbyuser', { userid: 'u9' });
    expect(parents.json.result).toEqual({ parent_list: [{ parent_dept_id_list: [42, 1] }] });
  });

  it.each<[string, number, string, object]>([
    ['a number nobody has', 60121, '/topapi/v2/user/getbymobile', { mobile: '13999999999' }],
    ['a number that is none', 40104, '/topapi/v2/user/getbymobile', { mobile: 'call me' }],
    ['no number', 400002, '/topapi/v2/user/getbymobile', {}],
    ['an unknown user', 60121, '/topapi/v2/user/get', { userid: 'nobody' }],
    ['an unknown department', 60003, '/topapi/user/listid', { dept_id: 5 }],
    ['an unknown call', 22, '/topapi/v9/user/get', {}],
    ['a GET call by POST', 43001, '/gettoken', {}],
  ])('answers 200 and a code for %s: %i', async (_what, errcode, path, body) => {
    const dingtalk = await startDingTalk();
    const answer = await dingtalk.topapi(path, body);
    expect([answer.status, answer.json.errcode]).toEqual([200, errcode]);
  });

  it('opens, shows, lists and terminates an instance in its own spelling', async () => {
    const dingtalk = await startDingTalk();
    const created = await dingtalk.topapi('/topapi/processinstance/create', {
      process_code: 'PROC-DEMO',
      originator_user_id: 'user-li',
      dept_id: '-1',
      approvers: 'user-wang,user-zhao',
      form_component_values: [{ name: 'Task ID', value: 'T-9' }],
    });
    const id = created.json.process_instance_id;
    const { json } = await dingtalk.topapi('/topapi/processinstance/get', { process_instance_id: id });
    expect(json.process_instance).toMatchObject({
      create_time: '2026-11-22 10:00:00',
      status: 'RUNNING',
      tasks: [{ userid: 'user-wang', task_status: 'RUNNING', task_result: 'NONE' }],
      operation_records: [{ operation_type: 'START_PROCESS_INSTANCE' }],
    });
    const listed = await dingtalk.topapi('/topapi/processinstance/listids', {
      process_code: 'PROC-DEMO',
      start_time: dingtalk.clock.now() - 1,
    });
    expect(listed.json.result).toEqual({ list: [id] });
    const request = { process_instance_id: id, is_system: false, operating_userid: 'user-li' };
    expect((await dingtalk.topapi('/topapi/process/instance/terminate', { request })).json.errcode).toBe(
      820005,
    );
    dingtalk.clock.step(15_000);
    expect((await dingtalk.topapi('/topapi/process/instance/terminate', { request })).json).toMatchObject({
      errcode: 0,
      result: true,
    });
    expect((await dingtalk.detail(id)).status).toBe('TERMINATED');
  });

  it('checks the signature of a robot message', async () => {
    const dingtalk = await startDingTalk();
    const secret = 'SECrobotdemosecret';
    const timestamp = String(dingtalk.clock.now());
    const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
    const send = (signed: string, at = timestamp): ReturnType<DingTalk['call']> => {
      const query = new URLSearchParams({ access_token: 'robot-demo', timestamp: at, sign: signed });
      return dingtalk.call('POST', `/robot/send?${String(query)}`, {
        msgtype: 'text',
        text: { content: 'hello' },
      });
    };
    expect((await send(sign)).json).toMatchObject({ errcode: 0 });
    expect((await send('forged')).json).toMatchObject({ errcode: 310000, errmsg: 'sign not match' });
    dingtalk.clock.step(3_600_001);
    expect((await send(sign)).json).toMatchObject({ errcode: 310000, errmsg: 'invalid timestamp' });
  });
});

describe('the new family', () => {
  it.each([
    ['GET', '/v1.0/workflow/nothing'],
    ['PUT', '/v1.0/workflow/processInstances'],
    ['GET', '/v1.0/workflow/processInstances/terminate'],
  ])('does not know %s %s', async (method, path) => {
    const dingtalk = await startDingTalk();
    const answer = await dingtalk.api(method, path, method === 'PUT' ? {} : undefined);
    expect([answer.status, answer.json.code]).toEqual([404, 'InvalidAction.NotFound']);
  });

  it('refuses a body that is no JSON object', async () => {
    const dingtalk = await startDingTalk();
    for (const body of ['{"processCode":', '[]', '"x"'])
      expect((await dingtalk.api('POST', '/v1.0/workflow/processInstances', body)).json.code).toBe(
        'invalidParameter',
      );
  });
});
