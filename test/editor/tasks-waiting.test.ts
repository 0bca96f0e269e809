import { describe, expect, it } from 'vitest';
import { adviceFor, retryDoes, revokeDoes } from '../../editor/tasks/advice.ts';
import { askAgainAfter, waitingFor, waitingSince } from '../../editor/tasks/waiting.ts';
import type { TaskShown } from '../../server/contract/task.ts';

const AT = '2026-11-22T14:00:00.000Z';
const NOW = Date.parse(AT);
const OPENING: TaskShown['opening'] = { channelId: '', mappingId: '', version: 1, state: 'linked' };
const APPROVAL: NonNullable<TaskShown['approval']> = {
  ...{ channelId: '', mappingId: '', version: 1, approvalInstanceId: 'I-1', status: 'pending', title: '' },
  ...{ form: [], approvers: [], records: [], openedAt: AT },
};
const task = (more: Partial<TaskShown>): TaskShown => ({
  ...{
    taskId: 'T-1',
    taskType: 'SQL task',
    taskSubtype: null,
    status: 'pending',
    taskName: '',
    submitter: '',
  },
  ...{ submittedBy: '', createdAt: AT, updatedAt: AT, variables: {}, timeline: [] },
  ...{ approval: APPROVAL, opening: OPENING, ...more },
});
const approvers = (...statuses: string[]): NonNullable<TaskShown['approval']> => ({
  ...APPROVAL,
  approvers: statuses.map((status, index) => ({ userId: `u${String(index)}`, userName: null, status })),
});

describe('who is waited for', () => {
  it('those who have not decided, without those who passed it on', () => {
    expect(
      waitingFor(task({ approval: approvers('approved', 'transferred', 'pending', 'canceled') })),
    ).toEqual({
      ...{ for: 'people', names: ['u2'], decided: 1, all: 2 },
    });
  });
  it('nobody yet, before the provider was asked; the provider, when all have decided', () => {
    expect(waitingFor(task({}))).toEqual({ for: 'first look' });
    expect(waitingFor(task({ approval: approvers('approved') }))).toEqual({ for: 'provider' });
  });
  it('the hub itself, while it opens or searches', () => {
    const submitted = { status: 'submitted', approval: null } as const;
    expect(waitingFor(task({ ...submitted, opening: { ...OPENING, state: 'ready' } }))).toEqual({
      for: 'opening',
    });
    expect(
      waitingFor(task({ ...submitted, opening: { ...OPENING, state: 'sending', nextTryAt: AT } })),
    ).toEqual({ for: 'search', nextTryAt: AT });
  });
  it('the provider’s consent to a revoke; nobody once it is over', () => {
    expect(waitingFor(task({ revokeRequestedAt: AT }))).toEqual({ for: 'revoke', askedAt: AT });
    for (const status of ['approved', 'rejected', 'revoked', 'failed'] as const)
      expect(waitingFor(task({ status }))).toEqual({ for: 'nobody' });
  });
  it('since it became their turn', () => {
    const later = '2026-11-22T15:00:00.000Z';
    const records = [
      { userId: 'u', userName: null, action: 'transferred', comment: null, at: later },
      { userId: 'u', userName: null, action: 'commented', comment: 'hm', at: '2026-11-22T16:00:00.000Z' },
    ];
    expect(waitingSince({ records, openedAt: AT })).toBe(later);
    expect(waitingSince({ records: [], openedAt: AT })).toBe(AT);
  });
});

describe('how soon a task is asked for again', () => {
  it('is soon while things happen, and later the longer nothing does', () => {
    const [fresh, older, old] = [0, 10, 90].map((minutes) => askAgainAfter(task({}), NOW + minutes * 60_000));
    expect([fresh, older, old]).toEqual([2_000, 5_000, 15_000]);
  });
  it('ends when the task is over and the provider has told who decided', () => {
    const over = { status: 'approved', updatedAt: AT } as const;
    expect(askAgainAfter(task(over), NOW)).toBe(2_000);
    expect(askAgainAfter(task({ ...over, approval: { ...APPROVAL, syncedAt: AT } }), NOW)).toBe(false);
    expect(askAgainAfter(task({ ...over, approval: null }), NOW)).toBe(false);
    expect(askAgainAfter(task(over), NOW + 3 * 60_000)).toBe(false);
  });
});

describe('what to do', () => {
  it('is said by the code of a failure, known or not', () => {
    expect(
      ['CREATE_UNKNOWN', 'SCRIPT_TIMEOUT', 'SANDBOX_BUSY', 'INTERNAL', 'toString'].map(adviceFor),
    ).toEqual([...['CREATE_UNKNOWN', 'SCRIPT', 'passing', 'other', 'other']]);
  });
  it('a retry asks, searches or opens, as the hub does', () => {
    const unknown = { code: 'CREATE_UNKNOWN', message: 'It is not known' };
    expect(retryDoes({ approval: APPROVAL })).toBe('retryAsks');
    expect(retryDoes({ approval: { ...APPROVAL, status: null } })).toBe('retryOpens');
    expect(retryDoes({ approval: null, reason: unknown })).toBe('retryUnknown');
    expect(retryDoes({ approval: null, reason: { code: 'SCRIPT_ERROR', message: '' } })).toBe('retryOpens');
  });
  it('a revoke ends what was not sent, asks for what was, and asks again', () => {
    expect(revokeDoes({ opening: { ...OPENING, state: 'ready' } })).toBe('revokeUnsent');
    expect(revokeDoes({ opening: OPENING })).toBe('revokeSent');
    expect(revokeDoes({ opening: OPENING, revokeRequestedAt: AT })).toBe('revokeAgain');
  });
});
