import { unansweredCall } from './recording-text.ts';
import type { Round } from './run-round.ts';

export const TABS = ['input', 'result', 'console', 'http', 'history'] as const;
/** A part of the panel below its buttons. */
export type Tab = (typeof TABS)[number];

/**
 * Where to look when a round is over: at the console when a script failed, at the result unless something else of the run is being read.
 * @param before what was looked at while it ran
 * @param step the step that is shown
 */
export function tabAfter(before: Tab, { steps, isLive }: Round, step: number): Tab {
  const { run, state } = steps[step] ?? {};
  // What a recording lacks can be added at the result.
  if (run?.error !== undefined)
    return !isLive && unansweredCall(run.http) !== undefined ? 'result' : 'console';
  if (state !== 'passed') return 'result';
  return before === 'console' || before === 'http' ? before : 'result';
}
