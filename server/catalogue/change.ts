import { recordAudit } from '../audit/record.ts';
import type { AuditEntry } from '../audit/record.ts';
import type { TaskTypeCatalogue, VariableCatalogue } from '../contract/catalogue.ts';
import { VARIABLE_NAMES } from '../contract/variables.ts';
import type { Db, Trx } from '../db/database.ts';
import { readTaskTypes, readVariables } from './read.ts';
import { keepCatalogue } from './store.ts';

/** Who changes something, and in which request: for the audit record. */
type Who = Pick<AuditEntry, 'by' | 'requestId'>;

/** Explains the variables in other words. Their order stays the guide's. */
export function changeVariables(knex: Db, given: VariableCatalogue, who: Who): Promise<VariableCatalogue> {
  const placeOf = new Map(VARIABLE_NAMES.map((name, place) => [name, place]));
  const value = given.toSorted((a, b) => (placeOf.get(a.name) ?? 0) - (placeOf.get(b.name) ?? 0));
  return change(knex, { name: 'variables', value, read: readVariables }, who);
}

/** Puts another platform's task types in the place of those that are suggested. Bindings and tasks stay as they are. */
export const changeTaskTypes = (knex: Db, value: TaskTypeCatalogue, who: Who): Promise<TaskTypeCatalogue> =>
  change(knex, { name: 'task-types', value, read: readTaskTypes }, who);

function change<T>(
  knex: Db,
  { name, value, read }: { name: 'variables' | 'task-types'; value: T; read: (trx: Trx) => Promise<T> },
  who: Who,
): Promise<T> {
  return knex.transaction(async (trx) => {
    const before = await read(trx);
    await keepCatalogue(trx, { name, value, by: who.by });
    await recordAudit(trx, {
      ...who,
      ...{ action: 'update', objectType: 'catalogue', objectId: name },
      before,
      after: value,
    });
    return value;
  });
}
