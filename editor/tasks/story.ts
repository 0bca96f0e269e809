import type { z } from 'zod';
import type { executionHead } from '../../server/contract/execution-answers.ts';
import type { TaskShown, timelineEntry } from '../../server/contract/task.ts';

export type TimelineEntry = z.infer<typeof timelineEntry>;
type Run = z.infer<typeof executionHead>;

/** How a line is marked: `done` a step behind us, `busy` under way, the others as they sound. */
export type Tone = 'done' | 'good' | 'bad' | 'warn' | 'busy' | 'note';

/** One line of a task's story: something that the hub wrote down, or a script that ran. */
export type StoryLine =
  | { readonly key: string; readonly at: string; readonly tone: Tone; readonly entry: TimelineEntry }
  | {
      readonly key: string;
      readonly at: string;
      readonly tone: Tone;
      readonly run: Run;
      /** A create run that needed no token stage of its own: the channel held a token already. */
      readonly heldToken: boolean;
      /** A line of the timeline says why it failed. */
      readonly isTold: boolean;
    };

const TONES: Readonly<Record<string, Tone>> = {
  submitted: 'done',
  opened: 'done',
  pending: 'done',
  approved: 'good',
  rejected: 'bad',
  revoked: 'note',
  failed: 'bad',
  retrying: 'warn',
  searching: 'warn',
  'sending again': 'warn',
  retried: 'done',
  'revoke requested': 'note',
  'revoke refused': 'warn',
  'revoke delayed': 'warn',
  'sync failed': 'warn',
  alarm: 'bad',
};

/** Everybody's acts at the provider are told by their own kind. */
const RECORD_TONES: Readonly<Record<string, Tone>> = { approved: 'good', rejected: 'bad' };

const OUTCOMES: readonly string[] = ['approved', 'rejected', 'revoked'];
/** Stages whose runs are steps of the story. The others' are told by what they brought. */
const STEPS: readonly string[] = ['token', 'create', 'revoke'];

/** A text that a timeline's detail has; '' when there is none. */
export function detailText({ detail }: Pick<TimelineEntry, 'detail'>, name: string): string {
  const value = detail[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** When it happened: what people did at the provider, the provider says; the hub hears of it later. */
const momentOf = (entry: TimelineEntry): string =>
  (entry.what === 'record' && detailText(entry, 'at')) || entry.at;

type ApprovalRecord = NonNullable<TaskShown['approval']>['records'][number];

/** What the hub's own lines tell already: that the approval was opened, and that it is over. */
const TOLD_OTHERWISE: readonly string[] = ['submitted', 'finished'];

const isToldOtherwise = (entry: TimelineEntry): boolean =>
  entry.what === 'record' && TOLD_OTHERWISE.includes(detailText(entry, 'action'));

/** Lines that were written down at the same moment, those of records in the records' order. */
function inRecordOrder(
  timeline: readonly TimelineEntry[],
  records: readonly ApprovalRecord[],
): TimelineEntry[] {
  const placeOf = (entry: TimelineEntry): number =>
    entry.what !== 'record'
      ? -1
      : records.findIndex(
          ({ action, userId, comment, at }) =>
            action === detailText(entry, 'action') &&
            (userId ?? '') === detailText(entry, 'userId') &&
            (comment ?? '') === detailText(entry, 'comment') &&
            (at ?? '') === detailText(entry, 'at'),
        );
  return timeline.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || placeOf(a) - placeOf(b));
}

/**
 * Puts what people did before the outcome that came of it: the hub hears of the outcome first, by a callback, and asks for the rest then.
 * The provider may tell whole minutes only, so that sorting by time would not do.
 */
function inOrder(timeline: readonly TimelineEntry[]): TimelineEntry[] {
  const ordered: TimelineEntry[] = [];
  for (const entry of timeline) {
    const moment = Date.parse(momentOf(entry));
    const start = ordered.findLastIndex(({ what }) => what === 'opened' || what === 'retried') + 1;
    const outcome = ordered.findIndex(
      ({ what, at }, index) => index >= start && OUTCOMES.includes(what) && moment <= Date.parse(at),
    );
    if (entry.what === 'record' && outcome !== -1) ordered.splice(outcome, 0, entry);
    else ordered.push(entry);
  }
  return ordered;
}

function toneOf(entry: TimelineEntry): Tone {
  if (entry.what === 'record') return RECORD_TONES[detailText(entry, 'action')] ?? 'note';
  return TONES[entry.what] ?? 'note';
}

/**
 * A task's story, oldest first: the timeline with the runs of scripts in between.
 * @param runs of this task, in any order
 */
export function tellStory(
  { timeline, approval }: Pick<TaskShown, 'timeline' | 'approval'>,
  runs: readonly Run[],
): StoryLine[] {
  const lines = inOrder(inRecordOrder(timeline, approval?.records ?? [])).filter(
    (line) => !isToldOtherwise(line),
  );
  const story: StoryLine[] = lines.map((entry, index) => ({
    ...{ key: `line ${String(index)}`, at: momentOf(entry), tone: toneOf(entry), entry },
  }));
  const steps = runs
    .filter(({ stage, ok }) => STEPS.includes(stage) || (stage === 'callback' && !ok))
    .toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
  let isTokenFetched = false;
  for (const run of steps) {
    if (run.stage === 'token' && run.ok) isTokenFetched = true;
    const line: StoryLine = {
      ...{ key: run.id, at: run.startedAt, tone: run.ok ? 'done' : 'warn', run },
      heldToken: run.stage === 'create' && !isTokenFetched,
      isTold: lines.some(
        (entry) => run.error !== undefined && detailText(entry, 'message') === run.error.message,
      ),
    };
    // Runs are written down with their beginning, lines when something came of them.
    const next = story.findIndex(
      (each) =>
        'entry' in each &&
        Date.parse(each.entry.at) > Date.parse(run.startedAt) &&
        each.entry.what !== 'record',
    );
    story.splice(next === -1 ? story.length : next, 0, line);
  }
  return story;
}
