/** Something that the search can jump to. */
export interface Hit {
  readonly kind: 'page' | 'mapping' | 'channel' | 'task' | 'execution' | 'event';
  readonly name: string;
  /** What tells two of one name apart. */
  readonly detail?: string;
  readonly path: string;
}

const MOST_SHOWN = 12;

/** How well a name fits what was typed: the smaller the better; undefined: not at all. */
function fit(typed: string, { name, detail = '', path }: Hit): number | undefined {
  const text = name.toLowerCase();
  // An id out of an address, or a page by what its address calls it in whatever language.
  if (path.toLowerCase().endsWith(`/${typed}`)) return 0;
  if (text === typed) return 0;
  if (text.startsWith(typed)) return 1;
  if (text.split(/[\s_.:/-]+/).some((word) => word.startsWith(typed))) return 2;
  if (text.includes(typed)) return 3;
  return detail.toLowerCase().includes(typed) ? 4 : undefined;
}

/**
 * What of `all` fits what was typed, best first; among equals the order of `all`.
 * @param typed nothing typed: the pages
 */
export function findHits(typed: string, all: readonly Hit[]): Hit[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return all.filter(({ kind }) => kind === 'page').slice(0, MOST_SHOWN);
  return all
    .flatMap((hit) => {
      const how = fit(wanted, hit);
      return how === undefined ? [] : [{ hit, how }];
    })
    .toSorted((a, b) => a.how - b.how)
    .slice(0, MOST_SHOWN)
    .map(({ hit }) => hit);
}

/** Each place once, where it comes first. */
export function distinct(hits: readonly Hit[]): Hit[] {
  const paths = hits.map(({ path }) => path);
  return hits.filter(({ path }, index) => paths.indexOf(path) === index);
}
