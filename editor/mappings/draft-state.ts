import type { Diagnostic } from '../../server/contract/mapping.ts';
import type { HubDraft, SavedDraft } from './types.ts';

/** One stage's text on this page, and how it stands to the hub's. */
export interface DraftState {
  /** As it stands in the editor. */
  readonly text: string;
  /** The hub's text that this one began from. */
  readonly base: HubDraft;
  /** The hub's text now, when somebody saved another one meanwhile: the two must be merged. */
  readonly theirs?: HubDraft | undefined;
  /** What is on its way to the hub. */
  readonly sending?: string | undefined;
  /** Why the last save did not work. */
  readonly trouble?: Error | undefined;
  /** The hub's remarks on `base`; undefined: it was not asked yet. */
  readonly diagnostics?: readonly Diagnostic[] | undefined;
  /** When the text was typed, if it was brought back from an earlier visit. */
  readonly broughtBack?: string | undefined;
  /** The text that was given up for theirs, until something else is typed. */
  readonly setAside?: string | undefined;
  /** False: this browser would not keep the text. */
  readonly isKept: boolean;
}

/** Whether the hub does not have the text. */
export const isUnsaved = ({ text, base }: DraftState): boolean => text !== base.source;

/** A stage as the hub has it, before anything was typed. */
export const fromHub = (base: HubDraft): DraftState => ({ text: base.source, base, isKept: true });

/** After a keystroke. */
export const typed = (state: DraftState, text: string): DraftState =>
  text === state.text ? state : { ...state, text, setAside: undefined };

/**
 * After the hub told what it has. What is older than what is known is late news. A text without changes follows the hub's; a changed
 * one must be merged with it.
 */
export function heard(state: DraftState, hub: HubDraft): DraftState {
  const { base, theirs, sending, text } = state;
  const known = theirs ?? base;
  if (hub.etag === known.etag || Date.parse(hub.updatedAt) < Date.parse(known.updatedAt)) return state;
  // Our own save, seen before its answer came.
  if (hub.source === text || hub.source === sending) return stands(state, hub);
  if (!isUnsaved(state)) return { ...stands(state, hub), text: hub.source };
  return { ...state, theirs: hub };
}

const stands = (state: DraftState, hub: HubDraft): DraftState => ({
  ...state,
  ...{ base: hub, theirs: undefined, trouble: undefined, diagnostics: undefined, broughtBack: undefined },
});

/** A save begins. */
export const sends = (state: DraftState): DraftState => ({
  ...state,
  sending: state.text,
  trouble: undefined,
});

/** The hub has what was sent; what was typed meanwhile is still to be saved. */
export const saved = (state: DraftState, { diagnostics, ...hub }: SavedDraft): DraftState => ({
  ...stands(state, hub),
  ...{ sending: undefined, diagnostics },
});

/** Somebody else had saved. A text that nobody changed here follows theirs. */
export const refused = (state: DraftState, theirs: HubDraft): DraftState =>
  heard({ ...state, sending: undefined }, theirs);

/** The save did not work. */
export const failed = (state: DraftState, trouble: Error): DraftState => ({
  ...state,
  ...{ sending: undefined, trouble },
});

/** The person has decided what becomes of both texts. The save that follows is over theirs, and over nothing newer. */
export const merged = (state: DraftState, text: string): DraftState =>
  state.theirs === undefined
    ? typed(state, text)
    : {
        ...stands(state, state.theirs),
        text,
        setAside: text === state.theirs.source ? state.text : undefined,
      };

/** The person takes the hub's text after all. */
export const gaveUp = (state: DraftState): DraftState => ({
  ...state,
  ...{ text: state.base.source, setAside: state.text, broughtBack: undefined, trouble: undefined },
});

/** A text of an earlier visit is back. @param kept with the hub's text it began from */
export function broughtBack(
  state: DraftState,
  kept: { readonly text: string; readonly base: HubDraft; readonly at: string },
): DraftState {
  if (kept.text === state.base.source) return state;
  const back = { ...state, text: kept.text, broughtBack: kept.at };
  return kept.base.etag === state.base.etag ? back : { ...back, base: kept.base, theirs: state.base };
}
