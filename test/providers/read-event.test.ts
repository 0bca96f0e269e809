import { describe, expect, it } from 'vitest';
import { loadProvider } from '../../server/providers/provider.ts';
import { corpIdOf, definitionIdOf, eventKeyOf, instanceIdOf } from '../../server/providers/read-event.ts';

const provider = loadProvider('dingtalk');
const key = (event: Record<string, unknown>): string => eventKeyOf(provider, event);

const FINISH = {
  ...{
    EventType: 'bpms_instance_change',
    processInstanceId: 'p-1',
    processCode: 'PROC-1',
    title: 'Li submitted',
  },
  ...{ type: 'finish', result: 'agree', staffId: 'user-li', createTime: 1, finishTime: 1760000600000 },
};
const documented = {
  ...FINISH,
  EventTime: 1760000600123,
  CorpId: 'dingcorp',
  BizId: '1760000600',
  eventId: '0f3c',
};
const captured = { ...FINISH, corpId: 'dingcorp' };

describe('what an event is about', () => {
  it('is read in either envelope', () => {
    for (const event of [documented, captured]) {
      expect(instanceIdOf(provider, event)).toBe('p-1');
      expect(definitionIdOf(provider, event)).toBe('PROC-1');
      expect(corpIdOf(provider, event)).toBe('dingcorp');
    }
  });

  it('is nothing in an event that does not say, or says nonsense', () => {
    for (const processInstanceId of [undefined, null, '', {}, ['p-1'], 'x'.repeat(201)])
      expect(instanceIdOf(provider, { processInstanceId })).toBe('');
    expect(instanceIdOf(provider, Object.create({ processInstanceId: 'inherited' }) as object)).toBe('');
  });
});

describe('an event is known again', () => {
  it("by the provider's own id for it, whatever else changed", () => {
    expect(key(documented)).toBe('id:0f3c');
    expect(key({ ...documented, EventTime: 2, title: 'other' })).toBe('id:0f3c');
  });

  it('without an id by the fields that tell it apart, whatever their order, type and spelling', () => {
    const again = {
      corpId: 'other',
      ...Object.fromEntries(Object.entries(captured).reverse()),
      url: 'https://x',
    };
    expect(key(again)).toBe(key(captured));
    expect(key({ ...captured, finishTime: String(captured.finishTime) })).toBe(key(captured));
    const joined = { EventType: 'user_add_org', TimeStamp: 43535463645, UserId: ['user1'], CorpId: 'c' };
    expect(key({ EventType: 'user_add_org', timeStamp: '43535463645', userId: ['user1'] })).toBe(key(joined));
  });

  it('and taken for no other one', () => {
    const task = {
      EventType: 'bpms_task_change',
      processInstanceId: 'p-1',
      taskId: 7,
      type: 'start',
      staffId: 'user-wang',
    };
    const events = [
      ...[captured, { ...captured, processInstanceId: 'p-2' }, { ...captured, result: 'refuse' }],
      ...[{ ...captured, type: 'start', result: undefined, finishTime: undefined }, documented],
      ...[
        task,
        { ...task, taskId: 8 },
        { ...task, staffId: 'user-zhao' },
        { ...task, type: 'comment', content: 'a' },
      ],
      ...[
        { ...task, type: 'comment', content: 'b' },
        { EventType: 'user_add_org', userId: ['user1'] },
      ],
      ...[
        { EventType: 'user_add_org', userId: ['user2'] },
        { EventType: 'x', CorpId: 'a' },
        { EventType: 'x', CorpId: 'b' },
        {},
      ],
      // Fields are hashed with their names: no value can pass for its neighbour's.
      ...[
        { EventType: 'e', type: 'a', result: 'b' },
        { EventType: 'e', type: 'ab' },
        { EventType: 'e', result: 'ab' },
      ],
      ...[
        { ...captured, eventId: 'x'.repeat(201) + 'long' },
        { ...captured, eventId: 'with blank' },
      ],
    ];
    // The one with an overlong id counts as one without: it is the first of the list.
    expect(new Set(events.map(key)).size).toBe(events.length - 1);
  });
});
