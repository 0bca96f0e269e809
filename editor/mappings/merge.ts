/** A part of a three-way merge, in lines. */
export type Chunk =
  | { readonly kind: 'same'; readonly lines: readonly string[] }
  | {
      /** Who changed the lines: one side, both alike, or both differently. */
      readonly kind: 'mine' | 'theirs' | 'both' | 'conflict';
      readonly base: readonly string[];
      readonly mine: readonly string[];
      readonly theirs: readonly string[];
    };

/** What is to become of one conflict. */
export type Choice = 'mine' | 'theirs' | 'both';

/** Line `base` of the one text is line `other` of the other one. */
interface Match {
  readonly base: number;
  readonly other: number;
}

/**
 * The lines that two texts have in common, in their order (Myers' greedy search over what differs between common beginning and end).
 * Two texts that have hardly anything in common are not searched for ever: past `most` differences they count as different throughout.
 */
function matchesOf(a: readonly string[], b: readonly string[], most = 1_000): Match[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1;
  const head = Array.from({ length: start }, (_, line) => ({ base: line, other: line }));
  const tail = Array.from({ length: end }, (_, line) => ({
    base: a.length - end + line,
    other: b.length - end + line,
  }));
  const middle = middleMatches(a.slice(start, a.length - end), b.slice(start, b.length - end), most);
  return [
    ...head,
    ...middle.map(({ base, other }) => ({ base: base + start, other: other + start })),
    ...tail,
  ];
}

function middleMatches(a: readonly string[], b: readonly string[], most: number): Match[] {
  if (a.length === 0 || b.length === 0) return [];
  // How far into `a` each diagonal (line of a − line of b) gets with so many differences; the history leads back.
  const reach = new Map([[1, 0]]);
  const history: ReadonlyMap<number, number>[] = [];
  for (let differences = 0; differences <= Math.min(a.length + b.length, most); differences += 1) {
    history.push(new Map(reach));
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      const from = before(reach, diagonal, differences);
      let x = from > diagonal ? at(reach, from) : at(reach, from) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      reach.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return wayBack(history, a.length, b.length);
    }
  }
  return [];
}

const at = (reach: ReadonlyMap<number, number>, diagonal: number): number => reach.get(diagonal) ?? -1;

/** The diagonal from which a step leads furthest: the one above (a line of `b` more), or the one below (a line of `a` more). */
function before(reach: ReadonlyMap<number, number>, diagonal: number, differences: number): number {
  const isAbove =
    diagonal === -differences ||
    (diagonal !== differences && at(reach, diagonal - 1) < at(reach, diagonal + 1));
  return isAbove ? diagonal + 1 : diagonal - 1;
}

function wayBack(history: readonly ReadonlyMap<number, number>[], aLength: number, bLength: number): Match[] {
  const matches: Match[] = [];
  let [x, y] = [aLength, bLength];
  for (let differences = history.length - 1; differences >= 0; differences -= 1) {
    const reach = history[differences] ?? new Map<number, number>();
    const from = before(reach, x - y, differences);
    const [fromX, fromY] = [at(reach, from), at(reach, from) - from];
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      x -= 1;
      y -= 1;
      matches.push({ base: x, other: y });
    }
    [x, y] = [fromX, fromY];
  }
  return matches.reverse();
}

const linesOf = (text: string): string[] => text.split('\n');

/**
 * Merges two texts that began as the same one: what only one side changed is taken, what both changed differently is a conflict.
 * @returns the parts in their order; all their lines together are each of the three texts
 */
export function merge(base: string, mine: string, theirs: string): Chunk[] {
  const [was, ours, other] = [linesOf(base), linesOf(mine), linesOf(theirs)];
  const inMine = new Map(matchesOf(was, ours).map((match) => [match.base, match.other]));
  const inTheirs = new Map(matchesOf(was, other).map((match) => [match.base, match.other]));
  const chunks: Chunk[] = [];
  let [at, atMine, atTheirs] = [0, 0, 0];
  for (let line = 0; line <= was.length; line += 1) {
    // Where all three stand together again; at the end they do.
    const mineHere = line === was.length ? ours.length : inMine.get(line);
    const theirsHere = line === was.length ? other.length : inTheirs.get(line);
    if (mineHere === undefined || theirsHere === undefined) continue;
    if (line > at || mineHere > atMine || theirsHere > atTheirs)
      chunks.push(
        changed(was.slice(at, line), ours.slice(atMine, mineHere), other.slice(atTheirs, theirsHere)),
      );
    if (line < was.length) addSame(chunks, was[line] ?? '');
    [at, atMine, atTheirs] = [line + 1, mineHere + 1, theirsHere + 1];
  }
  return chunks;
}

function changed(base: string[], mine: string[], theirs: string[]): Chunk {
  const is = (a: readonly string[], b: readonly string[]): boolean =>
    a.length === b.length && a.every((line, index) => line === b[index]);
  const kind = is(mine, theirs) ? 'both' : is(base, mine) ? 'theirs' : is(base, theirs) ? 'mine' : 'conflict';
  return { kind, base, mine, theirs };
}

function addSame(chunks: Chunk[], line: string): void {
  const last = chunks.at(-1);
  if (last?.kind === 'same') chunks[chunks.length - 1] = { kind: 'same', lines: [...last.lines, line] };
  else chunks.push({ kind: 'same', lines: [line] });
}

/** What stands around a conflict that nobody has decided yet; no script may be saved with it. */
const MARK = { begin: '<<<<<<< ', between: '=======', end: '>>>>>>> ' };

/** Whether conflicts are still marked in a text. */
export const hasMarks = (text: string): boolean => /^(<{7} |={7}$|>{7} )/m.test(text);

/**
 * The merged text.
 * @param choices by the conflict's number, 0 the first; those without one are marked
 * @param names what the marks call the two sides
 */
export function textOf(
  chunks: readonly Chunk[],
  choices: ReadonlyMap<number, Choice>,
  names: { readonly mine: string; readonly theirs: string },
): string {
  let conflict = -1;
  return chunks
    .flatMap((chunk) => {
      if (chunk.kind === 'same') return chunk.lines;
      if (chunk.kind !== 'conflict') return chunk.kind === 'theirs' ? chunk.theirs : chunk.mine;
      conflict += 1;
      const choice = choices.get(conflict);
      if (choice === 'both') return [...chunk.theirs, ...chunk.mine];
      if (choice !== undefined) return chunk[choice];
      return [MARK.begin + names.theirs, ...chunk.theirs, MARK.between, ...chunk.mine, MARK.end + names.mine];
    })
    .join('\n');
}
