import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { countedCalls } from '../../server/channels/budget.ts';
import { askProvider } from '../../server/executions/ask.ts';
import type { Answered } from '../../server/executions/ask.ts';
import { loadProvider } from '../../server/providers/provider.ts';
import type { Question } from '../../server/providers/provider.ts';
import { Sandbox } from '../../server/sandbox/pool.ts';
import { serveSimulators } from '../../server/simulator/serve.ts';
import { DEMO_CHANNEL } from '../support/channel.ts';
import { startDingTalk, steppedClock } from '../simulator/support.ts';
import { serveReplies } from './replies.ts';
import type { Replies, Reply } from './replies.ts';

/** What the hub itself asks DingTalk: against the simulator, and against answers that only a DingTalk in trouble gives. */

const provider = loadProvider('dingtalk');
let sandbox: Sandbox;
let simulator: Awaited<ReturnType<typeof serveSimulators>>;
let base: string;
let token: string;

beforeAll(async () => {
  simulator = await serveSimulators({ port: 0 });
  base = `${simulator.url}/simulator/dingtalk`;
  sandbox = await Sandbox.start({ clients: { dingtalk: provider.client }, children: 1, spares: 0 });
});
afterAll(async () => {
  sandbox.close();
  await simulator.close();
});

interface Answer {
  accessToken: string;
  instanceId: string;
}

