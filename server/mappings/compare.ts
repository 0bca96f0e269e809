import { recordOf } from '../contract/record.ts';
import { STAGES } from '../contract/stage.ts';
import type { Stage } from '../contract/stage.ts';
import type { Db } from '../db/database.ts';
import { draftOf, getMapping } from './store.ts';
import { sourcesOf } from './scripts.ts';
import { findVersion } from './version-store.ts';

/** What two states of a mapping may differ in. */
export interface State {
  readonly sources: Readonly<Record<Stage, string>>;
  readonly approvalDefinitionId: string;
  readonly limits: Readonly<Record<string, number>>;
}

/**
 * A mapping's draft, or one of its versions.
 * @param side `draft`, or the number of a version
 * @throws AppError NOT_FOUND
 */
export async function stateOf(knex: Db, mappingId: string, side: string): Promise<State> {
  const row =
    side === 'draft' ? await getMapping(knex, mappingId) : await findVersion(knex, mappingId, Number(side));
  return {
    sources: 'sources' in row ? row.sources : sourcesOf(await draftOf(knex, mappingId)),
    approvalDefinitionId: row.approval_definition_id,
    limits: row.limits,
  };
}

/** One thing in both states. */
export interface Pair<T> {
  readonly from: T;
  readonly to: T;
  readonly changed: boolean;
}

export interface Comparison {
  readonly stages: Readonly<Record<Stage, Pair<string>>>;
  readonly approvalDefinitionId: Pair<string>;
  readonly limits: Pair<Readonly<Record<string, number>>>;
}

/** Two states side by side, for an editor to draw the differences. */
export function compareStates(from: State, to: State): Comparison {
  return {
    stages: recordOf(STAGES, (stage) => pair(from.sources[stage], to.sources[stage])),
    approvalDefinitionId: pair(from.approvalDefinitionId, to.approvalDefinitionId),
    limits: { from: from.limits, to: to.limits, changed: inOrder(from.limits) !== inOrder(to.limits) },
  };
}

const pair = <T>(from: T, to: T): Pair<T> => ({ from, to, changed: from !== to });

const inOrder = (limits: Readonly<Record<string, number>>): string =>
  JSON.stringify(Object.entries(limits).sort(([a], [b]) => (a < b ? -1 : 1)));
