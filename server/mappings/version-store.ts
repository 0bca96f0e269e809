import type { Stage } from '../contract/stage.ts';
import type { Db, Trx } from '../db/database.ts';
import type { MappingVersionRow } from '../db/tables.ts';
import { json } from '../db/json.ts';
import { notFound } from '../errors.ts';

/** A version with what of its mapping does not change with it. */
export type VersionOfMapping = MappingVersionRow & { mapping_name: string; channel_id: string };

/** One version. @throws AppError NOT_FOUND */
export async function findVersion(
  db: Db | Trx,
  mappingId: string,
  version: number,
): Promise<VersionOfMapping> {
  const row = (await db('mapping_versions as versions')
    .join('mappings', 'mappings.id', 'versions.mapping_id')
    .select('versions.*', 'mappings.name as mapping_name', 'mappings.channel_id')
    .where({ 'versions.mapping_id': mappingId, 'versions.version': version })
    .first()) as VersionOfMapping | undefined;
  if (row === undefined) throw notFound('version', String(version));
  return row;
}

/** A page of a mapping's versions and one row more, newest first, without their sources. `below`: the version after which it begins. */
export function listVersions(
  db: Db | Trx,
  mappingId: string,
  { limit, below }: { limit: number; below: number | undefined },
): Promise<Omit<MappingVersionRow, 'sources'>[]> {
  const query = db('mapping_versions')
    .select(
      ...(['mapping_id', 'version', 'default_stages', 'approval_definition_id', 'limits'] as const),
      ...(['note', 'published_at', 'published_by'] as const),
    )
    .where({ mapping_id: mappingId })
    .orderBy('version', 'desc')
    .limit(limit + 1);
  if (below !== undefined) void query.where('version', '<', below);
  return query;
}

/** Adds a version behind the last one and makes it the mapping's published one. Lock the mapping's row before. @returns its number */
export async function insertVersion(
  trx: Trx,
  version: Pick<
    MappingVersionRow,
    'mapping_id' | 'approval_definition_id' | 'limits' | 'note' | 'published_by'
  > & {
    sources: Readonly<Record<Stage, string>>;
    default_stages: readonly Stage[];
  },
): Promise<number> {
  const last = await trx('mapping_versions')
    .select('version')
    .where({ mapping_id: version.mapping_id })
    .orderBy('version', 'desc')
    .first();
  const number = (last?.version ?? 0) + 1;
  await trx('mapping_versions').insert({
    ...version,
    version: number,
    sources: json(version.sources),
    default_stages: json(version.default_stages),
    limits: json(version.limits),
  });
  await trx('mappings')
    .where({ id: version.mapping_id })
    .update({ published_version: number, updated_at: trx.fn.now() });
  return number;
}

/** How many open tasks (submitted, pending) stand on each version of a mapping. Versions without any are not in it. */
export async function openTasksByVersion(
  db: Db | Trx,
  mappingId: string,
): Promise<ReadonlyMap<number, number>> {
  const rows: { version: number | null; count: string | number }[] = await db('approvals')
    .join('tasks', function () {
      this.on('tasks.id', 'approvals.task_id').andOn('tasks.generation', 'approvals.generation');
    })
    .where('approvals.mapping_id', mappingId)
    .whereIn('tasks.status', ['submitted', 'pending'])
    .groupBy('approvals.version')
    .select('approvals.version')
    .count('* as count');
  return new Map(rows.map(({ version, count }) => [version ?? 0, Number(count)]));
}