async function post(path: string, body: unknown, method = 'POST'): Promise<Answer> {
  const headers = { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': token };
  const response = await fetch(base + path, { method, headers, body: JSON.stringify(body) });
  const text = await response.text();
  return (text === '' ? {} : JSON.parse(text)) as Answer;
}

beforeEach(async () => {
  await fetch(`${base}/_control`, { method: 'DELETE' });
  const { appId: appKey, appSecret } = DEMO_CHANNEL;
  token = (await post('/v1.0/oauth2/accessToken', { appKey, appSecret })).accessToken;
});

const FORM = [
  { name: 'Task ID', value: 'T-1' },
  { name: 'Reason', value: 'line one\nline two, 中文' },
  { name: 'Remarks', value: '' },
];

async function open(formComponentValues: object[] = FORM, originatorUserId = 'user-li'): Promise<string> {
  const body = { originatorUserId, processCode: 'PROC-DEMO', deptId: -1, formComponentValues };
  return (await post('/v1.0/workflow/processInstances', body)).instanceId;
}

function ask(
  question: Question,
  input: object,
  { apiBaseUrl = base, accessToken = token, defaultOriginator = '' } = {},
): Promise<Answered> {
  const channel = { ...DEMO_CHANNEL, apiBaseUrl, defaultOriginator };
  return askProvider(sandbox, {
    provider,
    channel,
    accessToken,
    question,
    input,
    ownOrigins: [],
    key: 'test',
  });
}

/** A server that answers as told. */
async function troubled(table: Readonly<Record<string, readonly Reply[]>>): Promise<Replies> {
  const replies = await serveReplies(table);
  onTestFinished(() => replies.close());
  return replies;
}

const LIST = 'POST /v1.0/workflow/processes/instanceIds/query';
const DETAIL = 'GET /v1.0/workflow/processInstances';

/** By clocks that agree, unless `age` says otherwise. */
const sought = ({
  from = Date.now(),
  ...more
}: { from?: number } & Record<string, unknown> = {}): object => ({
  ...{ definitionId: 'PROC-DEMO', originator: 'user-li', form: FORM },
  ...{ from, to: from + 5000, age: Date.now() - from, exclude: [] },
  ...more,
});

describe('find', () => {
  it('finds the one approval with exactly this form, among others of the same person', async () => {
    await open(FORM.with(0, { name: 'Task ID', value: 'T-2' }));
    const id = await open();
    await open(FORM, 'user-wang');
    const { value } = await ask('find', sought());
    expect(value).toMatchObject({ candidates: [{ approvalInstanceId: id }], looked: 2, complete: true });
  });

  it('takes an empty field for a missing one, both ways', async () => {
    const id = await open(FORM.slice(0, 2));
    expect((await ask('find', sought())).value).toMatchObject({ candidates: [{ approvalInstanceId: id }] });
    const filled = await open([...FORM.slice(0, 2), { name: 'Remarks', value: 'x' }]);
    const { value } = await ask('find', sought({ exclude: [id] }));
    expect(value).toMatchObject({ candidates: [], lookedAt: [filled], complete: true });
  });

  it('tells of every twin', async () => {
    const ids = [await open(), await open()];
    const { candidates } = (await ask('find', sought())).value as {
      candidates: { approvalInstanceId: string }[];
    };
    expect(candidates.map((each) => each.approvalInstanceId).sort()).toEqual([...ids].sort());
  });

  it('does not look at what is accounted for, nor at what was opened before', async () => {
    const id = await open();
    expect((await ask('find', sought({ exclude: [id] }))).value).toMatchObject({
      candidates: [],
      looked: 0,
      complete: true,
    });
    const later = Date.now() + 20 * 60_000;
    expect((await ask('find', sought({ from: later, to: later }))).value).toMatchObject({
      candidates: [],
      looked: 0,
    });
  });

  it("finds what is minutes older than the intent by DingTalk's clock", async () => {
    const id = await open();
    const from = Date.now() + 10 * 60_000;
    const { value } = await ask('find', sought({ from, to: from + 5000 }));
    expect(value).toMatchObject({ candidates: [{ approvalInstanceId: id }], complete: true });
  });

  it('finds it by the time that DingTalk tells, when that is hours from ours, either way', async () => {
    for (const hours of [-9, 9]) {
      const far = await startDingTalk({ clock: steppedClock(Date.now() + hours * 3_600_000) });
      const id = await far.create({ formComponentValues: FORM });
      const { appId: appKey, appSecret } = DEMO_CHANNEL;
      const { json } = await far.call('POST', '/v1.0/oauth2/accessToken', { appKey, appSecret });
      const at = { apiBaseUrl: far.base, accessToken: json.accessToken };
      const { value, execution } = await ask('find', sought(), at);
      expect(value).toMatchObject({ candidates: [{ approvalInstanceId: id }], complete: true });
      // Two lists, for the first answer tells the time, and one look.
      expect(execution.http).toHaveLength(3);
    }
  });

  it('asks again when DingTalk refuses a time that lies ahead of its own', async () => {
    const refusal = { status: 400, body: { code: 'invalidParameter', message: 'startTime', requestid: 'R' } };
    const { url, seen } = await troubled({ [LIST]: [refusal, { result: { list: [] } }] });
    const from = Date.now() + 7_200_000;
    const { value } = await ask('find', sought({ from, age: 0 }), { apiBaseUrl: url });
    expect(value).toMatchObject({ candidates: [], complete: true });
    const [first, second] = seen.map(({ body }) => (body as { startTime: number }).startTime);
    expect(second).toBeCloseTo((first ?? 0) - 7_200_000, -4);
  });

  it('goes on where it had to stop, through more approvals than one run may look at', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 45; n += 1) ids.push(await open(FORM.with(0, { name: 'Task ID', value: `T-x${n}` })));
    const wanted = await open();
    const exclude: string[] = [];
    const found: unknown[] = [];
    let page = 0;
    for (let complete = false; !complete;) {
      const { value, execution } = await ask('find', sought({ exclude, page }));
      expect(execution.http.length).toBeLessThanOrEqual(16);
      const part = value as { candidates: unknown[]; lookedAt: string[]; complete: boolean; page: number };
      ({ complete, page } = part);
      exclude.push(...part.lookedAt);
      found.push(...part.candidates);
    }
    expect(found).toMatchObject([{ approvalInstanceId: wanted }]);
    expect(new Set(exclude)).toEqual(new Set([...ids, wanted]));
  });

  it('is not fooled by a page, an empty answer or a detail without a form into thinking that nothing is there', async () => {
    for (const answer of ['<html></html>', {}, { success: true }, { result: {} }] as const) {
      const { url } = await troubled({ [LIST]: [{ status: 200, body: answer }] });
      const { value, execution } = await ask('find', sought(), { apiBaseUrl: url });
      expect(value).toBeUndefined();
      expect(execution.error).toBeDefined();
    }
    const listed = { result: { list: ['p-1'], nextToken: '' }, success: 'true' };
    for (const detail of ['oops', { result: { status: 'RUNNING' }, success: true }]) {
      const { url } = await troubled({ [LIST]: [listed], [DETAIL]: [{ status: 200, body: detail }] });
      expect((await ask('find', sought(), { apiBaseUrl: url })).value).toBeUndefined();
    }
  });

  it('takes what DingTalk may have written in another way for near, and other texts for another approval', async () => {
    const form = [
      { name: 'Task ID', value: 'T-1\r\n' },
      { name: 'Rows', value: '1.0' },
      { name: 'People', value: '["a", "b"]' },
    ];
    const detail = (taskId: string, rows: string): object => ({
      result: {
        formComponentValues: [
          { name: 'Task ID', value: taskId, componentType: 'TextField' },
          { name: 'Rows', value: rows, componentType: 'NumberField' },
          { name: 'People', value: '["a","b"]', componentType: 'InnerContactField' },
        ],
      },
    });
    const { url } = await troubled({
      [LIST]: [{ result: { list: ['p-1', 'p-2', 'p-3'] }, success: true }],
      [DETAIL]: [detail('T-1', '1.0'), detail('T-1', '1'), detail('T-2', '1.0')],
    });
    const { value } = await ask('find', sought({ form }), { apiBaseUrl: url });
    expect(value).toMatchObject({
      candidates: [{ approvalInstanceId: 'p-1' }],
      near: [{ approvalInstanceId: 'p-2', differs: ['Rows'] }],
      looked: 3,
    });
  });

  it('keeps what it saw when DingTalk becomes too busy to show more', async () => {
    const busy = {
      status: 403,
      body: { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', message: 'slow' },
    };
    const detail = { result: { formComponentValues: [] }, success: true };
    const { url } = await troubled({
      [LIST]: [{ result: { list: ['p-1', 'p-2', 'p-3'] }, success: true }],
      [DETAIL]: [detail, busy],
    });
    const { value } = await ask('find', sought(), { apiBaseUrl: url });
    expect(value).toMatchObject({ candidates: [], lookedAt: ['p-1'], complete: false });
  });

  it('passes by an approval that was deleted after it was listed', async () => {
    const { url } = await troubled({
      [LIST]: [{ result: { list: ['p-1'] }, success: true }],
      [DETAIL]: [{ status: 400, body: { code: 'processInstanceNotExist', message: 'gone' } }],
    });
    const { value } = await ask('find', sought(), { apiBaseUrl: url });
    expect(value).toMatchObject({ candidates: [], lookedAt: ['p-1'], complete: true });
  });

  it('counts its calls against the quota', async () => {
    await open();
    const { execution } = await ask('find', sought());
    expect(countedCalls(provider, execution)).toBe(2);
  });
});

