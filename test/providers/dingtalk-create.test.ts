import { describe, expect, it } from 'vitest';
import { protocol } from '../../server/providers/dingtalk/protocol.ts';
import { loadProviders } from '../../server/providers/load.ts';

const NEW = 'https://api.dingtalk.com/v1.0/workflow/processInstances';
const OLD = 'http://127.0.0.1:8790/simulator/dingtalk/topapi/processinstance/create?access_token=t';
const readCreateCall: typeof protocol.readCreateCall = (call) => protocol.readCreateCall(call);
const readCreateAnswer: typeof protocol.readCreateAnswer = (answer) => protocol.readCreateAnswer(answer);

describe('what a create call carries', () => {
  const form = [
    { name: 'Task ID', value: 'T-1' },
    { name: 'Remarks', value: '' },
  ];
  const read = { definitionId: 'PROC-1', originator: 'user-li', form };
  const values = { processCode: 'PROC-1', originatorUserId: 'user-li', formComponentValues: form };
  const oldValues = { process_code: 'PROC-1', originator_user_id: 'user-li', dept_id: -1 };

  it('is read in the new family, whatever else is in it', () => {
    const body = JSON.stringify({
      ...values,
      deptId: -1,
      formComponentValues: form.map((field) => ({ ...field, id: 'x' })),
    });
    expect(readCreateCall({ url: NEW, body })).toEqual(read);
  });

  it('is read in the old family, as JSON and as a form', () => {
    const json = JSON.stringify({ ...oldValues, form_component_values: form });
    expect(readCreateCall({ url: OLD, body: json })).toEqual(read);
    const encoded = new URLSearchParams({
      process_code: 'PROC-1',
      originator_user_id: 'user-li',
      form_component_values: JSON.stringify(form),
    });
    expect(readCreateCall({ url: OLD, body: encoded.toString() })).toEqual(read);
  });

  it.each([
    ['nothing', null],
    ['a page', '<html>'],
    ['a list', '[]'],
    ['no originator', JSON.stringify({ ...values, originatorUserId: undefined })],
    ['no form', JSON.stringify({ ...values, formComponentValues: [] })],
    [
      'a value that is no text',
      JSON.stringify({ ...values, formComponentValues: [{ name: 'n', value: 5 }] }),
    ],
    ['a field that is none', JSON.stringify({ ...values, formComponentValues: [null] })],
  ])('is unknown when the body has %s', (_name, body) => {
    expect(readCreateCall({ url: NEW, body })).toBeNull();
  });
});

describe("DingTalk's answer to a create call", () => {
  const stands = { instanceId: 'kNpmUavZQwSHP_ZJvVdL7g07561689326476' };
  const refused = (kind: string, code: string, message = 'words'): unknown => ({
    refused: { kind, code, message },
  });
  const said = (code: string): string => JSON.stringify({ code, requestid: 'r', message: 'words' });
  const old = (errcode: unknown, more: object = {}): string =>
    JSON.stringify({ errcode, errmsg: 'words', ...more });

  it.each([
    ['an id', NEW, 200, JSON.stringify(stands), stands],
    ['an old id', OLD, 200, old(0, { process_instance_id: stands.instanceId }), stands],
    [
      'an old id with its code as text, as in the samples',
      OLD,
      200,
      old('0', { process_instance_id: stands.instanceId }),
      stands,
    ],
  ])('%s: it stands', (_name, url, status, body, answer) => {
    expect(readCreateAnswer({ url, status, body })).toEqual(answer);
  });

  it.each([
    ['a stale token', NEW, 400, said('InvalidAuthentication'), refused('token', 'InvalidAuthentication')],
    [
      'too many a second',
      NEW,
      403,
      said('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'),
      refused('throttled', 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'),
    ],
    [
      "the month's calls used up",
      NEW,
      403,
      said('Forbidden.AccessDenied.ApiCountLimitForOrg'),
      refused('quota', 'Forbidden.AccessDenied.ApiCountLimitForOrg'),
    ],
    [
      'no permission',
      NEW,
      403,
      said('Forbidden.AccessDenied.AccessTokenPermissionDenied'),
      refused('permission', 'Forbidden.AccessDenied.AccessTokenPermissionDenied'),
    ],
    [
      'a form it does not take',
      NEW,
      400,
      said('formConverterError'),
      refused('refused', 'formConverterError'),
    ],
    ['an old stale token', OLD, 200, old(40014), refused('token', '40014')],
    ['an old form it does not take', OLD, 200, old(820001), refused('refused', '820001')],
    [
      'an old refusal in its wrapping',
      OLD,
      200,
      old(88, { sub_code: '60011', sub_msg: 'no right' }),
      refused('permission', '60011', 'no right'),
    ],
    [
      'an old refusal within the text',
      OLD,
      200,
      JSON.stringify({ errcode: 88, errmsg: 'ding talk error[subcode=90018,submsg=slow down]' }),
      refused('throttled', '90018', 'slow down'),
    ],
  ])('%s: nothing stands', (_name, url, status, body, answer) => {
    expect(readCreateAnswer({ url, status, body })).toEqual(answer);
  });

  it('of a blocked address: nothing was looked at', () => {
    const body = '{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"u"}';
    for (const answer of [
      { status: 200, body },
      { status: 403, body: '<html><script src="//x/punish.js"></html>' },
    ])
      expect(readCreateAnswer({ url: NEW, ...answer })).toMatchObject({ refused: { kind: 'throttled' } });
  });

  it.each([
    ['a page with 200', NEW, 200, '<!DOCTYPE html><h1>Bad Gateway</h1>'],
    ['nothing with 200', NEW, 200, ''],
    ['200 without an id', NEW, 200, '{"success":true}'],
    ['200 with an id that is none', NEW, 200, '{"instanceId":""}'],
    ['an error of the server', NEW, 500, said('systemError')],
    ['a refusal by a broken server', NEW, 502, said('formConverterError')],
    ['a fault of its own as 400', NEW, 400, said('sysErrror')],
    ['a start that failed', NEW, 400, said('processInstanceStartFailed')],
    ['a code that nobody knows to be a refusal', NEW, 400, said('ServiceTimeout')],
    ['400 without a code', NEW, 400, '{"message":"bad"}'],
    ['old and busy', OLD, 200, old(-1)],
    ['old and wrapped without a cause', OLD, 200, old(88)],
    ['old and unknown', OLD, 200, old(15)],
    ['old and done, without an id', OLD, 200, old(0)],
    ['old, without an errcode', OLD, 200, '{"process_instance_id":"p"}'],
  ])('%s: it may stand', (_name, url, status, body) => {
    expect(readCreateAnswer({ url, status, body })).toBe('unclear');
  });
});

it('every provider with scripts has a protocol', async () => {
  const providers = await loadProviders();
  expect([...providers.keys()]).toEqual(['dingtalk']);
  expect(providers.get('dingtalk')?.protocol).toBe(protocol);
});
