import type { Binding } from '../../server/contract/binding.ts';
import type { TaskTypeCatalogue } from '../../server/contract/catalogue.ts';

/** One line of the table: a task type, or one of its subtypes. */
export interface BindingRow {
  readonly taskType: string;
  /** null: the type itself, which serves all subtypes without a binding of their own. */
  readonly taskSubtype: string | null;
  /** The binding of exactly this type and subtype. */
  readonly own: Binding | undefined;
  /** Where a subtype's tasks go that has none of its own. */
  readonly inherited: Binding | undefined;
  /** Tasks of it are refused: no binding reaches it. */
  readonly isGap: boolean;
  /** Whether the catalogue suggests it; others were bound as free text. */
  readonly isSuggested: boolean;
}

/** A task type with its subtypes. */
export interface BindingGroup {
  readonly type: BindingRow;
  readonly subtypes: readonly BindingRow[];
  /** Tasks of the type, or of a subtype the catalogue names, that are refused. */
  readonly gaps: number;
}

/**
 * Lays the bindings out over the catalogue's task types and subtypes: those in its order, then what else was bound, by name.
 */
export function bindingGroups(catalogue: TaskTypeCatalogue, bindings: readonly Binding[]): BindingGroup[] {
  const suggested = new Map(catalogue.map(({ name, subtypes }) => [name, subtypes]));
  const types = [
    ...suggested.keys(),
    ...othersOf(bindings, ({ taskType }) => taskType, [...suggested.keys()]),
  ];
  return types.map((taskType) => {
    const ofType = bindings.filter((each) => each.taskType === taskType);
    const general = ofType.find(({ taskSubtype }) => taskSubtype === null);
    const known = suggested.get(taskType) ?? [];
    const row = (taskSubtype: string | null, isSuggested: boolean): BindingRow => {
      const own = ofType.find((each) => each.taskSubtype === taskSubtype);
      const inherited = taskSubtype === null ? undefined : general;
      return { taskType, taskSubtype, own, inherited, isGap: (own ?? inherited) === undefined, isSuggested };
    };
    const type = row(null, suggested.has(taskType));
    const subtypes = [
      ...known.map((name) => row(name, true)),
      ...othersOf(ofType, ({ taskSubtype }) => taskSubtype, known).map((name) => row(name, false)),
    ];
    return { type, subtypes, gaps: gapsOf(type, subtypes) };
  });
}

/** A type whose subtypes are all bound has no gap that anybody will meet. */
function gapsOf(type: BindingRow, subtypes: readonly BindingRow[]): number {
  if (subtypes.length === 0) return type.isGap ? 1 : 0;
  return subtypes.filter(({ isGap }) => isGap).length;
}

function othersOf(
  bindings: readonly Binding[],
  nameOf: (binding: Binding) => string | null,
  known: readonly string[],
): string[] {
  const names = bindings.map(nameOf).filter((name) => name !== null && !known.includes(name)) as string[];
  return [...new Set(names)].sort((a, b) => a.localeCompare(b));
}

/** The groups with something that has no mapping; within them all lines, for a type's own line may mend its subtypes. */
export const groupsWithGaps = (groups: readonly BindingGroup[]): BindingGroup[] =>
  groups.filter(({ gaps }) => gaps > 0);
