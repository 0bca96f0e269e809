import type { TaskStatus } from '../../server/contract/task.ts';

/** The tour's steps, in their order. */
export const STEPS = ['change', 'test', 'publish', 'submit', 'decide'] as const;
export type Step = (typeof STEPS)[number];

/** What a tour keeps between visits: where it began. */
export interface Begun {
  /** By the hub's clock: what is older was no part of the tour. */
  readonly at: string;
  /** The demo mapping's version then. */
  readonly version: number;
}

/** What the API says, as far as the tour is about it. */
export interface Facts {
  /** The demo mapping's version now; null: none. */
  readonly version: number | null;
  /** How many stages of its draft differ from that. */
  readonly changed: number;
  /** When a test of its create stage went well last; undefined: never. */
  readonly testedAt: string | undefined;
  /** The newest tasks. */
  readonly tasks: readonly TourTask[];
}

export interface TourTask {
  readonly taskId: string;
  readonly status: TaskStatus;
  readonly createdAt: string;
}

/** Where a task stands, on the pages as in the API. */
export const pathOf = ({ taskId }: TourTask): string => `/tasks/${encodeURIComponent(taskId)}`;

/** How far a tour has come. */
export interface Progress {
  readonly done: ReadonlySet<Step>;
  /** The first step that is not done; undefined: all are. */
  readonly current: Step | undefined;
  /** The task that was submitted on the way: a decided one if there is one, else the newest. */
  readonly task: TourTask | undefined;
}

const DECIDED: readonly TaskStatus[] = ['approved', 'rejected', 'revoked'];

/** Judges by what is so, not by what was clicked: whoever does a step elsewhere has done it. */
export function progressOf(begun: Begun, { version, changed, testedAt, tasks }: Facts): Progress {
  const isPublished = version !== null && version > begun.version;
  const since = tasks.filter(({ createdAt }) => Date.parse(createdAt) >= Date.parse(begun.at));
  const decided = since.find(({ status }) => DECIDED.includes(status));
  const isDone: Readonly<Record<Step, boolean>> = {
    // What was published was changed, and whoever publishes need not go back to test.
    change: changed > 0 || isPublished,
    test: isPublished || (testedAt !== undefined && Date.parse(testedAt) >= Date.parse(begun.at)),
    publish: isPublished,
    submit: since.length > 0,
    decide: decided !== undefined,
  };
  const done = new Set(STEPS.filter((step) => isDone[step]));
  return { done, current: STEPS.find((step) => !done.has(step)), task: decided ?? since[0] };
}
