import type { Db, Trx } from '../db/database.ts';
import { bindingsOfTypes } from './store.ts';

/** What a task says of itself. */
export interface TaskKind {
  readonly taskType: string;
  readonly taskSubtype: string | null;
}

/** The mapping that is to open a task's approval. */
export interface ResolvedBinding {
  readonly bindingId: string;
  readonly mappingId: string;
  readonly mappingName: string;
  readonly channelId: string;
  readonly channelPaused: boolean;
  /** null: the mapping was never published, and tasks cannot be submitted to it. */
  readonly publishedVersion: number | null;
  /** The published version's, which fills APPROVAL_CODE; null with it. */
  readonly approvalDefinitionId: string | null;
}

/**
 * Finds the mapping of each task: the binding of its type and subtype, else that of its type. Texts are compared exactly.
 * @returns one entry a key, in their order; undefined where nothing is bound
 */
export async function resolveBindings(
  db: Db | Trx,
  keys: readonly TaskKind[],
): Promise<(ResolvedBinding | undefined)[]> {
  const rows = await bindingsOfTypes(db, [...new Set(keys.map((key) => key.taskType))]);
  return keys.map(({ taskType, taskSubtype }) => {
    const ofType = rows.filter((row) => row.task_type === taskType);
    const row =
      (taskSubtype === null ? undefined : ofType.find((each) => each.task_subtype === taskSubtype)) ??
      ofType.find((each) => each.task_subtype === null);
    return row === undefined
      ? undefined
      : {
          bindingId: row.id,
          mappingId: row.mapping_id,
          mappingName: row.mapping_name,
          channelId: row.channel_id,
          channelPaused: row.channel_paused,
          publishedVersion: row.published_version,
          approvalDefinitionId: row.approval_definition_id,
        };
  });
}
