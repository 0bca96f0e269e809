import { describe, expect, it } from 'vitest';
import { attentionOf } from '../../editor/home/attention.ts';
import { firstSample, sampleTaskId, toSubmit } from '../../editor/sample/sample-task.ts';
import { progressOf } from '../../editor/tour/steps.ts';
import type { Facts } from '../../editor/tour/steps.ts';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { connection } from './channels-support.ts';
import type { Overview } from '../../server/contract/overview.ts';
import { submitTask } from '../../server/contract/task.ts';

const quiet: Overview = {
  now: '2026-11-22T12:00:00Z',
  tasks: { submitted: 0, pending: 1, approved: 0, rejected: 0, revoked: 0, failed: 0 },
  ...{ waiting: [], failingStages: [], events: [], simulators: [], demo: null },
};
const channel = (changes: Partial<ShownChannel>): ShownChannel =>
  ({
    ...{ id: 'c', name: 'Company', callbackType: 'webhook', paused: false, lastError: null },
    ...{ token: '••••ab', aesKey: '••••ab', encryptKey: '', verificationToken: '' },
    ...{ accessTokenUntil: '2026-11-22T13:00:00Z', lastCallbackAt: '2026-11-22T11:00:00Z' },
    budget: { month: '2026-11', limit: 100, used: 1, pollLimit: 50, pollLimitToday: 5, polled: 0 },
    ...changes,
  }) as ShownChannel;

/** Events come over a connection. */
const HELD = { callbackType: 'persistent', token: '', aesKey: '' } as const;

describe('what needs attention', () => {
  const kinds = (overview: Overview, ...channels: ShownChannel[]): string[] =>
    attentionOf(overview, channels).map(({ kind }) => kind);

  it('is nothing when all goes well', () => {
    expect(kinds(quiet, channel({}))).toEqual([]);
  });

  it('begins with what does not work', () => {
    const busy: Overview = {
      ...quiet,
      tasks: { ...quiet.tasks, failed: 2 },
      waiting: [
        { taskId: 'T/1', taskName: 'Index', status: 'pending', since: '2026-11-01T00:00:00Z' },
        { taskId: 'T-2', taskName: '', status: 'submitted', since: '2026-11-22T00:00:00Z' },
      ],
      events: [
        { outcome: 'waiting', count: 3 },
        { outcome: 'failed', count: 1 },
      ],
    };
    expect(kinds(busy, channel({ paused: true }))).toEqual([
      ...['tasksFailed', 'eventsFailed', 'notSent', 'undecided', 'paused'],
    ]);
    expect(attentionOf(busy, []).map(({ to }) => to)).toContain('/tasks/T%2F1');
  });

  it.each<[string, Partial<ShownChannel>, string[]]>([
    ['used four fifths', { budget: { ...channel({}).budget, used: 80 } }, ['callsNearlyUsed']],
    ['used up', { budget: { ...channel({}).budget, used: 100 } }, ['callsUsed']],
    ['no keys', { token: '', aesKey: '' }, ['noKeys']],
    ['no callback yet', { lastCallbackAt: null }, ['noCallback']],
    ['not connected', { ...HELD, connection: connection('down') }, ['notConnected']],
    ['connected, and no keys', { ...HELD, connection: connection('connected') }, []],
    [
      'connected, and no event yet',
      { ...HELD, connection: connection('connected'), lastCallbackAt: null },
      ['noEvent'],
    ],
    ['nobody has used it yet', { lastCallbackAt: null, accessTokenUntil: null }, []],
  ])('of a channel: %s', (_, changes, found) => {
    expect(kinds(quiet, channel(changes))).toEqual(found);
  });
});

describe('the tour', () => {
  const begun = { at: '2026-11-22T12:00:00Z', version: 1 };
  const fresh: Facts = { version: 1, changed: 0, testedAt: undefined, tasks: [] };
  const after = '2026-11-22T12:10:00Z';
  const before = '2026-11-22T11:00:00Z';
  const task = (taskId: string, status: 'pending' | 'approved', createdAt = after) => ({
    ...{ taskId, status, createdAt },
  });

  it.each<[string, Partial<Facts>, string | undefined]>([
    ['begins with a change', {}, 'change'],
    ['goes on when a draft differs', { changed: 1 }, 'test'],
    ['counts tests since its beginning', { changed: 1, testedAt: before }, 'test'],
    ['goes on after a test', { changed: 1, testedAt: after }, 'publish'],
    ['takes a new version for a change and a test', { version: 2 }, 'submit'],
    ['counts tasks since its beginning', { version: 2, tasks: [task('T', 'approved', before)] }, 'submit'],
    ['waits for a decision', { version: 2, tasks: [task('T', 'pending')] }, 'decide'],
    ['is over with one', { version: 2, tasks: [task('T', 'approved')] }, undefined],
  ])('%s', (_, facts, current) => {
    expect(progressOf(begun, { ...fresh, ...facts }).current).toBe(current);
  });

  it('follows the task that was decided, else the newest', () => {
    const tasks = [task('newest', 'pending'), task('decided', 'approved'), task('old', 'approved', before)];
    expect(progressOf(begun, { ...fresh, tasks }).task?.taskId).toBe('decided');
    expect(progressOf(begun, { ...fresh, tasks: tasks.slice(0, 1) }).task?.taskId).toBe('newest');
  });
});

describe('a sample task', () => {
  it('is one that the API takes, with every sample that the task does not say itself', () => {
    const sample = firstSample(
      [{ name: 'SQL task', subtypes: ['Compliant'] }],
      [
        { name: 'TASK_ID', meaning: '', sample: 'T-1' },
        { name: 'TASK_NAME', meaning: '', sample: 'Add an index' },
        { name: 'REASON', meaning: '', sample: '' },
      ],
      sampleTaskId(new Date(2026, 10, 22, 14, 15, 3), 0.31),
    );
    expect(submitTask.parse(toSubmit(sample))).toEqual({
      ...{ taskId: 'SAMPLE-1122-141503-4f', taskType: 'SQL task', taskSubtype: 'Compliant' },
      variables: { TASK_NAME: 'Add an index' },
    });
    expect(toSubmit({ ...sample, taskSubtype: ' ' })).not.toHaveProperty('taskSubtype');
  });
});
