import { STAGES } from '../contract/stage.ts';
import type { Stage } from '../contract/stage.ts';
import type { Db, Trx } from '../db/database.ts';
import type { MappingDraftRow, MappingRow } from '../db/tables.ts';
import { json } from '../db/json.ts';
import { AppError, notFound } from '../errors.ts';
import { cursorId } from '../http/paging.ts';
import type { Page } from '../http/paging.ts';
import { isId, newId } from '../ids.ts';
import { etagOf } from './etag.ts';

/** One mapping. @throws AppError NOT_FOUND */
export async function getMapping(db: Db | Trx, id: string): Promise<MappingRow> {
  const row = isId(id) ? await db('mappings').where({ id }).first() : undefined;
  if (row === undefined) throw notFound('mapping', id);
  return row;
}

/** One mapping, its row locked until the transaction ends: drafts and versions change under this lock. @throws AppError NOT_FOUND */
export async function lockMapping(trx: Trx, id: string): Promise<MappingRow> {
  const row = isId(id) ? await trx('mappings').where({ id }).forUpdate().first() : undefined;
  if (row === undefined) throw notFound('mapping', id);
  return row;
}

/** One page and one row more, newest first. @throws AppError INVALID_INPUT for a cursor that no list gave out */
export function listMappings(
  db: Db | Trx,
  { channelId, ...page }: Page & { channelId?: string | undefined },
): Promise<MappingRow[]> {
  const after = cursorId(page);
  const query = db('mappings')
    .select('*')
    .orderBy('id', 'desc')
    .limit(page.limit + 1);
  if (after !== undefined) void query.where('id', '<', after);
  if (channelId !== undefined) void query.where({ channel_id: channelId });
  return query;
}

/** The five drafts of each mapping. */
export async function draftsOf(
  db: Db | Trx,
  mappingIds: readonly string[],
): Promise<ReadonlyMap<string, MappingDraftRow[]>> {
  const rows = await db('mapping_drafts').select('*').whereIn('mapping_id', mappingIds);
  return Map.groupBy(rows, (row) => row.mapping_id);
}

/** The five drafts of one mapping. */
export const draftOf = (db: Db | Trx, mappingId: string): Promise<MappingDraftRow[]> =>
  db('mapping_drafts').select('*').where({ mapping_id: mappingId });

/** By mapping, the stages whose draft is not what the published version has; all five where nothing is published. */
export async function changedStagesOf(
  db: Db | Trx,
  mappingIds: readonly string[],
): Promise<ReadonlyMap<string, Stage[]>> {
  const rows: { mapping_id: string; stage: Stage }[] = await db('mapping_drafts as drafts')
    .join('mappings', 'mappings.id', 'drafts.mapping_id')
    .leftJoin('mapping_versions as versions', function () {
      this.on('versions.mapping_id', 'mappings.id').andOn('versions.version', 'mappings.published_version');
    })
    .whereIn('drafts.mapping_id', mappingIds)
    .whereRaw('drafts.source is distinct from versions.sources ->> drafts.stage')
    .select('drafts.mapping_id', 'drafts.stage');
  const found = Map.groupBy(rows, (row) => row.mapping_id);
  return new Map(
    mappingIds.map((id) => {
      const changed = new Set(found.get(id)?.map(({ stage }) => stage));
      return [id, STAGES.filter((stage) => changed.has(stage))];
    }),
  );
}

/** Writes a mapping with its draft. @returns its id. @throws AppError CONFLICT when the channel has one of that name */
export async function insertMapping(
  trx: Trx,
  mapping: Pick<MappingRow, 'channel_id' | 'name' | 'approval_definition_id' | 'limits'>,
  sources: Readonly<Record<Stage, string>>,
  by: string,
): Promise<string> {
  const id = newId();
  await trx('mappings')
    .insert({ ...mapping, id, limits: json(mapping.limits) })
    .catch(nameTaken(mapping.name));
  await trx('mapping_drafts').insert(
    STAGES.map((stage) => ({
      mapping_id: id,
      stage,
      source: sources[stage],
      etag: etagOf(sources[stage]),
      updated_by: by,
    })),
  );
  return id;
}

/** Changes a mapping's own settings. @throws AppError CONFLICT when the channel has another one of that name */
export async function updateMapping(
  trx: Trx,
  id: string,
  { limits, ...change }: Partial<Pick<MappingRow, 'name' | 'approval_definition_id' | 'limits'>>,
): Promise<void> {
  // Another definition has another form.
  const form = change.approval_definition_id === undefined ? {} : { form: null, form_fetched_at: null };
  await trx('mappings')
    .where({ id })
    .update({
      ...change,
      ...(limits === undefined ? {} : { limits: json(limits) }),
      ...form,
      updated_at: trx.fn.now(),
    })
    .catch(nameTaken(change.name ?? ''));
}

/** PostgreSQL's code for a repeated unique key (appendix A of its manual). */
const UNIQUE_VIOLATION = '23505';

