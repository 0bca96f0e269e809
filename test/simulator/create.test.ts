import { describe, expect, it } from 'vitest';
import { anyText, createBody, startDingTalk, textLike } from './support.ts';

const CREATE = '/v1.0/workflow/processInstances';

const TEMPLATE = {
  processCode: 'PROC-STRICT',
  name: 'Release',
  fields: [
    { name: 'Title', required: true },
    { name: 'Level', componentType: 'DDSelectField', options: ['low', 'high'] },
    { name: 'Tags', componentType: 'DDMultiSelectField', options: ['a', 'b'] },
    { name: 'Rows', componentType: 'NumberField' },
    { name: 'Day', componentType: 'DDDateField' },
    { name: '["from","to"]', componentType: 'DDDateRangeField' },
    { name: 'Owner', componentType: 'InnerContactField' },
    { name: 'Hint', componentType: 'TextNote' },
  ],
};

const form = (
  ...controls: readonly (readonly [name: unknown, value: unknown])[]
): Record<string, unknown> => ({
  processCode: 'PROC-STRICT',
  formComponentValues: [['Title', 'x'] as const, ...controls].map(([name, value]) => ({ name, value })),
});
const approvers = (...nodes: unknown[]): Record<string, unknown> => ({ approvers: nodes });
const BOTH = ['user-wang', 'user-zhao'];

