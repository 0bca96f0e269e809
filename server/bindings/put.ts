import { recordAudit } from '../audit/record.ts';
import type { BindingInput } from '../contract/binding.ts';
import type { Db } from '../db/database.ts';
import { invalid, notFound } from '../errors.ts';
import type { Who } from '../mappings/who.ts';
import { deleteBinding, findBinding, lockMappingForBinding, upsertBinding } from './store.ts';
import type { BindingOfMapping } from './store.ts';

/**
 * Binds a task type, or one subtype of it, to a mapping. The mapping need not be published yet; tasks are refused until it is.
 * @throws AppError INVALID_INPUT when there is no such mapping
 */
export function putBinding(knex: Db, given: BindingInput, who: Who): Promise<BindingOfMapping> {
  const { taskType, mappingId } = given;
  const taskSubtype = given.taskSubtype ?? null;
  return knex.transaction(async (trx) => {
    if (!(await lockMappingForBinding(trx, mappingId)))
      throw invalid('mappingId', `names no mapping: there is no "${mappingId}".`);
    const { id, before } = await upsertBinding(trx, { taskType, taskSubtype, mappingId });
    if (before !== mappingId)
      await recordAudit(trx, {
        ...who,
        ...{ action: before === null ? 'create' : 'update', objectType: 'binding', objectId: id },
        ...(before === null ? {} : { before: { taskType, taskSubtype, mappingId: before } }),
        after: { taskType, taskSubtype, mappingId },
      });
    const row = await findBinding(trx, id);
    if (row === undefined) throw new Error('A binding that was just written cannot be read.');
    return row;
  });
}

/** Removes a binding; tasks of its type are then refused, or go where their type's general binding says. @throws AppError NOT_FOUND */
export async function removeBinding(knex: Db, id: string, who: Who): Promise<void> {
  await knex.transaction(async (trx) => {
    const row = await findBinding(trx, id);
    if (row === undefined || !(await deleteBinding(trx, id))) throw notFound('binding', id);
    await recordAudit(trx, {
      ...who,
      ...{ action: 'delete', objectType: 'binding', objectId: id },
      before: { taskType: row.task_type, taskSubtype: row.task_subtype, mappingId: row.mapping_id },
    });
  });
}
