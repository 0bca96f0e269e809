import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CREATE, DETAIL, MOBILE, createOnly, page, refused, useAnswers } from './answers.ts';
import type { Reply } from './replies.ts';

/** What DingTalk answers in trouble, and what the scripts make of it. */

const { scripts, answering, silence } = useAnswers();

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
      await silence();
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
