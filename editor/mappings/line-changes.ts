import { merge } from './merge.ts';

/** How many lines one text has that the other has not. */
export interface LineChanges {
  readonly added: number;
  readonly removed: number;
}

/** Counts what changed between two texts, in lines. */
export function lineChanges(before: string, after: string): LineChanges {
  let [added, removed] = [0, 0];
  for (const chunk of merge(before, after, before)) {
    if (chunk.kind === 'same') continue;
    added += chunk.mine.length;
    removed += chunk.base.length;
  }
  return { added, removed };
}
