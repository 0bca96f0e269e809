import { STAGES } from './stages.ts';
import type { Stage } from './stages.ts';
import type { HubDraft } from './types.ts';

/** A text that the hub does not have yet, as this browser keeps it. */
export interface KeptText {
  readonly text: string;
  /** The hub's text that it began from. */
  readonly base: HubDraft;
  /** When it was typed. */
  readonly at: string;
}

/** Where one page keeps the unsaved texts of one mapping. */
export interface DraftKeep {
  /** @returns false when the browser does not take it */
  write(stage: Stage, kept: KeptText): boolean;
  drop(stage: Stage): void;
  /** What an earlier visit left: this page's own before its reload, else the newest of a page that is no more. */
  take(stage: Stage): KeptText | undefined;
}

const PREFIX = 'countersign.draft';

/**
 * Keeps texts in the browser's storage. Each page (tab) has a place of its own, so that two pages with different texts of one stage
 * do not overwrite each other.
 * @param page this page's id, which a reload does not change
 * @param others the ids of the other pages that are open now: theirs is left alone
 */
export function createDraftKeep(
  storage: Storage,
  { mappingId, page, others }: { mappingId: string; page: string; others: ReadonlySet<string> },
): DraftKeep {
  const keyOf = (stage: Stage, id: string): string => [PREFIX, mappingId, stage, id].join('.');
  const read = (key: string): KeptText | undefined => {
    try {
      const kept: unknown = JSON.parse(storage.getItem(key) ?? 'null');
      return isKept(kept) ? kept : undefined;
    } catch {
      // Not ours, or cut off: there is nothing in it that could be brought back.
      return undefined;
    }
  };
  const write = (stage: Stage, kept: KeptText): boolean => {
    try {
      storage.setItem(keyOf(stage, page), JSON.stringify(kept));
      return true;
    } catch {
      // Switched off or full; who calls says so to the person.
      return false;
    }
  };
  const keysOf = (stage: Stage): string[] => {
    const beginning = keyOf(stage, '');
    return Object.keys(storage).filter((key) => key.startsWith(beginning));
  };
  return {
    write,
    drop: (stage) => storage.removeItem(keyOf(stage, page)),
    take(stage) {
      const own = read(keyOf(stage, page));
      if (own !== undefined) return own;
      const left = keysOf(stage)
        .filter((key) => !others.has(key.slice(keyOf(stage, '').length)))
        .flatMap((key) => {
          const kept = read(key);
          return kept === undefined ? [] : [{ key, kept }];
        })
        .sort((a, b) => b.kept.at.localeCompare(a.kept.at));
      const [newest] = left;
      // It becomes this page's own; older ones wait until this one is dealt with.
      if (newest !== undefined && write(stage, newest.kept)) storage.removeItem(newest.key);
      return newest?.kept;
    },
  };
}

/** Takes what is kept of a mapping that is no more. */
export function dropAllOf(storage: Storage, mappingId: string): void {
  const beginnings = STAGES.map((stage) => [PREFIX, mappingId, stage, ''].join('.'));
  for (const key of Object.keys(storage))
    if (beginnings.some((beginning) => key.startsWith(beginning))) storage.removeItem(key);
}

function isKept(value: unknown): value is KeptText {
  if (typeof value !== 'object' || value === null) return false;
  const { text, base, at } = value as Partial<KeptText>;
  const { source, etag } = (base ?? {}) as Partial<HubDraft>;
  return [text, at, source, etag].every((each) => typeof each === 'string');
}
