import { describe, expect, it } from 'vitest';
import type { Stage } from '../../server/contract/stage.ts';
import { CREATE, DETAIL, MOBILE, USER, createOnly, page, refused, useAnswers } from './answers.ts';
import type { Reply } from './replies.ts';

/** What DingTalk's answers come to for a sync, who submits, and how the token travels. */

const { scripts, answering } = useAnswers();

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
