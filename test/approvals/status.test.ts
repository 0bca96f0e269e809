import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, isTerminal } from '../../server/approvals/status.ts';
import type { Decision, News } from '../../server/approvals/status.ts';
import { APPROVAL_STATUSES } from '../../server/contract/stage.ts';
import { TASK_STATUSES } from '../../server/contract/task.ts';
import type { TaskStatus } from '../../server/contract/task.ts';

type Told = Pick<News, 'source' | 'status' | 'trusted'>;

const status = fc.constantFrom(...APPROVAL_STATUSES);
const news = fc.record<Told>({
  source: fc.constantFrom('callback' as const, 'sync' as const),
  status,
  trusted: fc.boolean(),
});

/** Where a task ends after a story of news; whoever is asked answers what the provider really says. */
function after(stories: readonly Told[], truth?: Told['status']): TaskStatus {
  return stories.reduce<TaskStatus>((at, each) => {
    const next = (from: TaskStatus, decision: Decision): TaskStatus =>
      decision.do === 'move' ? decision.to : from;
    const decision = decide(at, each);
    if (decision.do !== 'ask' || truth === undefined) return next(at, decision);
    return next(at, decide(at, { source: 'sync', status: truth, trusted: true }));
  }, 'pending');
}

describe('the status of a task', () => {
  it('never changes once it is decided, whatever arrives later', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TASK_STATUSES.filter(isTerminal)), news, (at, each) => {
        expect(decide(at, each).do).not.toBe('move');
      }),
    );
  });

  it('ends as the provider’s, in whatever order, however often and however late its updates arrive', () => {
    const decided = fc.constantFrom('approved' as const, 'rejected' as const, 'revoked' as const);
    fc.assert(
      fc.property(decided, fc.array(fc.boolean(), { maxLength: 6 }), fc.nat(), (truth, pending, at) => {
        const stories = pending.map((): Told => ({ source: 'callback', status: 'pending', trusted: true }));
        stories.splice(at % (stories.length + 1), 0, { source: 'callback', status: truth, trusted: true });
        expect(after([...stories, ...stories])).toBe(truth);
      }),
    );
  });

  it('becomes approved only through a sync or a default callback script', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TASK_STATUSES), news, (at, each) => {
        const decision = decide(at, each);
        if (decision.do === 'move' && decision.to === 'approved')
          expect(each.source === 'sync' || each.trusted).toBe(true);
      }),
    );
  });

  it('follows the provider, not a custom callback script that says "approved"', () => {
    fc.assert(
      fc.property(status, (truth) => {
        expect(after([{ source: 'callback', status: 'approved', trusted: false }], truth)).toBe(truth);
      }),
    );
  });

  it('is checked with the provider when a callback contradicts it, and reported to people when a sync does', () => {
    expect(decide('approved', { source: 'callback', status: 'rejected', trusted: true })).toEqual({
      do: 'ask',
      why: 'contradiction',
    });
    expect(decide('approved', { source: 'sync', status: 'revoked', trusted: true })).toEqual({ do: 'note' });
  });

  it('of a failed task whose approval is known follows the approval', () => {
    expect(decide('failed', { source: 'sync', status: 'pending', trusted: true })).toEqual({
      do: 'move',
      to: 'pending',
    });
    expect(decide('failed', { source: 'callback', status: 'rejected', trusted: true })).toEqual({
      do: 'move',
      to: 'rejected',
    });
    expect(decide('failed', { source: 'callback', status: 'pending', trusted: true })).toEqual({
      do: 'ask',
      why: 'confirm',
    });
  });
});
