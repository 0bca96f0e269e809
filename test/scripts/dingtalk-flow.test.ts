import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GivenVariables } from '../../server/contract/variables.ts';
import { serveSimulators, type ServedSimulators } from '../../server/simulator/serve.ts';
import { startScripts, type ScriptRunner, type StageInput } from './support.ts';

/** The five default stages against the strict simulator. */

let scripts: ScriptRunner;
let simulator: ServedSimulators;
let base: string;
let accessToken: string;

const TASK: GivenVariables = {
  APPROVAL_CODE: 'PROC-DEMO',
  SUBMITER_PHONE: '13800000000',
  TASK_ID: 'T-2026-1182',
  TASK_NAME: 'Add index',
  TASK_TYPE: 'SQL task',
  SQL_FULL_CONTENT: 'ALTER TABLE orders ADD INDEX i (created_at);',
  TASK_URL: 'https://platform.example/tasks/T-2026-1182',
  EST_AFFECTED_ROWS: '1200',
};

beforeAll(async () => {
  [scripts, simulator] = await Promise.all([startScripts('dingtalk'), serveSimulators({ port: 0 })]);
  base = `${simulator.url}/simulator/dingtalk`;
});

afterAll(async () => {
  scripts.close();
  await simulator.close();
});

beforeEach(async () => {
  await control('DELETE', '');
  const { result } = await scripts.run('token', base);
  accessToken = result?.accessToken ?? '';
});

async function control(method: string, path: string, body?: object): Promise<unknown> {
  const init = {
    method,
    headers: { 'content-type': 'application/json' },
    body: body ? JSON.stringify(body) : null,
  };
  const response = await fetch(`${base}/_control${path}`, init);
  const text = await response.text();
  expect(response.status, text).toBeLessThan(300);
  return text === '' ? undefined : JSON.parse(text);
}

async function open(input: StageInput = {}): Promise<string> {
  const { result, error } = await scripts.run('create', base, { accessToken, variables: TASK, ...input });
  expect(error).toBeUndefined();
  return result?.approvalInstanceId ?? '';
}

interface Instance {
  instanceId: string;
  originatorUserId: string;
  form: { name: string; value: string }[];
  tasks: { userId: string; status: string }[];
}

async function instances(): Promise<Instance[]> {
  return ((await control('GET', '/instances')) as { items: Instance[] }).items;
}

describe('the default stages', () => {
  it('open an approval whose form shows the task, in the name of the owner of SUBMITER_PHONE', async () => {
    const id = await open();
    const [instance] = await instances();
    expect(instance).toMatchObject({ instanceId: id, originatorUserId: 'user-li' });
    expect(Object.fromEntries(instance?.form.map(({ name, value }) => [name, value]) ?? [])).toMatchObject({
      'Task ID': 'T-2026-1182',
      'SQL Text': 'ALTER TABLE orders ADD INDEX i (created_at);',
      Summary: 'About 1200 rows, https://platform.example/tasks/T-2026-1182',
      Remarks: '',
    });
  });

  it('finish the appendix scripts, which only fill in the form and the credentials', async () => {
    const appendix = (stage: string): string =>
      readFileSync(new URL(`../../docs/examples/${stage}.js`, import.meta.url), 'utf8');
    const id = await open({ source: appendix('create') });
    expect((await instances())[0]).toMatchObject({ instanceId: id, form: { length: 12 } });

    // The appendix's placeholders are no app of this company: DingTalk says so, and nothing else is tried.
    const { error } = await scripts.run('token', base, { source: appendix('token') });
    expect(error).toMatchObject({ code: 'SCRIPT_ERROR', provider: { code: 'invalidClientIdOrSecret' } });
    expect(error?.message).toContain("Check reqBody's appKey and reqBody's appSecret");
    expect(error?.message).not.toContain('channel');
    expect(JSON.stringify(error)).not.toContain('In4cWXZedWR');
  });

  it('read a decided approval: status, form, what people did and when, with their names', async () => {
    const nodes = [{ actionType: 'AND', userIds: ['user-wang', 'user-zhao'] }];
    await control('POST', '/templates', {
      processCode: 'PROC-2',
      name: 'Two',
      fields: [{ name: 'Task ID' }],
      nodes,
    });
    const id = await open({
      variables: { ...TASK, APPROVAL_CODE: 'PROC-2' },
      source: 'fromField.add({ name: "Task ID", value: TASK_ID })',
    });
    await control('POST', `/instances/${id}/approve`, { userId: 'user-wang', remark: 'after 22:00' });
    await control('POST', `/instances/${id}/refuse`, { userId: 'user-zhao' });

    const { result } = await scripts.run('sync', base, { accessToken, approvalInstanceId: id });
    expect(result).toMatchObject({
      status: 'rejected',
      form: [{ name: 'Task ID', value: 'T-2026-1182' }],
      approvers: [
        { userId: 'user-wang', status: 'approved' },
        { userId: 'user-zhao', status: 'rejected' },
      ],
    });
    expect(result?.records?.map(({ userId, action, comment }) => [userId, action, comment])).toEqual(
      expect.arrayContaining([
        ['user-li', 'submitted', null],
        ['user-wang', 'approved', 'after 22:00'],
      ]),
    );
    expect(result?.approvers?.map((approver) => approver.userName)).not.toContain(null);
    // DingTalk's clock is China's with a false Z: read as it is told, the approval would be eight hours old or young.
    for (const { at } of result?.records ?? []) {
      expect(Math.abs(Date.now() - Date.parse(at ?? ''))).toBeLessThan(2 * 60_000);
    }
  });

  it('show who passed an approval on, and to whom', async () => {
    const id = await open();
    await control('POST', `/instances/${id}/redirect`, { toUserId: 'user-zhao' });
    const { result } = await scripts.run('sync', base, { accessToken, approvalInstanceId: id });
    expect(result).toMatchObject({
      status: 'pending',
      approvers: [
        { userId: 'user-wang', status: 'transferred' },
        { userId: 'user-zhao', status: 'pending' },
      ],
    });
  });

  it('revoke an approval once DingTalk allows it, and say that it must be tried again before', async () => {
    const id = await open();
    const revoke = { accessToken, approvalInstanceId: id, revokeReason: 'not needed' };
    const early = await scripts.run('revoke', base, revoke);
    expect(early.error).toMatchObject({ code: 'SCRIPT_ERROR', provider: { kind: 'tooEarly' } });
    expect(early.error?.message).toContain('only 15 s after creation: try again');

    await control('PUT', '/faults', { revokeLockMs: 0 });
    expect((await scripts.run('revoke', base, revoke)).result).toEqual({ revoked: true });
    // A second revoke finds what it wants already done.
    expect((await scripts.run('revoke', base, revoke)).result).toEqual({ revoked: true });
  });

  it('do not revoke an approval that was decided meanwhile', async () => {
    const id = await open();
    await control('PUT', '/faults', { revokeLockMs: 0 });
    await control('POST', `/instances/${id}/approve`);
    const { error } = await scripts.run('revoke', base, { accessToken, approvalInstanceId: id });
    expect(error?.message).toContain('The approval is approved already');
  });
});