describe('creating an instance', () => {
  it('answers the bare id, shaped as today: 22 characters, 4 digits, epoch seconds', async () => {
    const dingtalk = await startDingTalk();
    const id = await dingtalk.create();
    expect(id).toMatch(/^[\w-]{22}\d{4}\d{10}$/);
    expect(Number(id.slice(-10))).toBe(dingtalk.clock.now() / 1000);
  });

  it('shows the filled form, the approver and China time under a false Z in the detail', async () => {
    const dingtalk = await startDingTalk(); // 02:00 UTC
    const id = await dingtalk.create();
    const answer = await dingtalk.api('GET', `${CREATE}?processInstanceId=${id}`);
    expect(answer.json.success).toBe(true);
    expect(answer.json.result).toMatchObject({
      title: 'Li Lei submitted Platform task',
      createTime: '2026-11-22T10:00Z',
      businessId: textLike(/^202611221000\d{9}$/),
      originatorUserId: 'user-li',
      originatorDeptId: '-1',
      status: 'RUNNING',
      result: '',
      formComponentValues: [{ name: 'Task ID', value: 'T-1', componentType: 'TextField' }],
      operationRecords: [
        { type: 'START_PROCESS_INSTANCE', userId: 'user-li', result: 'NONE', date: '2026-11-22T10:00Z' },
      ],
      tasks: [{ userId: 'user-wang', status: 'RUNNING', result: 'NONE' }],
    });
    expect(answer.json.result).not.toHaveProperty('finishTime');
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['no originator', 'invalidParameter', { originatorUserId: undefined }],
    ['an unknown originator', 'processInstanceInvalidParameter', { originatorUserId: 'nobody' }],
    ['an unknown template', 'processCodeError', { processCode: 'PROC-NONE' }],
    ['no deptId and no approvers', 'processInstanceInvalidParameter', { deptId: undefined }],
    ['the address book root as deptId', 'processInstanceInvalidParameter', { deptId: 1 }],
    ['a department the originator is not in', 'processInstanceInvalidParameter', { deptId: 77 }],
    ['deptId as text', 'invalidParameter', { deptId: '-1' }],
    ['no form', 'illegalComponent', { formComponentValues: undefined }],
    ['a number as value', 'illegalComponent', form(['Rows', 5])],
    ['a control without name', 'illegalComponent', form(['', 'x'])],
    ['a value beyond 65535', 'illegalComponent', form(['Level', 'x'.repeat(65_536)])],
    [
      '151 controls',
      'illegalComponent',
      { formComponentValues: Array.from({ length: 151 }, () => ({ name: 'Title', value: 'x' })) },
    ],
    ['a control the form has not', 'formConverterError', form(['Colour', 'red'])],
    ['a control given twice', 'formConverterError', form(['Title', 'y'])],
    [
      'a required control left empty',
      'formConverterError',
      { ...form(), formComponentValues: [{ name: 'Title', value: '' }] },
    ],
    ['a choice that is no option', 'formConverterError', form(['Level', 'medium'])],
    ['several choices not as JSON', 'formConverterError', form(['Tags', 'a,b'])],
    ['words as a number', 'formConverterError', form(['Rows', 'many'])],
    ['a date in another form', 'formConverterError', form(['Day', '22/11/2026'])],
    ['a range of one date', 'formConverterError', form(['["from","to"]', '["2026-11-22"]'])],
    ['a contact who does not exist', 'formConverterError', form(['Owner', '["nobody"]'])],
    ['a note', 'formConverterError', form(['Hint', 'x'])],
    [
      'AND for one',
      'processInstanceInvalidParameter',
      approvers({ actionType: 'AND', userIds: ['user-wang'] }),
    ],
    ['NONE for two', 'processInstanceInvalidParameter', approvers({ actionType: 'NONE', userIds: BOTH })],
    [
      'an action of no kind',
      'processInstanceInvalidParameter',
      approvers({ actionType: 'ANY', userIds: BOTH }),
    ],
    ['an unknown approver', 'processInstanceInvalidParameter', approvers({ userIds: ['nobody'] })],
    [
      '21 nodes',
      'processInstanceInvalidParameter',
      approvers(...Array.from({ length: 21 }, () => ({ userIds: ['user-wang'] }))),
    ],
    [
      'an unknown copy receiver',
      'processInstanceInvalidParameter',
      { ...approvers({ userIds: ['user-wang'] }), ccList: ['nobody'] },
    ],
    ['a paid feature', 'benefitStatusInvalid', { bizDetailPageUrl: 'https://platform.example/1' }],
    ['an agent id in words', 'invalidAgentId', { microappAgentId: 'mine' }],
  ])('refuses %s with %s', async (_what, code, change) => {
    const dingtalk = await startDingTalk();
    await dingtalk.control('POST', '/templates', TEMPLATE);
    const answer = await dingtalk.api('POST', CREATE, { ...createBody(), ...change });
    expect(answer.json).toEqual({ code, requestid: anyText, message: anyText });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-acs-request-id')).toBe(answer.json.requestid);
    expect((await dingtalk.control('GET', '/instances')).json.items).toEqual([]);
  });

  it('names the control that fails', async () => {
    const dingtalk = await startDingTalk();
    await dingtalk.control('POST', '/templates', TEMPLATE);
    const answer = await dingtalk.api('POST', CREATE, { ...createBody(), ...form(['Level', 'medium']) });
    expect(answer.json.message).toContain('失败控件：Level');
  });

  it('takes every kind of value in the form DingTalk wants it', async () => {
    const dingtalk = await startDingTalk();
    await dingtalk.control('POST', '/templates', TEMPLATE);
    const filled = form(
      ['Level', 'high'],
      ['Tags', '["a"]'],
      ['Rows', '-1.5'],
      ['Day', '2026-11-22 10:00'],
      ['["from","to"]', '["2026-11-22","2026-11-23"]'],
      ['Owner', '["user-zhao"]'],
    );
    expect((await dingtalk.detail(await dingtalk.create(filled))).formComponentValues).toHaveLength(7);
  });

  it('ignores ccList unless approvers are sent, and deptId when they are', async () => {
    const dingtalk = await startDingTalk();
    const plain = await dingtalk.create({ ccList: ['nobody at all'] });
    expect((await dingtalk.detail(plain)).ccUserIds).toEqual([]);
    const own = await dingtalk.create({
      deptId: 999,
      approvers: [{ actionType: 'NONE', userIds: ['user-zhao'] }],
      ccList: ['user-wang'],
      ccPosition: 'START',
    });
    const detail = await dingtalk.detail(own);
    expect(detail).toMatchObject({ ccUserIds: ['user-wang'], approverUserIds: ['user-zhao'] });
    expect(detail.operationRecords).toContainEqual(
      expect.objectContaining({ type: 'PROCESS_CC', ccUserIds: ['user-wang'] }),
    );
  });

  it('asks for the approver the initiator must pick, under the key that forecast tells', async () => {
    const dingtalk = await startDingTalk();
    const nodes = [{ actionType: 'NONE', userIds: [] }];
    await dingtalk.control('POST', '/templates', {
      processCode: 'PROC-PICK',
      name: 'Pick',
      fields: [{ name: 'Title' }],
      nodes,
    });
    const body = { processCode: 'PROC-PICK', formComponentValues: [] };
    const forecast = await dingtalk.api('POST', '/v1.0/workflow/processes/forecast', {
      ...body,
      userId: 'user-li',
      deptId: -1,
    });
    const [rule] = forecast.json.result.workflowActivityRules;
    expect(rule).toMatchObject({ activityType: 'target_select', isTargetSelect: true });

    const missing = await dingtalk.api('POST', CREATE, { ...createBody(), ...body });
    expect(missing.json.code).toBe('targetSelectApproverMissing');
    const pick = { actionerKey: rule.workflowActor.actorKey, actionerUserIds: ['user-zhao'] };
    const id = await dingtalk.create({ ...body, targetSelectActioners: [pick] });
    expect((await dingtalk.detail(id)).tasks).toMatchObject([{ userId: 'user-zhao', status: 'RUNNING' }]);
  });
});

