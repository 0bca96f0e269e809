import { createDraftKeep } from './draft-keep.ts';
import type { DraftKeep } from './draft-keep.ts';
import { pageIds } from './page-id.ts';

/** A browser that keeps nothing. */
const NO_KEEP: DraftKeep = { write: () => false, drop: () => undefined, take: () => undefined };

/** Where this page keeps the unsaved texts of a mapping. */
export async function openDraftKeep(mappingId: string): Promise<DraftKeep> {
  const storage = browserStorage();
  return storage === undefined ? NO_KEEP : createDraftKeep(storage, { mappingId, ...(await pageIds()) });
}

/** Undefined where the person has switched it off: even to look at it throws then. */
export function browserStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
