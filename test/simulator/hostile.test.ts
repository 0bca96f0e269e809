import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBody, startDingTalk } from './support.ts';

const NEW_POSTS = [
  '/v1.0/oauth2/accessToken',
  '/v1.0/oauth2/x/token',
  '/v1.0/workflow/processInstances',
  '/v1.0/workflow/processInstances/terminate',
  '/v1.0/workflow/processInstances/execute',
  '/v1.0/workflow/processInstances/comments',
  '/v1.0/workflow/tasks/redirect',
  '/v1.0/workflow/processes/instanceIds/query',
  '/v1.0/workflow/processes/forecast',
  '/v1.0/workflow/forms',
];
const OLD_POSTS = [
  '/topapi/v2/user/getbymobile',
  '/topapi/v2/user/get',
  '/topapi/v2/department/listsub',
  '/topapi/user/listid',
  '/topapi/v2/department/listparentbyuser',
  '/topapi/processinstance/create',
  '/topapi/processinstance/get',
  '/topapi/processinstance/listids',
  '/topapi/process/instance/terminate',
  '/topapi/message/corpconversation/asyncsend_v2',
  '/topapi/callback/failrecord/list',
  '/call_back/register_call_back',
];
const NAMES = [
  ...Object.keys(createBody()),
  ...[
    'approvers',
    'ccList',
    'targetSelectActioners',
    'formComponents',
    'processInstanceId',
    'isSystem',
    'taskId',
    'userIds',
  ],
  ...[
    'startTime',
    'nextToken',
    'maxResults',
    'statuses',
    'name',
    'userId',
    'request',
    'req',
    'tags',
    'msg',
    'msgtype',
    'agent_id',
  ],
  ...[
    'process_code',
    'originator_user_id',
    'dept_id',
    'form_component_values',
    'approvers_v2',
    'mobile',
    'userid',
    '__proto__',
  ],
];
const GOOD = fc.constantFrom<unknown>(
  'user-li',
  'PROC-DEMO',
  -1,
  0,
  20,
  'agree',
  [],
  {},
  null,
  [null],
  [{ userIds: [null] }],
  ['user-li'],
);
const body = fc.dictionary(fc.constantFrom(...NAMES), fc.oneof(GOOD, fc.jsonValue({ maxDepth: 3 })), {
  maxKeys: 12,
});

describe('whatever is sent', () => {
  it('is answered or refused in the family’s own shape, never by a crash', async () => {
    const dingtalk = await startDingTalk();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...NEW_POSTS, ...OLD_POSTS), body, async (path, sent) => {
        const isOld = OLD_POSTS.includes(path);
        const answer = await (isOld ? dingtalk.topapi(path, sent) : dingtalk.api('POST', path, sent));
        if (isOld) expect([answer.status, typeof answer.json.errcode]).toEqual([200, 'number']);
        else if (answer.status !== 200) {
          expect([400, 401]).toContain(answer.status);
          expect(Object.keys(answer.json).sort()).toEqual(['code', 'message', 'requestid']);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('a control call is taken or refused by a problem, never by a crash', async () => {
    const dingtalk = await startDingTalk();
    const id = await dingtalk.create();
    const paths = [
      '/apps',
      '/users',
      '/templates',
      `/instances/${id}/approve`,
      '/instances/%zz/approve',
      '/instances',
    ];
    const sent = fc.dictionary(
      fc.constantFrom('userId', 'name', 'mobile', 'fields', 'nodes', 'appKey', 'remark'),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.oneof(sent, fc.jsonValue()), async (path, value) => {
        const answer = await dingtalk.control('POST', path, JSON.stringify(value));
        expect([201, 400, 404, 409]).toContain(answer.status);
        if (answer.status !== 201) expect(Object.keys(answer.json).sort()).toEqual(['code', 'message']);
      }),
      { numRuns: 200 },
    );
  });
});
