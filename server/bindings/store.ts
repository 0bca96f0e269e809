import { cursorId } from '../http/paging.ts';
import type { Page } from '../http/paging.ts';
import type { Db, Trx } from '../db/database.ts';
import type { BindingRow } from '../db/tables.ts';
import { newId } from '../ids.ts';

/** A binding with what a reader wants to know of its mapping. */
export type BindingOfMapping = BindingRow & {
  mapping_name: string;
  channel_id: string;
  channel_name: string;
  channel_paused: boolean;
  published_version: number | null;
  /** Of the published version. */
  approval_definition_id: string | null;
};

const joined = (db: Db | Trx) =>
  db('bindings')
    .join('mappings', 'mappings.id', 'bindings.mapping_id')
    .join('channels', 'channels.id', 'mappings.channel_id')
    .leftJoin('mapping_versions as versions', function () {
      this.on('versions.mapping_id', 'mappings.id').andOn('versions.version', 'mappings.published_version');
    })
    .select(
      'bindings.*',
      'mappings.name as mapping_name',
      'mappings.channel_id',
      'mappings.published_version',
      'channels.name as channel_name',
      db.raw('channels.paused_at is not null as channel_paused'),
      'versions.approval_definition_id',
    );

/** All bindings of some task types, with and without subtype. */
export async function bindingsOfTypes(
  db: Db | Trx,
  taskTypes: readonly string[],
): Promise<BindingOfMapping[]> {
  if (taskTypes.length === 0) return [];
  const rows: unknown = await joined(db).whereRaw('bindings.task_type = any(?)', [[...taskTypes]]);
  return rows as BindingOfMapping[];
}

/** One page and one row more, newest first. @throws AppError INVALID_INPUT for a cursor that no list gave out */
export async function listBindings(db: Db | Trx, page: Page): Promise<BindingOfMapping[]> {
  const after = cursorId(page);
  const query = joined(db)
    .orderBy('bindings.id', 'desc')
    .limit(page.limit + 1);
  if (after !== undefined) void query.where('bindings.id', '<', after);
  return (await query) as BindingOfMapping[];
}

/** One binding; undefined when there is none. */
export async function findBinding(db: Db | Trx, id: string): Promise<BindingOfMapping | undefined> {
  return (await joined(db).where('bindings.id', id).first()) as BindingOfMapping | undefined;
}

/**
 * Binds a task type, or one subtype of it, to a mapping, in place of an earlier binding of the same.
 * @returns the binding's id, and the mapping that it named before
 */
export async function upsertBinding(
  trx: Trx,
  { taskType, taskSubtype, mappingId }: { taskType: string; taskSubtype: string | null; mappingId: string },
): Promise<{ id: string; before: string | null }> {
  const where = { task_type: taskType, task_subtype: taskSubtype };
  const before = await trx('bindings').select('mapping_id').where(where).forUpdate().first();
  // Two partial unique indexes: a null is never equal to a null, and PostgreSQL 14 cannot be told otherwise.
  const target =
    taskSubtype === null
      ? '(task_type) where task_subtype is null'
      : '(task_type, task_subtype) where task_subtype is not null';
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `insert into bindings (id, task_type, task_subtype, mapping_id) values (?, ?, ?, ?)
     on conflict ${target} do update set mapping_id = excluded.mapping_id, updated_at = now() returning id`,
    [newId(), taskType, taskSubtype, mappingId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('An upsert returned no row.');
  return { id: row.id, before: before?.mapping_id ?? null };
}

/** Removes a binding. @returns whether there was one */
export const deleteBinding = async (trx: Trx, id: string): Promise<boolean> =>
  (await trx('bindings').where({ id }).delete()) > 0;

/** Keeps a mapping from being deleted until the transaction ends. @returns whether there is one */
export async function lockMappingForBinding(trx: Trx, mappingId: string): Promise<boolean> {
  return (await trx('mappings').select('id').where({ id: mappingId }).forKeyShare().first()) !== undefined;
}
