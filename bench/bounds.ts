/** One figure with what the product promises of it; without `most` and `least` it is only told. */
export interface Bound {
  readonly what: string;
  /** One for each column; undefined where it was not measured. */
  readonly values: readonly (number | undefined)[];
  readonly most?: number;
  readonly least?: number;
}

/**
 * Holds figures against their bounds.
 * @param columns their heads, in the order of `values`
 * @returns the table in Markdown, misses marked ✗; and whether all was reached
 */
export function judge(
  columns: readonly string[],
  bounds: readonly Bound[],
): { table: string; isReached: boolean } {
  const lines = [
    ['bound', ...columns, 'must'],
    ['---', ...columns.map(() => '---:'), '---:'],
    ...bounds.map((bound) => [
      bound.what,
      ...bound.values.map((value) =>
        value === undefined ? '' : show(value) + (holds(bound, value) ? '' : ' ✗'),
      ),
      mustOf(bound),
    ]),
  ];
  return {
    table: lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
    isReached: bounds.every((bound) =>
      bound.values.every((value) => value === undefined || holds(bound, value)),
    ),
  };
}

const holds = ({ most = Infinity, least = -Infinity }: Bound, value: number): boolean =>
  value <= most && value >= least;

const show = (value: number): string => value.toFixed(Math.abs(value) < 10 ? 2 : 0);

function mustOf({ most, least }: Bound): string {
  if (most !== undefined) return `≤ ${most}`;
  return least === undefined ? '' : `≥ ${least}`;
}