describe('probe', () => {
  it('knows what stands and what does not', async () => {
    const id = await open();
    expect((await ask('probe', { approvalInstanceId: id })).value).toEqual({
      exists: true,
      status: 'RUNNING',
    });
    expect((await ask('probe', { approvalInstanceId: 'nobody-knows' })).value).toEqual({ exists: false });
  });

  it.each([
    ['a stale token', 400, { code: 'InvalidAuthentication', message: 'stale' }, 'token'],
    [
      'no permission',
      403,
      { code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied', message: 'no' },
      'permission',
    ],
    ['a broken server', 500, { code: 'systemError', message: 'oops' }, 'unclear'],
    ['another refusal', 400, { code: 'invalidParameter', message: 'no' }, 'refused'],
  ])('takes %s for no answer', async (_name, status, body, kind) => {
    const { url } = await troubled({ [DETAIL]: [{ status, body }] });
    const { value, execution } = await ask('probe', { approvalInstanceId: 'p-1' }, { apiBaseUrl: url });
    expect(value).toBeUndefined();
    expect(execution.error).toMatchObject({ stage: 'probe', provider: { kind } });
  });
});

describe('form', () => {
  it("tells the fields of the company's form", async () => {
    await post('/_control/templates', {
      processCode: 'PROC-2',
      name: 'Two',
      fields: [
        { name: 'Why', required: true, componentType: 'TextareaField' },
        { name: 'Where', componentType: 'DDSelectField', options: ['PROD', 'TEST'] },
      ],
    });
    expect((await ask('form', { definitionId: 'PROC-2' })).value).toEqual({
      fields: [
        { name: 'Why', type: 'TextareaField', required: true },
        { name: 'Where', type: 'DDSelectField', required: false, options: ['PROD', 'TEST'] },
      ],
    });
  });

  it("fails in DingTalk's own words for a form that is not there", async () => {
    const { value, execution } = await ask('form', { definitionId: 'PROC-NONE' });
    expect(value).toBeUndefined();
    expect(execution.error?.message).toContain('已被删除');
  });
});

describe('permissions', () => {
  const checksOf = async (
    options: Parameters<typeof ask>[2],
  ): Promise<Map<string, { ok: boolean; detail: string }>> => {
    const { value } = await ask('permissions', {}, options);
    const { checks } = value as { checks: { name: string; ok: boolean; detail: string }[] };
    return new Map(checks.map(({ name, ok, detail }) => [name, { ok, detail }]));
  };

  it('are all there at the simulator, and nothing was changed by looking', async () => {
    const checks = await checksOf({ defaultOriginator: 'user-li' });
    expect([...checks].filter(([, { ok }]) => !ok)).toEqual([]);
    expect([...checks.keys()]).toContain('default originator');
    const { items } = (await (await fetch(`${base}/_control/instances`)).json()) as { items: unknown[] };
    expect(items).toEqual([]);
  });

  it('name an originator whom DingTalk does not know', async () => {
    const checks = await checksOf({ defaultOriginator: 'user-left' });
    expect(checks.get('default originator')).toEqual({
      ok: false,
      detail: expect.stringContaining('user-left') as string,
    });
    expect(checks.get('permission qyapi_get_member')?.ok).toBe(true);
  });

  it('that are missing are named with what to apply for, others are not blamed', async () => {
    const { url } = await troubled({
      'POST /v1.0/workflow/processes/forecast': [
        {
          status: 403,
          body: { code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied', message: '没有权限' },
        },
      ],
      'POST /topapi/v2/user/getbymobile': [
        { errcode: 88, sub_code: '60011', sub_msg: 'no', errmsg: 'ding talk error' },
      ],
      'POST /topapi/v2/user/get': [{ errcode: 60121, errmsg: '找不到该用户' }],
      [DETAIL]: [{ status: 400, body: { code: 'processInstanceNotExist', message: '不存在' } }],
      'GET /v1.0/workflow/processes/userVisibilities/templates': [{ status: 500, body: 'oops' }],
    });
    const checks = await checksOf({ apiBaseUrl: url });
    expect(checks.get('permission Workflow.Instance.Write')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('apply for Workflow.Instance.Write') as string,
    });
    expect(checks.get('permission qyapi_get_member_by_mobile')).toMatchObject({ ok: false });
    expect(checks.get('permission qyapi_get_member')).toMatchObject({ ok: true });
    expect(checks.get('permission Workflow.Instance.Read')).toMatchObject({ ok: true });
    expect(checks.get('permission Workflow.Form.Read')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('could not be seen') as string,
    });
  });
});

it('a question cannot change anything, whatever its script tries', async () => {
  const questions = {
    ...provider.questions,
    probe: "await dingtalk.api('POST', '/v1.0/workflow/processInstances', { body: {} }); return {};",
  };
  const channel = { ...DEMO_CHANNEL, apiBaseUrl: base };
  const asked = {
    channel,
    accessToken: token,
    question: 'probe',
    input: {},
    ownOrigins: [],
    key: 'test',
  } as const;
  const { execution } = await askProvider(sandbox, { ...asked, provider: { ...provider, questions } });
  expect(execution.error?.code).toBe('HTTP_ERROR');
  expect(execution.error?.alreadySent).toBeUndefined();
});

it('secrets do not show in what is kept of a question', async () => {
  const { execution } = await ask('probe', { approvalInstanceId: 'x' });
  expect(JSON.stringify(execution)).not.toContain(token);
});
