import { describe, expect, it } from 'vitest';
import { reasonWords } from '../../editor/events/reason-words.ts';
import { whyNotReplayable } from '../../editor/events/replayable.ts';
import { NEVER_KNOWN } from '../../server/events/process.ts';

describe('why an event has its outcome', () => {
  it('is known in the hub’s words', () => {
    expect(reasonWords(NEVER_KNOWN)).toEqual({ key: 'neverKnown' });
    expect(reasonWords('says approved, which moved nothing')).toEqual({
      key: 'movedNothing',
      status: 'approved',
    });
    expect(reasonWords('replayed by Li Lei')).toEqual({ key: 'replayed', by: 'Li Lei' });
  });
  it('is left as it is where it is not', () => {
    for (const reason of ['SCRIPT_ERROR: broken', 'says maybe, which moved nothing', 'constructor'])
      expect(reasonWords(reason)).toBeUndefined();
  });
});

describe('an event', () => {
  const event = { outcome: 'failed', approvalInstanceId: 'I-1', taskId: 'T-1' } as const;
  it('can be replayed when it is of a task’s approval', () => {
    expect(whyNotReplayable(event)).toBeUndefined();
    expect(whyNotReplayable({ outcome: 'waiting', approvalInstanceId: 'I-1' })).toBeUndefined();
  });
  it('cannot otherwise, and says why', () => {
    expect(whyNotReplayable({ ...event, outcome: 'foreign' })).toBe('noReplayForeign');
    expect(whyNotReplayable({ outcome: 'unchanged' })).toBe('noReplayNoApproval');
    expect(whyNotReplayable({ outcome: 'unchanged', approvalInstanceId: 'I-1' })).toBe('noReplayOfTest');
  });
});
