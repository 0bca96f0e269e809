import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Stage } from '../../server/contract/stage.ts';
import { serveReplies, type Replies, type Reply } from './replies.ts';
import { startScripts, type ScriptRunner } from './support.ts';

/** What DingTalk answers in trouble, and what the scripts make of it. */

let scripts: ScriptRunner;
let dingtalk: Replies | undefined;

beforeAll(async () => {
  scripts = await startScripts('dingtalk');
});
afterAll(() => {
  scripts.close();
});
afterEach(() => dingtalk?.close());

async function answering(table: Readonly<Record<string, readonly Reply[]>>): Promise<Replies> {
  dingtalk = await serveReplies(table);
  return dingtalk;
}

const CREATE = 'POST /v1.0/workflow/processInstances';
const DETAIL = 'GET /v1.0/workflow/processInstances';
const USER = 'POST /topapi/v2/user/get';
const MOBILE = 'POST /topapi/v2/user/getbymobile';

const refused = (status: number, code: string, message = 'no'): Reply => ({
  status,
  body: { code, requestid: 'R-1', message },
});
const page: Reply = { status: 200, body: '<html><body>Service busy</body></html>' };

/** A create stage that makes no call but the create. */
const createOnly = {
  variables: { APPROVAL_CODE: 'PROC-1' },
  source: `
    fromField.add({ name: 'Task ID', value: 'T-1' });
    reqBody.put('originatorUserId', 'user-li');
    reqBody.put('deptId', 7);`,
};

