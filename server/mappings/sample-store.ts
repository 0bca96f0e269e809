import type { LastTest } from '../contract/mapping.ts';
import type { Stage } from '../contract/stage.ts';
import type { Db, Trx } from '../db/database.ts';
import { storable } from '../executions/storable.ts';

/** What a stage was last tried with, and how its last finished try ended. */
export interface Kept {
  readonly sample: unknown;
  readonly lastTest?: LastTest;
}

/** How the last try ended stands beside what it was tried with, under a name that no sample has. */
const ENDED = 'lastTest';

/** Keeps what a stage is tried with, in place of what it was tried with before. How the last try ended stays until this one ends. */
export async function keepSample(
  db: Db | Trx,
  mappingId: string,
  stage: Stage,
  sample: Readonly<Record<string, unknown>>,
): Promise<void> {
  const json = JSON.stringify(storable(sample));
  await db('mapping_samples')
    .insert({ mapping_id: mappingId, stage, sample: json })
    .onConflict(['mapping_id', 'stage'])
    .merge({
      sample: db.raw(
        `excluded.sample || jsonb_strip_nulls(jsonb_build_object('${ENDED}', mapping_samples.sample -> '${ENDED}'))`,
      ),
      updated_at: db.fn.now(),
    });
}

/** Keeps how a try ended. */
export async function keepLastTest(
  db: Db | Trx,
  mappingId: string,
  stage: Stage,
  lastTest: LastTest,
): Promise<void> {
  await db('mapping_samples')
    .where({ mapping_id: mappingId, stage })
    .update({ sample: db.raw(`sample || ?::jsonb`, [JSON.stringify({ [ENDED]: lastTest })]) });
}

/** What each stage of each mapping was last tried with, and how that ended. */
export async function samplesOf(
  db: Db | Trx,
  mappingIds: readonly string[],
): Promise<ReadonlyMap<string, Partial<Record<Stage, Kept>>>> {
  const rows = await db('mapping_samples')
    .select('mapping_id', 'stage', 'sample')
    .whereIn('mapping_id', mappingIds);
  const byMapping = new Map<string, Partial<Record<Stage, Kept>>>(mappingIds.map((id) => [id, {}]));
  for (const { mapping_id, stage, sample: kept } of rows) {
    const { [ENDED]: lastTest, ...sample } = kept as { [ENDED]?: LastTest };
    const ofMapping = byMapping.get(mapping_id);
    if (ofMapping !== undefined)
      ofMapping[stage] = lastTest === undefined ? { sample } : { sample, lastTest };
  }
  return byMapping;
}