describe('a template', () => {
  it('shows its controls as DingTalk does', async () => {
    const dingtalk = await startDingTalk();
    await dingtalk.control('POST', '/templates', TEMPLATE);
    const schema = await dingtalk.api(
      'GET',
      '/v1.0/workflow/forms/schemas/processCodes?processCode=PROC-STRICT',
    );
    expect(schema.json.result).toMatchObject({
      formCode: 'PROC-STRICT',
      name: 'Release',
      status: 'PUBLISHED',
    });
    expect(schema.json.result.schemaContent.items.slice(0, 2)).toEqual([
      {
        componentName: 'TextField',
        props: { id: textLike(/^TextField-/), label: 'Title', required: true },
      },
      {
        componentName: 'DDSelectField',
        props: {
          id: anyText,
          label: 'Level',
          required: false,
          options: ['low', 'high'],
          objOptions: [{ value: 'low' }, { value: 'high' }],
        },
      },
    ]);
    const unknown = await dingtalk.api(
      'GET',
      '/v1.0/workflow/forms/schemas/processCodes?processCode=PROC-NONE',
    );
    expect([unknown.status, unknown.json.code]).toEqual([400, 'aflowProcessCodeIsError']);
  });

  it('can be made by API, once under its name, and found by it', async () => {
    const dingtalk = await startDingTalk();
    const body = {
      name: 'SQL',
      formComponents: [{ componentType: 'TextareaField', props: { label: 'SQL', required: true } }],
    };
    const made = await dingtalk.api('POST', '/v1.0/workflow/forms', body);
    expect(made.json.result.processCode).toMatch(/^PROC-/);
    expect((await dingtalk.api('POST', '/v1.0/workflow/forms', body)).json.code).toBe('formName.error');
    const found = await dingtalk.api(
      'GET',
      '/v1.0/workflow/processCentres/schemaNames/processCodes?name=SQL',
    );
    expect(found.json.result.processCode).toBe(made.json.result.processCode);
    const visible = '/v1.0/workflow/processes/userVisibilities/templates?nextToken=0&maxResults=1';
    const page = await dingtalk.api('GET', visible);
    expect(page.json.result).toMatchObject({ processList: [{ processCode: 'PROC-DEMO' }], nextToken: 1 });
  });
});
