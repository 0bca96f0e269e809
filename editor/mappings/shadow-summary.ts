import type { ShadowedTask } from '../../server/contract/shadow.ts';

/** One field that changes in some tasks. */
export interface FieldSummary {
  readonly name: string;
  /** Beside the form, not in it. */
  readonly isBeside: boolean;
  readonly tasks: number;
}

/** How many tasks came out how. */
export const outcomesOf = (tasks: readonly ShadowedTask[]): ReadonlyMap<ShadowedTask['outcome'], number> =>
  new Map(
    [...Map.groupBy(tasks, ({ outcome }) => outcome)].map(([outcome, those]) => [outcome, those.length]),
  );

/** Which fields change, the most frequent ones first. */
export function changedFields(tasks: readonly ShadowedTask[]): FieldSummary[] {
  const found = new Map<string, FieldSummary>();
  const count = (name: string, isBeside: boolean): void => {
    const key = `${isBeside} ${name}`;
    found.set(key, { name, isBeside, tasks: (found.get(key)?.tasks ?? 0) + 1 });
  };
  for (const { fields, others } of tasks) {
    for (const { name } of fields) count(name, false);
    for (const { name } of others) count(name, true);
  }
  return [...found.values()].sort((a, b) => b.tasks - a.tasks);
}
