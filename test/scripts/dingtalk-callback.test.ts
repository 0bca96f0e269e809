import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadProvider } from '../../server/providers/provider.ts';
import { eventTypeOf } from '../../server/providers/read-event.ts';
import { startScripts, type ScriptRunner } from './support.ts';

/** The callback stage makes no call, so there is no server here. */

let scripts: ScriptRunner;
beforeAll(async () => {
  scripts = await startScripts('dingtalk');
});
afterAll(() => {
  scripts.close();
});

/** The documented envelope (protocols/dingtalk.md §8). */
const documented = {
  EventType: 'bpms_instance_change',
  EventTime: 1760000600123,
  CorpId: 'dingcorpexample01',
  eventId: '0f3c',
  processInstanceId: 'AbCdEf221760000000',
  processCode: 'PROC-EXAMPLE-1',
  title: 'Li submitted SQL release',
  staffId: 'user-li',
  createTime: 1760000000000,
  finishTime: 1760000600000,
};
/** The one of captured pushes: no EventTime, no eventId, corpId in lower case. */
const captured = {
  EventType: 'bpms_instance_change',
  corpId: 'dingcorpexample01',
  processInstanceId: 'AbCdEf221760000000',
  createTime: 1760000000000,
};

async function read(event: object, source?: string, eventType = 'bpms_instance_change'): Promise<unknown> {
  const input = { event, eventType, ...(source === undefined ? {} : { source }) };
  const { result, error } = await scripts.run('callback', '', input);
  expect(error).toBeUndefined();
  return result;
}

describe.each([
  ['the default script', undefined],
  ['an empty script', ''],
])('an event read by %s', (_words, source) => {
  it.each([
    [{ type: 'start' }, 'pending'],
    [{ type: 'finish', result: 'agree' }, 'approved'],
    [{ type: 'finish', result: 'refuse' }, 'rejected'],
    [{ type: 'terminate' }, 'revoked'],
  ])('%o is %s, in both envelopes', async (told, status) => {
    for (const envelope of [documented, captured]) {
      expect(await read({ ...envelope, ...told }, source)).toMatchObject({
        approvalInstanceId: 'AbCdEf221760000000',
        status,
      });
    }
  });

  it.each([
    [
      'somebody agreed, the approval goes on',
      'bpms_task_change',
      { type: 'finish', result: 'agree', taskId: 1 },
    ],
    ['somebody passed it on', 'bpms_task_change', { type: 'finish', result: 'redirect', taskId: 1 }],
    ['an employee joined', 'user_add_org', { userId: ['u1'] }],
    ['a kind of change that does not exist yet', 'bpms_instance_change', { type: 'delete' }],
    ['a finish without a decision', 'bpms_instance_change', { type: 'finish' }],
    ['a type that is a name of every object', 'bpms_instance_change', { type: 'constructor' }],
  ])('changes nothing when %s', async (_what, EventType, told) => {
    expect(await read({ ...documented, EventType, ...told }, source, EventType)).toBeNull();
  });

  it('carries the time of the decision', async () => {
    const event = { ...documented, type: 'finish', result: 'agree' };
    expect(await read(event, source)).toMatchObject({ at: new Date(1760000600000).toISOString() });
  });
});

it('an event without its kind in it is read by eventType, as a persistent connection brings it', async () => {
  const { processInstanceId } = documented;
  expect(await read({ processInstanceId, type: 'terminate' }, '')).toMatchObject({ status: 'revoked' });
});

describe('the sample events of the test panel', () => {
  const { events, event: keys } = loadProvider('dingtalk');

  it.each([
    ['Approval started', 'pending'],
    ['Approval finished: agreed', 'approved'],
    ['Approval finished: refused', 'rejected'],
    ['Approval revoked', 'revoked'],
    ['One approver is asked', null],
    ['One approver agreed', null],
    ['One approver handed it over', null],
    ['A person joined the company', null],
  ])('%s is %s', async (label, status) => {
    const { payload = {} } = events.find((each) => each.label.en === label) ?? {};
    const about = status === null ? null : { approvalInstanceId: '{approvalInstanceId}', status };
    const type = eventTypeOf({ event: keys }, payload);
    expect(type).not.toBe('');
    const result = await read({ ...payload, EventTime: 1760000600123, finishTime: 1760000600000 }, '', type);
    expect(result).toEqual(about === null ? null : expect.objectContaining(about));
    expect(events).toHaveLength(8);
  });
});
