/** What a run was given, taken apart for showing. */
export interface RunInput {
  /** Task variables that are not empty, in their order. */
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  readonly empty: number;
  /** Everything else, by name: ids, reasons, the event. */
  readonly others: readonly { readonly name: string; readonly value: unknown }[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** Takes an execution's input apart; what has no variables (the hub's own questions) is all `others`. */
export function readInput(input: unknown): RunInput {
  if (!isRecord(input)) {
    return { variables: [], empty: 0, others: isGiven(input) ? [{ name: 'input', value: input }] : [] };
  }
  const { variables, ...rest } = input;
  const all = isRecord(variables) ? Object.entries(variables) : [];
  const filled = all.flatMap(([name, value]) =>
    isGiven(value) ? [{ name, value: typeof value === 'string' ? value : JSON.stringify(value) }] : [],
  );
  const others = Object.entries(rest).flatMap(([name, value]) => (isGiven(value) ? [{ name, value }] : []));
  return { variables: filled, empty: all.length - filled.length, others };
}
