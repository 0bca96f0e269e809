import { describe, expect, it } from 'vitest';
import { startDingTalk, type DingTalk } from './support.ts';

const node = (actionType: string, ...userIds: string[]): object => ({ actionType, userIds });

/** Tasks in words: `user-wang COMPLETED AGREE`. */
const tasks = async (dingtalk: DingTalk, id: string): Promise<string[]> =>
  (await dingtalk.detail(id)).tasks.map((task) => `${task.userId} ${task.status} ${task.result}`);

const outcome = async (dingtalk: DingTalk, id: string): Promise<string> => {
  const { status, result } = await dingtalk.detail(id);
  return `${status} ${result}`.trim();
};

const terminate = (
  dingtalk: DingTalk,
  id: string,
  extra: object = { isSystem: true },
): ReturnType<DingTalk['api']> =>
  dingtalk.api('POST', '/v1.0/workflow/processInstances/terminate', { processInstanceId: id, ...extra });

describe('deciding', () => {
  it('an AND step waits for everybody, then the next step begins', async () => {
    const dingtalk = await startDingTalk();
    const id = await dingtalk.create({
      approvers: [node('AND', 'user-wang', 'user-zhao'), node('NONE', 'user-li')],
    });
    await dingtalk.control('POST', `/instances/${id}/approve`, { userId: 'user-zhao' });
    expect(await tasks(dingtalk, id)).toEqual(['user-wang RUNNING NONE', 'user-zhao COMPLETED AGREE']);
    await dingtalk.control('POST', `/instances/${id}/approve`, { remark: 'fine' });
    expect((await tasks(dingtalk, id))[2]).toBe('user-li RUNNING NONE');
    await dingtalk.control('POST', `/instances/${id}/approve`);
    expect(await outcome(dingtalk, id)).toBe('COMPLETED agree');
    expect((await dingtalk.detail(id)).operationRecords).toContainEqual(
      expect.objectContaining({
        userId: 'user-wang',
        type: 'EXECUTE_TASK_NORMAL',
        result: 'AGREE',
        remark: 'fine',
      }),
    );
  });

  it('an OR step is done with one; the others are no longer asked', async () => {
    const dingtalk = await startDingTalk();
    const id = await dingtalk.create({ approvers: [node('OR', 'user-wang', 'user-zhao')] });
    await dingtalk.control('POST', `/instances/${id}/approve`, { userId: 'user-zhao' });
    expect(await tasks(dingtalk, id)).toEqual(['user-wang CANCELED NONE', 'user-zhao COMPLETED AGREE']);
    expect(await outcome(dingtalk, id)).toBe('COMPLETED agree');
  });

  it('one refusal refuses the whole; rejection is a result, not a status', async () => {
    const dingtalk = await startDingTalk();
    const id = await dingtalk.create({
      approvers: [node('AND', 'user-wang', 'user-zhao'), node('NONE', 'user-li')],
    });
    await dingtalk.control('POST', `/instances/${id}/refuse`, { remark: 'no' });
    expect(await outcome(dingtalk, id)).toBe('COMPLETED refuse');
    expect((await dingtalk.control('POST', `/instances/${id}/approve`)).status).toBe(409);
  });

  it('a transferred task is the new person’s alone', async () => {
    const dingtalk = await startDingTalk();
    const id = await dingtalk.create();
    const taskId = (await dingtalk.detail(id)).tasks[0]?.taskId;
    const body = {
      taskId,
      toUserId: 'user-zhao',
      operateUserId: 'user-wang',
      remark: 'please check',
    };
    const asStranger = await dingtalk.api('POST', '/v1.0/workflow/tasks/redirect', {
      ...body,
      operateUserId: 'user-zhao',
    });
    expect(asStranger.json.code).toBe('param.illegal.operator');
    expect((await dingtalk.api('POST', '/v1.0/workflow/tasks/redirect', body)).json).toEqual({
      result: true,
    });
    expect(await tasks(dingtalk, id)).toEqual(['user-wang COMPLETED REDIRECTED', 'user-zhao RUNNING NONE']);
    const again = await dingtalk.api('POST', '/v1.0/workflow/tasks/redirect', body);
    expect(again.json.code).toBe('task.status.error');
    const late = await dingtalk.control('POST', `/instances/${id}/approve`, { userId: 'user-wang' });
    expect([late.status, late.json.code]).toEqual([409, 'NOT_ALLOWED']);
  });

  it('execute takes only the right person’s open task and only agree or refuse', async () => {
    const dingtalk = await startDingTalk();
    const id = await dingtalk.create();
    const taskId = (await dingtalk.detail(id)).tasks[0]?.taskId;
    const execute = (change: object): ReturnType<DingTalk['api']> =>
      dingtalk.api('POST', '/v1.0/workflow/processInstances/execute', {
        processInstanceId: id,
        taskId,
        actionerUserId: 'user-wang',
        result: 'agree',
        ...change,
      });
    expect((await execute({ result: 'AGREE' })).json.code).toBe('invalidInstanceExecuteResult');
    expect((await execute({ actionerUserId: 'user-zhao' })).json.code).toBe(
      'aflowProcessInstCanNotBeExecuted',
    );
    expect((await execute({ actionerUserId: 'nobody' })).json.code).toBe('userNotExist');
    expect((await execute({})).json).toEqual({ result: true, success: true });
    expect((await execute({ result: 'refuse' })).json.code).toBe('aflowProcessInstStatusException');
    expect(await outcome(dingtalk, id)).toBe('COMPLETED agree');
  });

  it('of two decisions at the same moment one wins', async () => {
    const dingtalk = await startDingTalk();
    const id = await dingtalk.create();
    const answers = await Promise.all(
      ['approve', 'refuse', 'withdraw', 'approve'].map((word) =>
        dingtalk.control('POST', `/instances/${id}/${word}`),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('a comment is kept and decides nothing', async () => {
    const dingtalk = await startDingTalk();
    const id = await dingtalk.create();
    const body = { processInstanceId: id, text: 'why now?', commentUserId: 'user-zhao' };
    expect((await dingtalk.api('POST', '/v1.0/workflow/processInstances/comments', body)).json.success).toBe(
      true,
    );
    const { operationRecords } = await dingtalk.detail(id);
    expect(operationRecords[1]).toMatchObject({
      type: 'ADD_REMARK',
      userId: 'user-zhao',
      remark: 'why now?',
    });
    expect(await outcome(dingtalk, id)).toBe('RUNNING');
  });
});

describe('revoking', () => {
  it('is refused for the first 15 seconds, in words a script can tell', async () => {
    const dingtalk = await startDingTalk();
    const id = await dingtalk.create();
    dingtalk.clock.step(14_999);
    const early = await terminate(dingtalk, id);
    expect([early.status, early.json.code]).toEqual([400, 'aflowProcessInstStatusException']);
    expect(early.json.message).toContain('15 秒内不允许撤销');
    dingtalk.clock.step(1);
    expect((await terminate(dingtalk, id, { isSystem: true, remark: 'obsolete' })).json).toEqual({
      result: true,
      success: true,
    });
    expect(await outcome(dingtalk, id)).toBe('TERMINATED');
    expect(await tasks(dingtalk, id)).toEqual(['user-wang TERMINATED NONE']);
    expect((await dingtalk.detail(id)).operationRecords.at(-1)).toMatchObject({
      type: 'TERMINATE_PROCESS_INSTANCE',
      remark: 'obsolete',
    });
    const twice = await terminate(dingtalk, id);
    expect(twice.json).toMatchObject({ code: 'aflowProcessInstStatusException' });
    expect(twice.json.message).not.toContain('15');
  });

  it('an approved instance cannot be revoked, a revoked one not approved', async () => {
    const dingtalk = await startDingTalk();
    const [approved, revoked] = [await dingtalk.create(), await dingtalk.create()];
    await dingtalk.control('POST', `/instances/${approved}/approve`);
    await dingtalk.control('POST', `/instances/${revoked}/withdraw`);
    dingtalk.clock.step(20_000);
    expect((await terminate(dingtalk, approved)).json.code).toBe('aflowProcessInstStatusException');
    expect((await dingtalk.control('POST', `/instances/${revoked}/approve`)).status).toBe(409);
    expect(await outcome(dingtalk, approved)).toBe('COMPLETED agree');
    expect(await outcome(dingtalk, revoked)).toBe('TERMINATED');
  });

  it.each<[string, string, object]>([
    ['no instance id', 'invalidInstanceId', { processInstanceId: '' }],
    ['no isSystem', 'invalidInstanceTerminateIsSystem', { isSystem: undefined }],
    ['nobody as operator', 'invalidInstanceTerminateOperatingUserId', { isSystem: false }],
    ['an unknown operator', 'userNotExist', { isSystem: false, operatingUserId: 'nobody' }],
    ['somebody else’s', 'internalError', { isSystem: false, operatingUserId: 'user-wang' }],
    ['an unknown instance', 'aflowProcessInstNotExist', { processInstanceId: 'x'.repeat(36) }],
    ['a remark beyond 1024', 'invalidParameter', { remark: 'x'.repeat(1025) }],
  ])('refuses %s with %s', async (_what, code, change) => {
    const dingtalk = await startDingTalk();
    const id = await dingtalk.create();
    dingtalk.clock.step(15_000);
    const answer = await terminate(dingtalk, id, { isSystem: true, ...change });
    expect([answer.status, answer.json.code]).toEqual([400, code]);
    expect(await outcome(dingtalk, id)).toBe('RUNNING');
  });
});

describe('finding instances', () => {
  const query = (dingtalk: DingTalk, change: object = {}): ReturnType<DingTalk['api']> =>
    dingtalk.api('POST', '/v1.0/workflow/processes/instanceIds/query', {
      processCode: 'PROC-DEMO',
      startTime: dingtalk.clock.now() - 1000,
      nextToken: 0,
      maxResults: 20,
      ...change,
    });

  it('pages with a nextToken that comes as text and is missing at the end', async () => {
    const dingtalk = await startDingTalk();
    const ids = [await dingtalk.create(), await dingtalk.create(), await dingtalk.create()];
    const first = await query(dingtalk, { maxResults: 2 });
    expect(first.json).toEqual({ result: { list: ids.slice(0, 2), nextToken: '2' }, success: true });
    const last = await query(dingtalk, { maxResults: 2, nextToken: 2 });
    expect(last.json.result).toEqual({ list: ids.slice(2) });
    expect((await query(dingtalk, { nextToken: '2' })).json.code).toBe('invalidNextToken');
  });

  it('filters by originator and status', async () => {
    const dingtalk = await startDingTalk();
    const [done, open] = [await dingtalk.create(), await dingtalk.create({ originatorUserId: 'user-zhao' })];
    await dingtalk.control('POST', `/instances/${done}/refuse`);
    expect((await query(dingtalk, { statuses: ['COMPLETED'] })).json.result.list).toEqual([done]);
    expect((await query(dingtalk, { userIds: ['user-zhao'] })).json.result.list).toEqual([open]);
  });

  it.each<[string, string, (now: number) => object]>([
    ['no template', 'invalidProcessCode', () => ({ processCode: '' })],
    ['no start', 'invalidInstanceListIdsStartTime', () => ({ startTime: undefined })],
    [
      'a start 121 days ago',
      'invalidInstanceListIdsStartTime',
      (now) => ({ startTime: now - 121 * 86_400_000 }),
    ],
    ['an end before the start', 'invalidEndTime', (now) => ({ startTime: now, endTime: now - 1 })],
    [
      'a span of 121 days',
      'invalidEndTime',
      (now) => ({ startTime: now - 200 * 86_400_000, endTime: now - 79 * 86_400_000 }),
    ],
    ['more than 20 at once', 'invalidMaxResults', () => ({ maxResults: 21 })],
    ['11 originators', 'invalidUserIds', () => ({ userIds: Array.from({ length: 11 }, () => 'user-li') })],
  ])('refuses %s with %s', async (_what, code, change) => {
    const dingtalk = await startDingTalk();
    const answer = await query(dingtalk, change(dingtalk.clock.now()));
    expect([answer.status, answer.json.code]).toEqual([400, code]);
  });

  it('tells an id of no shape from one that does not exist', async () => {
    const dingtalk = await startDingTalk();
    const detail = async (id: string): Promise<unknown> =>
      (await dingtalk.api('GET', `/v1.0/workflow/processInstances?processInstanceId=${id}`)).json.code;
    expect(await detail('')).toBe('invalidParameter');
    expect(await detail('%3Cb%3E')).toBe('processInstanceIdError');
    expect(await detail('x'.repeat(36))).toBe('processInstanceNotExist');
  });
});