describe('the create stage', () => {
  const approvers = async (spelling: string): Promise<string[]> => {
    await open({
      source: `fromField.add({ name: 'Task ID', value: TASK_ID }); reqBody.put('approvers', ${spelling});`,
    });
    return (await instances())[0]?.tasks.map((task) => task.userId) ?? [];
  };

  it.each([
    ['one person', `'user-zhao'`],
    ['a list', `['user-zhao', 'user-li']`],
    ['steps', `[{ actionType: 'OR', userIds: ['user-zhao', 'user-li'] }, { userIds: 'user-wang' }]`],
    ['a Java list', `new ArrayList(['user-zhao'])`],
    ['a Java map', `new JSONArray().fluentAdd(new JSONObject().fluentPut('userIds', ['user-zhao']))`],
  ])('takes approvers as %s', async (_words, spelling) => {
    expect(await approvers(spelling)).toContain('user-zhao');
  });

  it('sends values of every kind as the texts that DingTalk wants', async () => {
    await open({
      source: `
        fromField.add({ name: 'Task ID', value: 42 });
        fromField.add({ name: 'Task Name', value: null });
        fromField.add({ name: 'Reason', value: ['a', 'b'] });
        fromField.add({ name: 'Remarks', value: 9007199254740993n });`,
    });
    expect((await instances())[0]?.form.map(({ name, value }) => [name, value])).toEqual([
      ['Task ID', '42'],
      ['Task Name', ''],
      ['Reason', '["a","b"]'],
      ['Remarks', '9007199254740993'],
    ]);
  });

  it('opens one approval for a script that forgot to return what create() answered', async () => {
    const id = await open({
      source: `fromField.add({ name: 'Task ID', value: TASK_ID }); await dingtalk.create();`,
    });
    expect((await instances()).map((instance) => instance.instanceId)).toEqual([id]);
  });

  it('opens one approval for a script that forgot to await create()', async () => {
    const id = await open({
      source: `fromField.add(new JSONObject().fluentPut("name","Task ID").fluentPut("value",TASK_ID)); dingtalk.create()`,
    });
    expect((await instances()).map((instance) => instance.instanceId)).toEqual([id]);
  });

  it('fails as a create() failed that the script forgot to await', async () => {
    const unknown = { ...TASK, SUBMITER_PHONE: '13999999999' };
    const { error } = await scripts.run('create', base, {
      accessToken,
      variables: unknown,
      source: `fromField.add({ name: 'Task ID', value: TASK_ID }); dingtalk.create()`,
    });
    expect(error).toMatchObject({ code: 'SCRIPT_ERROR' });
    expect(error?.message).toMatch(/^Nobody is known as submitter/);
    expect(error?.alreadySent).toBeUndefined();
  });

  it.each([
    ['an empty form', '', 'add(1);'],
    ['a submitter nobody knows', 'add(1);', `reqBody.put('originatorUserId', 'user-zhao');`],
    [
      'a call too large to leave',
      'for (let i = 0; i < 20; i++) add(i, 60_000);',
      'fromField.clear(); add(1);',
    ],
  ])('takes a second create() of a script that mended %s', async (words, before, mend) => {
    const isNobody = words === 'a submitter nobody knows';
    const id = await open({
      variables: { ...TASK, SUBMITER_PHONE: isNobody ? '13999999999' : '13800000000' },
      source: `
        const add = (n, size = 1) => fromField.add({ name: n === 1 ? 'Task ID' : n, value: 'x'.repeat(size) });
        ${before}
        try { await dingtalk.create(); return null; } catch (error) { ${mend} }`,
    });
    expect((await instances()).map((instance) => instance.instanceId)).toEqual([id]);
  });

  it("falls back to the channel's default originator, and says so", async () => {
    const { result, logs } = await scripts.run('create', base, {
      accessToken,
      variables: { ...TASK, SUBMITER_PHONE: '13999999999' },
      channel: { defaultOriginator: 'user-zhao' },
    });
    expect(result).toBeDefined();
    expect((await instances())[0]?.originatorUserId).toBe('user-zhao');
    expect(logs.join('\n')).toContain('default originator submits this approval');
  });

  it('names the three ways to a submitter when there is none', async () => {
    const { error } = await scripts.run('create', base, {
      accessToken,
      variables: { ...TASK, SUBMITER_PHONE: '' },
    });
    expect(error?.message).toMatch(/SUBMITER_PHONE.*default originator.*originatorUserId/);
    expect(await instances()).toEqual([]);
  });

  it('tells which fields the template does not have, and which it wants', async () => {
    const fields = [{ name: 'Ticket', required: true }, { name: 'Reason' }];
    await control('POST', '/templates', { processCode: 'PROC-3', name: 'Three', fields });
    const { error } = await scripts.run('create', base, {
      accessToken,
      variables: { ...TASK, APPROVAL_CODE: 'PROC-3' },
      source: `fromField.add({ name: 'Task ID', value: TASK_ID }); fromField.add({ name: 'Reason', value: REASON });`,
    });
    expect(error).toMatchObject({ provider: { kind: 'refused', code: 'formConverterError' } });
    expect(error?.message).toContain('Not in the template: Task ID. It has: Ticket, Reason.');
    expect(error?.message).toContain('Required and missing: Ticket.');
  });

  it.each([
    ['an empty form', ``, 'fromField is empty'],
    ['a field without a name', `fromField.add({ value: 1 })`, 'fromField[0].name is missing'],
    [
      'a field given twice',
      `fromField.add({ name: 'A', value: 1 }); fromField.add({ name: 'A', value: 2 })`,
      'fromField[1] repeats "A", which fromField[0] has already',
    ],
    [
      'too long a value',
      `fromField.add({ name: 'A', value: 'x'.repeat(65536) })`,
      'fromField[0].value ("A") has 65536',
    ],
    ['too many fields', `for (let i = 0; i < 151; i++) fromField.add({ name: i, value: i })`, 'at most 150'],
    ['something else than a list', `fromField = { name: 'A' }`, 'must be a list of fields'],
  ])('refuses %s before it calls DingTalk', async (_words, source, words) => {
    const { error } = await scripts.run('create', base, { accessToken, variables: TASK, source });
    expect(error).toMatchObject({ code: 'SCRIPT_RESULT' });
    expect(error?.message).toContain(words);
    expect(error?.alreadySent).toBeUndefined();
  });
});

describe('single calls', () => {
  it('list every approval of a template, page by page', async () => {
    const ids = [];
    for (let i = 0; i < 23; i++) ids.push(await open());
    const since = new Date(Date.now() - 60_000).toISOString();
    const { result } = await scripts.call(base, `return dingtalk.listInstances({ startTime: '${since}' })`, {
      accessToken,
      variables: TASK,
    });
    expect(new Set(result as string[])).toEqual(new Set(ids));
  });

  it('show the controls of a template', async () => {
    const { result } = await scripts.call(base, `return dingtalk.formSchema('PROC-DEMO')`, { accessToken });
    expect(result).toMatchObject({ fields: { length: 12 } });
    expect((result as { fields: unknown[] }).fields[0]).toMatchObject({ name: 'Task ID', required: false });
  });

  it('comment on an approval', async () => {
    const id = await open();
    await scripts.call(base, `await dingtalk.comment('looks good', 'user-wang')`, {
      accessToken,
      approvalInstanceId: id,
    });
    const { result } = await scripts.run('sync', base, { accessToken, approvalInstanceId: id });
    expect(result?.records).toContainEqual(
      expect.objectContaining({ action: 'commented', comment: 'looks good' }),
    );
  });
});
