import type { LastTest } from '../../server/contract/mapping.ts';
import { STAGES } from './stages.ts';
import type { Stage } from './stages.ts';
import type { ByStage } from './types.ts';

const MASKED = '•';

/** How far a stage can be trusted: its text passed or failed its last test, was never tested as it stands, or is the provider's own. */
export type StageState = 'passed' | 'failing' | 'untested' | 'default';

/** A test that this page ran, of a text that need not be saved. */
export interface TestedHere {
  readonly text: string;
  readonly ok: boolean;
}

/** What is known of one stage. */
export interface StageFacts {
  /** As it stands in the editor. */
  readonly text: string;
  /** The hub's draft. */
  readonly saved: { readonly source: string; readonly etag: string };
  /** The provider's default script; undefined while it is not known. */
  readonly standard: string | undefined;
  readonly lastTest: LastTest | undefined;
  readonly testedHere: TestedHere | undefined;
}

/** The state of the very text that stands in the editor: a test of another text says nothing about it. */
export function stateOf({ text, saved, standard, lastTest, testedHere }: StageFacts): StageState {
  const ok = resultOf({ text, saved, lastTest, testedHere });
  if (ok !== undefined) return ok ? 'passed' : 'failing';
  return isSame(text, standard) ? 'default' : 'untested';
}

/** Who may not edit is shown a bullet in place of each character that looks like a secret; the defaults have such in their comments. */
function isSame(shown: string, text: string | undefined): boolean {
  if (shown === text) return true;
  if (text === undefined || shown.length !== text.length || !shown.includes(MASKED)) return false;
  return shown.split('').every((char, at) => char === MASKED || char === text[at]);
}

function resultOf({ text, saved, lastTest, testedHere }: Omit<StageFacts, 'standard'>): boolean | undefined {
  if (testedHere?.text === text) return testedHere.ok;
  return lastTest !== undefined && text === saved.source && lastTest.etag === saved.etag
    ? lastTest.ok
    : undefined;
}

/** The stages that somebody should think twice about before publishing. */
export function doubtful(states: ByStage<StageState>): { untested: Stage[]; failing: Stage[] } {
  const those = (state: StageState): Stage[] => STAGES.filter((stage) => states[stage] === state);
  return { untested: those('untested'), failing: those('failing') };
}

/** What the hub takes as a version's note. */
export const NOTE_CHARACTERS = 2_000;

/**
 * A version's note with what was doubtful when it was published, for those who read it later: a line of its own at the end.
 * @param warnings in the words of the person who publishes; empty: the note as it is
 */
export function noteWith(note: string, warnings: readonly string[]): string {
  if (warnings.length === 0) return note.trim();
  const line = `⚠ ${warnings.join(' · ')}`;
  const room = NOTE_CHARACTERS - line.length - 1;
  return `${note.trim().slice(0, room)}\n${line}`.trim();
}
