import { TASK_TYPES, taskTypes, variables } from '../contract/catalogue.ts';
import type { TaskTypeCatalogue, VariableCatalogue } from '../contract/catalogue.ts';
import { VARIABLES } from '../contract/variables.ts';
import type { Db, Trx } from '../db/database.ts';
import { findCatalogue } from './store.ts';

/** The 31 variables with their meanings: the admin's words, or the defaults. */
export async function readVariables(db: Db | Trx): Promise<VariableCatalogue> {
  const kept = variables.shape.items.safeParse(await findCatalogue(db, 'variables'));
  return kept.success ? kept.data : VARIABLES.map(({ name, meaning, sample }) => ({ name, meaning, sample }));
}

/** The task types that the editor suggests: the admin's, or the defaults. Tasks may be of any other type as well. */
export async function readTaskTypes(db: Db | Trx): Promise<TaskTypeCatalogue> {
  const kept = taskTypes.shape.items.safeParse(await findCatalogue(db, 'task-types'));
  return kept.success ? kept.data : TASK_TYPES;
}