describe('a refusal of the new API', () => {
  it.each([
    ['a stale token', refused(400, 'InvalidAuthentication'), 'token', 'fetch a new one'],
    [
      'too many calls',
      refused(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'),
      'throttled',
      'wait a second',
    ],
    [
      'too many calls of all',
      refused(403, 'Forbidden.AccessDenied.QpsLimitForApi'),
      'throttled',
      'wait a second',
    ],
    [
      'a used-up month',
      refused(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg'),
      'quota',
      'this month are used up',
    ],
    [
      'a foreign address',
      refused(403, 'Forbidden.AccessDenied.IpNotInWhiteList'),
      'permission',
      'DingTalk developer console',
    ],
    ['an unknown form', refused(400, 'aflowProcessCodeIsError'), 'refused', 'approval form id'],
    ['an unknown template', refused(400, 'processCodeError'), 'refused', 'approval definition id'],
    [
      'a blocked address',
      { status: 200, body: { status: 1111, wait: 5, punish: 'deny' } },
      'throttled',
      '5 minutes',
    ],
    ['a blocked address, as a page', { status: 200, body: '<html>punish</html>' }, 'throttled', '5 minutes'],
    [
      'a refusal with status 200',
      refused(200, 'processInstanceStartFailed'),
      'refused',
      'processInstanceStartFailed',
    ],
  ] satisfies [string, Reply, string, string][])('tells %s apart', async (_words, reply, kind, advice) => {
    const { url, calls } = await answering({ [CREATE]: [reply] });
    const { error } = await scripts.run('create', url, createOnly);
    expect(error).toMatchObject({ code: 'SCRIPT_ERROR', provider: { kind } });
    expect(error?.message).toMatch(/^DingTalk refused to open the approval: /);
    expect(error?.message).toContain(advice);
    expect(calls()).toEqual([CREATE]);
  });

  it('names the permission that is missing', async () => {
    const body = {
      code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
      requestid: 'R-1',
      message: 'no permission',
      accessdenieddetail: { requiredScopes: ['Workflow.Instance.Write'] },
    };
    const { url } = await answering({ [CREATE]: [{ status: 403, body }] });
    const { error } = await scripts.run('create', url, createOnly);
    expect(error?.message).toContain('Missing permission: Workflow.Instance.Write.');
    expect(error?.provider).toMatchObject({ kind: 'permission', status: 403, requestId: 'R-1' });
  });
});

describe('a refusal of the old API', () => {
  const find = `return dingtalk.userByMobile('13800000000')`;

  it.each([
    ['directly', { errcode: 60121, errmsg: 'user not found' }, 'notFound', '60121'],
    ['as a text', { errcode: '40104', errmsg: 'invalid mobile' }, 'notFound', '40104'],
    ['as a stale token', { errcode: 40014, errmsg: 'invalid access_token' }, 'token', '40014'],
    [
      'wrapped',
      { errcode: 88, sub_code: '60011', sub_msg: 'no permission', errmsg: 'ding talk error' },
      'permission',
      '60011',
    ],
    [
      'wrapped as text',
      { errcode: 88, errmsg: 'ding talk error[subcode=40014,submsg=bad token]' },
      'token',
      '40014',
    ],
    ['as a used-up month', { errcode: 90020, errmsg: 'no' }, 'quota', '90020'],
    ['as an unknown name', { errcode: 22, errmsg: 'Invalid method', sub_msg: 'x' }, 'refused', '22'],
  ] satisfies [string, Reply, string, string][])(
    'is understood when told %s',
    async (_words, reply, kind, code) => {
      const { url } = await answering({ [MOBILE]: [reply] });
      const { error } = await scripts.call(url, find);
      expect(error?.provider).toMatchObject({ kind, code, status: 200 });
    },
  );
});

describe('no clear answer', () => {
  it.each([
    ['a page with status 200', page],
    ['a failing server', { status: 500, body: { code: 'systemError', requestid: 'R-1', message: 'oops' } }],
    ['half an answer', { status: 200, body: '{"instanceId":"' }],
    ['nothing of use', { status: 200, body: {} }],
    ['a cut connection', 'cut'],
  ] satisfies [string, Reply][])(
    'to a create (%s) is HTTP_ERROR, and the create is not sent again',
    async (_words, reply) => {
      const { url, calls } = await answering({ [CREATE]: [reply] });
      const { error } = await scripts.run('create', url, createOnly);
      expect(error).toMatchObject({
        code: 'HTTP_ERROR',
        provider: { kind: 'unclear' },
        alreadySent: [expect.stringContaining('/v1.0/workflow/processInstances')],
      });
      expect(calls()).toEqual([CREATE]);
    },
  );

  const MAYBE = 'It may have been done all the same: look at DingTalk before trying again.';

  it.each([
    ['a page', page],
    ['a failing server', { status: 502, body: { code: 'systemError', message: 'oops' } }],
    ['a cut connection', 'cut'],
    ['no answer in time', 'hang'],
    ['an endless answer', { instanceId: 'x'.repeat(2 ** 20) }],
  ] satisfies [string, Reply][])(
    'to a call that changes something (%s) warns that it may have been done',
    async (_words, reply) => {
      const { url } = await answering({ [CREATE]: [reply] });
      const { error } = await scripts.run('create', url, { ...createOnly, limits: { httpMs: 500 } });
      expect(error?.message).toContain(MAYBE);
      expect(error?.provider).toMatchObject({ kind: 'unclear' });
    },
  );

  it('to a call that only reads carries no such warning', async () => {
    for (const reply of [page, 'cut'] as const) {
      const { url } = await answering({ [DETAIL]: [reply] });
      const { error } = await scripts.run('sync', url);
      expect(error).toMatchObject({ code: 'HTTP_ERROR' });
      expect(error?.message).not.toContain('all the same');
      await dingtalk?.close();
    }
  });

  it('to a create that has not even left carries no such warning', async () => {
    const gone = await answering({});
    await gone.close();
    const { error } = await scripts.run('create', gone.url, createOnly);
    expect(error).toMatchObject({ code: 'HTTP_ERROR' });
    expect(error?.message).toContain('ECONNREFUSED');
    expect(error?.message).not.toContain('all the same');
  });

  it('is what a create ends with that the script forgot to await, and there is no second one', async () => {
    const { url, calls } = await answering({ [CREATE]: ['cut'] });
    const source = `${createOnly.source} dingtalk.create()`;
    const { error } = await scripts.run('create', url, { ...createOnly, source });
    expect(error).toMatchObject({ code: 'HTTP_ERROR', provider: { kind: 'unclear' } });
    expect(calls()).toEqual([CREATE]);
  });

  it('where no page is says to look at the base URL', async () => {
    const { url } = await answering({ [CREATE]: [{ status: 404, body: 'Not Found' }] });
    const { error } = await scripts.run('create', url, createOnly);
    expect(error?.message).toContain(
      "HTTP 404, not JSON: Not Found. Check the path of the channel's API base URL (--api-base): the simulator's ends in /simulator/dingtalk.",
    );
  });
});

describe('a frame of the client', () => {
  it('names the file and the line of it', async () => {
    const { error } = await scripts.run('create', '', { source: '' });
    const frames = [...(error?.stack ?? '').matchAll(/dingtalk\/(\S+\.js):(\d+):(\d+)/g)];
    const code = frames.map(([, file = '', line = '', column = '']) => {
      const text = readFileSync(new URL(`../../scripts/dingtalk/${file}`, import.meta.url), 'utf8');
      return `${file}: ${text.split('\n')[Number(line) - 1]?.slice(Number(column) - 1) ?? ''}`;
    });
    expect(code).toEqual([
      expect.stringMatching(/^client\/failure\.js: new Error\(message\)/),
      expect.stringMatching(/^client\/form\.js: misuse\('fromField is empty/),
      expect.stringMatching(/^client\/create\.js: formValues\(form\)/),
      expect.stringMatching(/^client\/create\.js: createRequest\(/),
    ]);
  });
});

describe('too many calls at once', () => {
  const busy = { errcode: 88, sub_code: '90018', sub_msg: 'too many calls', errmsg: 'busy' };

  it('delay a lookup and do not fail it', async () => {
    const { url, calls } = await answering({
      [MOBILE]: [busy, { errcode: 0, result: { userid: 'user-li' } }],
    });
    const { result } = await scripts.call(url, `return dingtalk.userByMobile('13800000000')`);
    expect(result).toBe('user-li');
    expect(calls()).toEqual([MOBILE, MOBILE]);
  });

  it('fail a lookup after three tries', async () => {
    const { url, calls } = await answering({ [MOBILE]: [busy] });
    const { error } = await scripts.call(url, `return dingtalk.userByMobile('13800000000')`);
    expect(error?.provider).toMatchObject({ kind: 'throttled', code: '90018' });
    expect(calls()).toHaveLength(3);
  });
});

describe('a sync', () => {
  const detail = (more: object): Reply => ({
    success: 'true',
    result: { title: 'T', status: 'RUNNING', result: '', ...more },
  });
  const named = (name: string): Reply => ({ errcode: 0, errmsg: 'ok', result: { name } });
  const task = (userId: string, more: object = {}): object => ({
    userId,
    status: 'RUNNING',
    result: 'NONE',
    ...more,
  });

  it.each([
    [{ status: 'RUNNING', result: '' }, 'pending'],
    [{ status: 'NEW' }, 'pending'],
    [{ status: 'COMPLETED', result: 'agree' }, 'approved'],
    [{ status: 'COMPLETED', result: 'refuse' }, 'rejected'],
    [{ status: 'TERMINATED' }, 'revoked'],
    [{ status: 'SOMETHING_NEW' }, 'pending'],
  ])('reads %o as %s', async (told, status) => {
    const { url } = await answering({ [DETAIL]: [detail(told)] });
    expect((await scripts.run('sync', url)).result).toMatchObject({ status });
  });

  it('reads times as China time, whatever their Z says', async () => {
    const operationRecords = [
      { userId: 'bpms_system', type: 'START_PROCESS_INSTANCE', result: 'NONE', date: '2026-04-16T15:34Z' },
      { userId: 'bpms_system', type: 'ADD_REMARK', date: 'soon' },
    ];
    const { url } = await answering({ [DETAIL]: [detail({ operationRecords })] });
    const { result } = await scripts.run('sync', url);
    expect(result?.records?.map((record) => record.at)).toEqual(['2026-04-16T07:34:00.000Z', null]);
  });

  it('tells people who decided from those whom somebody else forestalled', async () => {
    const tasks = [
      task('a', { status: 'COMPLETED', result: 'AGREE' }),
      task('b', { status: 'CANCELED' }),
      task('c', { status: 'COMPLETED', result: 'REDIRECTED' }),
      task('bpms_system', { status: 'TERMINATED' }),
      task('d', { status: 'PAUSED' }),
    ];
    const { url, seen } = await answering({ [DETAIL]: [detail({ tasks })], [USER]: [named('N')] });
    const { result } = await scripts.run('sync', url);
    expect(result?.approvers?.map((approver) => approver.status)).toEqual([
      'approved',
      'canceled',
      'transferred',
      'canceled',
      'pending',
    ]);
    // No lookup knows DingTalk's own pseudo-user.
    expect(seen.map((call) => call.body)).not.toContainEqual({ userid: 'bpms_system' });
  });

  it.each([
    ['the app may not read names', { errcode: 60011, errmsg: 'no permission' }, 1],
    ['calls are throttled', { errcode: 90018, errmsg: 'busy' }, 1],
    ['the address book answers with a page', page, 1],
    ['the connection is cut', 'cut', 1],
    ['people have left', { errcode: 60121, errmsg: 'not found' }, 3],
  ] satisfies [string, Reply, number][])('goes on without names when %s', async (_words, reply, lookups) => {
    const tasks = [task('a'), task('b'), task('c')];
    const { url, calls } = await answering({ [DETAIL]: [detail({ tasks })], [USER]: [reply] });
    const { result, error } = await scripts.run('sync', url);
    expect(error).toBeUndefined();
    expect(result?.approvers).toHaveLength(3);
    expect(calls().filter((call) => call === USER)).toHaveLength(lookups);
  });

  it('does not wait for an address book that hangs', async () => {
    const tasks = [task('a'), task('b')];
    const { url } = await answering({ [DETAIL]: [detail({ tasks })], [USER]: [named('A'), 'hang'] });
    const { result, warnings } = await scripts.run('sync', url);
    expect(result?.approvers?.map((approver) => approver.userName)).toEqual(['A', null]);
    expect(warnings).toHaveLength(1); // the call left behind
  });

  it('looks up each person once, and no more than eight', async () => {
    const tasks = Array.from({ length: 30 }, (_, index) => task(`user-${index % 15}`));
    const { url, calls } = await answering({ [DETAIL]: [detail({ tasks })], [USER]: [named('N')] });
    const { result } = await scripts.run('sync', url);
    expect(calls().filter((call) => call === USER)).toHaveLength(8);
    expect(result?.approvers?.filter((approver) => approver.userName === 'N')).toHaveLength(16);
  });

  it('says that there is no such approval', async () => {
    const { url } = await answering({ [DETAIL]: [refused(400, 'processInstanceNotExist', 'not exist')] });
    const { error } = await scripts.run('sync', url);
    expect(error?.message).toBe(
      'DingTalk refused to show the approval: not exist (processInstanceNotExist).',
    );
    expect(error?.provider).toMatchObject({ kind: 'notFound' });
  });
});

describe('the submitter', () => {
  it.each([
    ['the root department, which approvals number -1', [1], -1],
    ['a department', [42, 7], 42],
    ['departments in a text', '[42,7]', 42],
    ['none', [], -1],
  ])('is in %s', async (_words, dept_id_list, deptId) => {
    const { url, seen } = await answering({
      [USER]: [{ errcode: 0, result: { name: 'Li', dept_id_list } }],
      [CREATE]: [{ instanceId: 'instance-9' }],
    });
    const source = `fromField.add({ name: 'A', value: 1 }); reqBody.put('originator', 'user-li');`;
    const { result } = await scripts.run('create', url, { ...createOnly, source });
    expect(result).toEqual({ approvalInstanceId: 'instance-9' });
    expect(seen.at(-1)?.body).toMatchObject({ deptId, originatorUserId: 'user-li', processCode: 'PROC-1' });
    expect(seen.at(-1)?.body).not.toHaveProperty('originator');
  });

  it('keeps what the script says of the request, and its numbers are numbers', async () => {
    const { url, seen } = await answering({ [CREATE]: [{ instanceId: 'instance-9' }] });
    const source = `${createOnly.source}
      reqBody.put('approvers', ['a', 'b']);
      reqBody.put('ccList', 'c,d');
      reqBody.put('ccPosition', 'FINISH');
      reqBody.put('microappAgentId', '17');
      reqBody.put('bizDetailPageUrl', 'https://platform.example/1');`;
    await scripts.run('create', url, { ...createOnly, source });
    expect(seen.at(-1)?.body).toEqual({
      processCode: 'PROC-1',
      originatorUserId: 'user-li',
      deptId: 7,
      approvers: [{ userIds: ['a', 'b'], actionType: 'AND' }],
      ccList: ['c', 'd'],
      ccPosition: 'FINISH',
      microappAgentId: 17,
      bizDetailPageUrl: 'https://platform.example/1',
      formComponentValues: [{ name: 'Task ID', value: 'T-1' }],
    });
  });
});

describe('the token', () => {
  it.each<[Stage, string]>([
    ['create', 'open the approval'],
    ['revoke', 'revoke the approval'],
    ['sync', 'show the approval'],
  ])('is missed before the %s stage calls DingTalk', async (stage, purpose) => {
    const { url, calls } = await answering({});
    const { error } = await scripts.run(stage, url, {
      ...(stage === 'create' ? createOnly : {}),
      accessToken: '',
    });
    expect(error).toMatchObject({
      code: 'SCRIPT_ERROR',
      message: `DingTalk cannot be asked to ${purpose}: there is no access token. Give accessToken, or APP_ID and APP_SECRET (App ID and App Secret of the channel) to have one fetched.`,
      provider: { kind: 'token' },
    });
    expect(calls()).toEqual([]);
  });

  it('is missed, not stale, when DingTalk finds none (41001)', async () => {
    const { url } = await answering({ [MOBILE]: [{ errcode: 41001, errmsg: 'access_token missing' }] });
    const { error } = await scripts.call(url, `return dingtalk.userByMobile('13800000000')`);
    expect(error?.message).toContain('(41001). This call carried none: there is no access token.');
    expect(error?.message).not.toContain('any more');
  });

  it.each([
    ['', "the channel's App ID and the channel's App Secret"],
    [`reqBody.put('appKey', 'ding-2')`, "reqBody's appKey and the channel's App Secret"],
  ])('is refused to credentials that are named: %s', async (source, named) => {
    const { url } = await answering({
      'POST /v1.0/oauth2/accessToken': [refused(400, 'invalidClientIdOrSecret')],
    });
    expect((await scripts.run('token', url, { source })).error?.message).toContain(
      `Check ${named} (DingTalk:`,
    );
  });

  it("is fetched for the channel's app, or for the one that the script names", async () => {
    const { url, seen } = await answering({
      'POST /v1.0/oauth2/accessToken': [{ accessToken: 'tok-123456', expireIn: 7200 }],
    });
    expect((await scripts.run('token', url)).result).toEqual({ accessToken: 'tok-123456', expiresIn: 7200 });
    await scripts.run('token', url, {
      source: `reqBody.put('appKey', 'ding-2'); reqBody.put('appSecret', 's-2');`,
    });
    expect(seen.map((call) => call.body)).toEqual([
      { appKey: 'ding-demo', appSecret: 'demo-secret' },
      { appKey: 'ding-2', appSecret: 's-2' },
    ]);
    expect(seen[0]?.token).toBeUndefined();
  });

  it('goes into a header of the new API and into the query of the old one', async () => {
    const { url, seen } = await answering({
      [DETAIL]: [{ success: true, result: { status: 'RUNNING', tasks: [{ userId: 'a' }] } }],
      [USER]: [{ errcode: 0, result: { name: 'A' } }],
    });
    await scripts.run('sync', url, { accessToken: 'to/ken+1' });
    expect(seen).toMatchObject([
      { call: DETAIL, token: 'to/ken+1', query: { processInstanceId: 'instance-1' } },
      { call: USER, token: undefined, query: { access_token: 'to/ken+1' } },
    ]);
  });
});