/** What a repeated name means to who gave it; other errors stay what they are. */
const nameTaken =
  (name: string) =>
  (error: unknown): never => {
    if (!(error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION)) throw error;
    const message = `is the name of another mapping of this channel: choose another one than "${name}".`;
    throw new AppError('CONFLICT', `name ${message}`, { errors: [{ path: 'name', message }], cause: error });
  };

/** Puts a text in the place of a stage's draft. Lock the mapping's row before. */
export async function updateDraft(
  trx: Trx,
  { mappingId, stage, source, by }: { mappingId: string; stage: Stage; source: string; by: string },
): Promise<MappingDraftRow> {
  const [row] = await trx('mapping_drafts')
    .where({ mapping_id: mappingId, stage })
    .update({ source, etag: etagOf(source), updated_at: trx.fn.now(), updated_by: by })
    .returning('*');
  if (row === undefined) throw new Error(`Mapping ${mappingId} has no ${stage} draft.`);
  await trx('mappings').where({ id: mappingId }).update({ updated_at: trx.fn.now() });
  return row;
}

/** Keeps the provider's form with the time of the database's clock. */
export async function keepForm(db: Db | Trx, { id, definitionId }: FormOf, form: unknown): Promise<Date> {
  const [row] = await db('mappings')
    .where({ id, approval_definition_id: definitionId })
    .update({ form: JSON.stringify(form), form_fetched_at: db.fn.now() })
    .returning('form_fetched_at');
  return row?.form_fetched_at ?? new Date();
}

interface FormOf {
  readonly id: string;
  /** Whose form it is: the mapping may have been given another definition meanwhile, and then nothing is kept. */
  readonly definitionId: string;
}

/** Remembers that the provider was asked for a form in vain, by the database's clock. */
export async function noteFormFailure(db: Db | Trx, { id, definitionId }: FormOf): Promise<void> {
  await db('mappings')
    .where({ id, approval_definition_id: definitionId })
    .whereNull('form')
    .update({ form_fetched_at: db.fn.now() });
}

/** Whether the provider was asked for a mapping's form, successfully or not, in the last `ms` milliseconds. */
export async function wasAskedForForm(db: Db | Trx, id: string, ms: number): Promise<boolean> {
  const row = await db('mappings')
    .select('id')
    .where({ id })
    .where('form_fetched_at', '>', db.raw("now() - ? * interval '1 millisecond'", [ms]))
    .first();
  return row !== undefined;
}

/** Whether the provider was asked in vain for a form in the last `ms` milliseconds, by the database's clock. What ended in the hub is no answer. */
export async function askedInVainLately(
  db: Db | Trx,
  { id, definitionId }: FormOf,
  ms: number,
): Promise<boolean> {
  const row = await db('executions')
    .select('id')
    .where({ mapping_id: id, stage: 'form', ok: false })
    .whereRaw("input ->> 'definitionId' = ?", [definitionId])
    .whereNotIn('error_code', ['SANDBOX_BUSY', 'SANDBOX_CRASHED'])
    .where('started_at', '>', db.raw("now() - ? * interval '1 millisecond'", [ms]))
    .first();
  return row !== undefined;
}

/** The kept form when it is younger than `maxAgeMs` by the database's clock. */
export async function freshForm(
  db: Db | Trx,
  id: string,
  maxAgeMs: number,
): Promise<{ form: unknown; form_fetched_at: Date } | undefined> {
  const row = await db('mappings')
    .select('form', 'form_fetched_at')
    .where({ id })
    .whereNotNull('form')
    .where('form_fetched_at', '>', db.raw("now() - ? * interval '1 millisecond'", [maxAgeMs]))
    .first();
  return row?.form_fetched_at == null ? undefined : { form: row.form, form_fetched_at: row.form_fetched_at };
}

/** What still needs a mapping: bindings, by task type, and tasks whose history is with it. */
export async function usesOfMapping(
  trx: Trx,
  id: string,
): Promise<{ bindings: string[]; tasks: number; openTasks: number }> {
  const bindings = await trx('bindings').select('task_type').where({ mapping_id: id }).orderBy('task_type');
  const counted = (await trx('approvals')
    .join('tasks', 'tasks.id', 'approvals.task_id')
    .where('approvals.mapping_id', id)
    .select(
      trx.raw('count(distinct tasks.id) as tasks'),
      trx.raw("count(distinct tasks.id) filter (where tasks.status in ('submitted', 'pending')) as open"),
    )
    .first()) as { tasks: string; open: string } | undefined;
  return {
    bindings: [...new Set(bindings.map((row) => row.task_type))],
    tasks: Number(counted?.tasks ?? 0),
    openTasks: Number(counted?.open ?? 0),
  };
}

/** Deletes a mapping with its drafts, versions, executions and the approvals that its tests opened. */
export async function deleteMapping(trx: Trx, id: string): Promise<void> {
  await trx('approvals').where({ mapping_id: id }).whereNull('task_id').delete();
  await trx('mappings').where({ id }).delete();
}
