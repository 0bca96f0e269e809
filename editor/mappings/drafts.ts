import { ApiError } from '../api/api-error.ts';
import type { DraftKeep } from './draft-keep.ts';
import {
  broughtBack,
  failed,
  fromHub,
  gaveUp,
  heard,
  isUnsaved,
  merged,
  refused,
  saved,
  sends,
  typed,
} from './draft-state.ts';
import type { DraftState } from './draft-state.ts';
import { byStage, STAGES } from './stages.ts';
import type { Stage } from './stages.ts';
import type { ByStage, HubDraft, SavedDraft } from './types.ts';

/** The browser has a text this long after a keystroke, at the latest. */
export const KEEP_MS = 250;
/** A text goes to the hub when nothing was typed for so long. Each save stands in the audit record: seconds, not keystrokes. */
export const PAUSE_MS = 4_000;
/** A save that did not work for a passing reason is tried again after this. */
export const AGAIN_MS = 5_000;

/** What the drafts of a page need of the world. */
export interface DraftsDeps {
  /** Saves a stage over the text with that etag, and no other. @throws ApiError */
  readonly put: (stage: Stage, source: string, etag: string) => Promise<SavedDraft>;
  readonly keep: DraftKeep;
  /** False: who looks may not change anything, so that nothing is saved. */
  readonly mayEdit: boolean;
  /** Told after each save. */
  readonly onSaved?: (stage: Stage) => void;
}

/** The five texts of a mapping on one page, and their way to the hub. */
export interface Drafts {
  readonly all: () => ByStage<DraftState>;
  readonly subscribe: (listener: () => void) => () => void;
  /** A keystroke. */
  readonly type: (stage: Stage, text: string) => void;
  /** Saves now. Of a text without changes it asks for the hub's remarks. @returns whether the hub has the text */
  readonly save: (stage: Stage) => Promise<boolean>;
  /** Saves every stage that needs it. @returns whether the hub has all five */
  readonly saveAll: () => Promise<boolean>;
  /** What the hub has now. */
  readonly hear: (drafts: ByStage<HubDraft>) => void;
  /** What becomes of a text that somebody else's stands against; saves it. */
  readonly settle: (stage: Stage, text: string) => void;
  /** Takes the hub's text; the one that was typed stays within reach (`setAside`). */
  readonly giveUp: (stage: Stage) => void;
  /** Gives what is typed to the browser's storage at once: the page may be about to go. */
  readonly flush: () => void;
  /** Sends what is not saved on its way; after `close`, again. */
  readonly open: () => void;
  /** Flushes, and ends all timers. */
  readonly close: () => void;
}

type Timer = ReturnType<typeof setTimeout>;

/** Makes the drafts of a page. What an earlier visit left unsaved is brought back. */
export function createDrafts({ put, keep, mayEdit, onSaved }: DraftsDeps, hub: ByStage<HubDraft>): Drafts {
  let states: ByStage<DraftState> = byStage((stage) => {
    const state = fromHub(hub[stage]);
    const kept = mayEdit ? keep.take(stage) : undefined;
    return kept === undefined ? state : broughtBack(state, kept);
  });
  const listeners = new Set<() => void>();
  const keeping = new Map<Stage, Timer>();
  const saving = new Map<Stage, Timer>();
  const running = new Map<Stage, Promise<boolean>>();
  let isOpen = false;

  function set(stage: Stage, next: DraftState): void {
    if (next === states[stage]) return;
    states = { ...states, [stage]: next };
    for (const listener of listeners) listener();
  }

  /** The browser keeps what the hub does not have, and nothing else. */
  function keepNow(stage: Stage): void {
    clearTimeout(keeping.get(stage));
    keeping.delete(stage);
    const state = states[stage];
    const { text, base } = state;
    if (!isUnsaved(state)) {
      keep.drop(stage);
      set(stage, state.isKept ? state : { ...state, isKept: true });
      return;
    }
    const isKept = keep.write(stage, { text, base, at: new Date().toISOString() });
    if (isKept !== state.isKept) set(stage, { ...state, isKept });
  }

  function saveAfter(stage: Stage, ms: number): void {
    clearTimeout(saving.get(stage));
    if (isOpen && mayEdit)
      saving.set(
        stage,
        setTimeout(() => void save(stage), ms),
      );
  }

  function save(stage: Stage): Promise<boolean> {
    clearTimeout(saving.get(stage));
    const before = running.get(stage) ?? Promise.resolve(true);
    const run = before.then(() => saveOnce(stage));
    running.set(stage, run);
    return run;
  }

  async function saveOnce(stage: Stage): Promise<boolean> {
    const state = states[stage];
    if (!mayEdit || state.theirs !== undefined) return !isUnsaved(state);
    if (!isUnsaved(state) && state.diagnostics !== undefined) return true;
    const wasUnsaved = isUnsaved(state);
    set(stage, sends(state));
    try {
      set(stage, saved(states[stage], await put(stage, state.text, state.base.etag)));
      if (wasUnsaved) onSaved?.(stage);
    } catch (error) {
      set(stage, afterFailure(states[stage], error));
      // The remarks on a saved text can wait: nothing of the person's is at stake.
      if (!isUnsaved(states[stage])) set(stage, { ...states[stage], trouble: undefined });
      if (isPassing(error) && isUnsaved(states[stage])) saveAfter(stage, AGAIN_MS);
    }
    keepNow(stage);
    return !isUnsaved(states[stage]);
  }

  return {
    all: () => states,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    type(stage, text) {
      const next = typed(states[stage], text);
      if (next === states[stage] || !mayEdit) return;
      set(stage, next);
      if (!keeping.has(stage))
        keeping.set(
          stage,
          setTimeout(() => keepNow(stage), KEEP_MS),
        );
      if (isUnsaved(next)) saveAfter(stage, PAUSE_MS);
      else clearTimeout(saving.get(stage));
    },
    save,
    async saveAll() {
      const done = await Promise.all(STAGES.filter((stage) => isUnsaved(states[stage])).map(save));
      return done.every(Boolean);
    },
    hear(drafts) {
      for (const stage of STAGES) set(stage, heard(states[stage], drafts[stage]));
    },
    settle(stage, text) {
      set(stage, merged(states[stage], text));
      keepNow(stage);
      void save(stage);
    },
    giveUp(stage) {
      clearTimeout(saving.get(stage));
      set(stage, gaveUp(states[stage]));
      keepNow(stage);
    },
    flush() {
      for (const stage of keeping.keys()) keepNow(stage);
    },
    open() {
      isOpen = true;
      for (const stage of STAGES) if (isUnsaved(states[stage])) saveAfter(stage, PAUSE_MS);
    },
    close() {
      isOpen = false;
      for (const stage of keeping.keys()) keepNow(stage);
      for (const timer of saving.values()) clearTimeout(timer);
    },
  };
}

function afterFailure(state: DraftState, error: unknown): DraftState {
  const theirs = theirsOf(error);
  if (theirs !== undefined) return refused(state, theirs);
  return failed(state, error instanceof Error ? error : new Error(String(error)));
}

/** The hub's text that a refused save tells of; undefined when that was not the reason. */
function theirsOf(error: unknown): HubDraft | undefined {
  if (!(error instanceof ApiError) || error.code !== 'EDIT_CONFLICT') return undefined;
  const { source, etag, updatedAt, updatedBy } = error.body as HubDraft;
  return { source, etag, updatedAt, updatedBy };
}

/** What waiting, or signing in again, may mend. */
const isPassing = (error: unknown): boolean =>
  !(error instanceof ApiError) || error.status === 0 || error.status === 401 || error.status >= 500;
