import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasMarks, merge, textOf } from '../../editor/mappings/merge.ts';
import type { Chunk } from '../../editor/mappings/merge.ts';

const NAMES = { mine: 'mine', theirs: 'theirs' };
const text = (...lines: string[]): string => lines.join('\n');
const kinds = (chunks: readonly Chunk[]): string[] => chunks.map(({ kind }) => kind);
const side = (chunks: readonly Chunk[], of: 'base' | 'mine' | 'theirs'): string =>
  chunks.flatMap((chunk) => (chunk.kind === 'same' ? chunk.lines : chunk[of])).join('\n');

describe('a three-way merge', () => {
  it('takes what only one side changed, and what both changed alike', () => {
    const chunks = merge(
      text('a', 'b', 'c', 'd', 'e'),
      text('A', 'b', 'c', 'd', 'E'),
      text('a', 'b', 'x', 'd', 'E'),
    );
    expect(kinds(chunks)).toEqual(['mine', 'same', 'theirs', 'same', 'both']);
    expect(textOf(chunks, new Map(), NAMES)).toBe(text('A', 'b', 'x', 'd', 'E'));
  });

  it('marks what both changed differently until somebody decides', () => {
    const chunks = merge(text('a', 'b'), text('a', 'mine'), text('a', 'theirs', 'more'));
    expect(kinds(chunks)).toEqual(['same', 'conflict']);
    const marked = textOf(chunks, new Map(), NAMES);
    expect(marked).toBe(text('a', '<<<<<<< theirs', 'theirs', 'more', '=======', 'mine', '>>>>>>> mine'));
    expect(hasMarks(marked)).toBe(true);
    const decided = (choice: 'mine' | 'theirs' | 'both') => textOf(chunks, new Map([[0, choice]]), NAMES);
    expect(decided('mine')).toBe(text('a', 'mine'));
    expect(decided('theirs')).toBe(text('a', 'theirs', 'more'));
    expect(decided('both')).toBe(text('a', 'theirs', 'more', 'mine'));
    expect(hasMarks(decided('both'))).toBe(false);
  });

  it('gives each of the three texts back, and agrees with the one side when the other did nothing', () => {
    const script = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 12 })
      .map((each) => each.join('\n'));
    fc.assert(
      fc.property(script, script, script, (base, mine, theirs) => {
        const chunks = merge(base, mine, theirs);
        expect([side(chunks, 'base'), side(chunks, 'mine'), side(chunks, 'theirs')]).toEqual([
          base,
          mine,
          theirs,
        ]);
        expect(textOf(merge(base, base, theirs), new Map(), NAMES)).toBe(theirs);
        expect(textOf(merge(base, mine, base), new Map(), NAMES)).toBe(mine);
        expect(textOf(merge(base, mine, mine), new Map(), NAMES)).toBe(mine);
      }),
    );
  });

  it('is soon done with long texts that have nothing in common', () => {
    const long = (word: string) => Array.from({ length: 8_000 }, (_, line) => `${word} ${line}`).join('\n');
    const begun = performance.now();
    expect(kinds(merge(long('a'), long('b'), long('c')))).toEqual(['conflict']);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
