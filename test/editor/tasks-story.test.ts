import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import { tellStory } from '../../editor/tasks/story.ts';
import type { StoryLine, TimelineEntry } from '../../editor/tasks/story.ts';
import { textsOf, titleOf } from '../../editor/tasks/story-words.ts';
import { resources } from '../../editor/words/index.ts';

type Given = Parameters<typeof tellStory>[0];
type Run = Parameters<typeof tellStory>[1][number];
type Records = NonNullable<Given['approval']>['records'];

const line = (at: string, what: string, detail: Record<string, unknown> = {}, by = ''): TimelineEntry => ({
  ...{ at: `2026-11-22T${at}Z`, what, by, detail },
});
const record = (noticed: string, at: string, action: string, by: string): TimelineEntry =>
  line(noticed, 'record', { action, at: `2026-11-22T${at}Z`, userId: by, comment: null }, by);
const run = (at: string, stage: Run['stage'], more: Partial<Run> = {}): Run => ({
  ...{
    id: `${stage} ${at}`,
    executionId: '',
    kind: 'live',
    stage,
    channelId: null,
    mappingId: null,
    version: 1,
  },
  ...{ taskId: 'T-1', eventId: null, runBy: 'the hub', startedAt: `2026-11-22T${at}Z`, ok: true },
  ...{ durationMs: 1, cpuMs: 1, memoryBytes: 1, ...more },
});
const tell = (timeline: TimelineEntry[], runs: Run[] = [], records: Records = []): StoryLine[] =>
  tellStory({ timeline, approval: { records } as unknown as Given['approval'] }, runs);
const inShort = (story: readonly StoryLine[]): string[] =>
  story.map((each) => ('run' in each ? `(${each.run.stage})` : each.entry.by || each.entry.what));

describe('a task’s story', () => {
  it('has the scripts that ran between what came of them, whatever order they are given in', () => {
    const story = tell(
      [line('14:02:10.000', 'submitted'), line('14:02:12.000', 'opened')],
      [run('14:02:11.000', 'create'), run('14:02:10.500', 'token'), run('14:30:00.000', 'sync')],
    );
    expect(inShort(story)).toEqual(['submitted', '(token)', '(create)', 'opened']);
  });

  it('says when a create needed no token of its own', () => {
    const [, create] = tell([line('14:02:10.000', 'submitted')], [run('14:02:11.000', 'create')]);
    expect(create).toMatchObject({ heldToken: true });
    const fetched = tell([], [run('14:02:10.000', 'token'), run('14:02:11.000', 'create')]);
    expect(fetched[1]).toMatchObject({ heldToken: false });
  });

  it('has what people did before its outcome, though the hub hears of it later and in whole minutes', () => {
    const story = tell([
      line('14:02:10.000', 'submitted'),
      line('14:02:12.000', 'opened'),
      line('14:05:31.000', 'approved', { source: 'callback' }),
      record('14:05:33.000', '14:05:00.000', 'approved', 'Wang'),
      record('14:09:33.000', '14:08:00.000', 'commented', 'Zhao'),
    ]);
    expect(inShort(story)).toEqual(['submitted', 'opened', 'Wang', 'approved', 'Zhao']);
  });

  it('keeps the provider’s order of records that were written down at one moment, and leaves out what is told already', () => {
    const at = '2026-11-22T14:05:00.000Z';
    const story = tell(
      [
        record('14:06:00.000', '14:05:00.000', 'approved', 'Chen'),
        record('14:06:00.000', '14:05:00.000', 'finished', 'Li'),
        record('14:06:00.000', '14:05:00.000', 'submitted', 'Li'),
        record('14:06:00.000', '14:05:00.000', 'approved', 'Wang'),
      ],
      [],
      ['Wang', 'Chen'].map((userId) => ({ userId, userName: null, action: 'approved', comment: null, at })),
    );
    expect(inShort(story)).toEqual(['Wang', 'Chen']);
  });

  it('tells a failed callback, and why a run failed only once', () => {
    const error = { code: 'SCRIPT_ERROR', message: 'No table' } as const;
    const story = tell(
      [line('14:02:10.000', 'submitted'), line('14:02:12.000', 'failed', error)],
      [
        run('14:02:11.000', 'create', { ok: false, error }),
        run('15:00:00.000', 'callback', { ok: false, error: { ...error, message: 'broken' } }),
      ],
    );
    expect(inShort(story)).toEqual(['submitted', '(create)', 'failed', '(callback)']);
    expect(story[1]).toMatchObject({ isTold: true });
    expect(story[3]).toMatchObject({ isTold: false });
  });
});

describe.each(['en', 'zh'] as const)('in people’s words (%s)', (language) => {
  const words = createInstance();
  void words.init({ resources, lng: language, initAsync: false, interpolation: { escapeValue: false } });
  const t = words.getFixedT(language, 'tasks');
  const title = (what: string, detail: Record<string, unknown> = {}, by = ''): string =>
    titleOf(line('14:02:10.000', what, detail, by), t, 'DingTalk');

  /** As server/approvals/timeline-store.ts has them. */
  const WHATS = [
    ...[
      'submitted',
      'opened',
      'approved',
      'rejected',
      'revoked',
      'pending',
      'failed',
      'retrying',
      'searching',
    ],
    ...['sending again', 'retried', 'revoke requested', 'revoke refused', 'revoke delayed', 'sync failed'],
    ...['record', 'alarm'],
  ];

  it.each(WHATS)('says what "%s" is', (what) => {
    const told = title(what, { action: 'approved', version: 3 }, 'Wang');
    expect(told).not.toBe('');
    expect(told).not.toBe(what);
    expect(told).not.toMatch(/\{\{|what\.|action\./);
  });

  it('shows words that it does not know as they are', () => {
    expect(title('delivered', {}, 'Li')).toBe('delivered · Li');
    expect(title('delivered')).toBe('delivered');
    expect(title('record', { action: 'waved' }, 'Li')).toContain('waved');
    expect(title('record', { action: 'constructor' }, 'Li')).toContain('constructor');
  });

  it('shows the texts of a line, each once', () => {
    const detail = { message: 'no', reason: 'no', comment: 'ok, after 22:00', other: 'x' };
    expect(textsOf(line('14:02:10.000', 'alarm', detail))).toEqual(['no', 'ok, after 22:00']);
  });
});
