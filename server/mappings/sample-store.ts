import type { Stage } from '../contract/stage.ts';
import type { Db, Trx } from '../db/database.ts';
import { storable } from '../executions/storable.ts';

/** Keeps what a stage was last tried with, in place of what it was tried with before. */
export async function keepSample(
  db: Db | Trx,
  mappingId: string,
  stage: Stage,
  sample: unknown,
): Promise<void> {
  await db('mapping_samples')
    .insert({ mapping_id: mappingId, stage, sample: JSON.stringify(storable(sample)) })
    .onConflict(['mapping_id', 'stage'])
    .merge({ sample: JSON.stringify(storable(sample)), updated_at: db.fn.now() as unknown as Date });
}

/** What each stage of a mapping was last tried with. */
export async function samplesOf(db: Db | Trx, mappingId: string): Promise<Partial<Record<Stage, unknown>>> {
  const rows = await db('mapping_samples').select('stage', 'sample').where({ mapping_id: mappingId });
  return Object.fromEntries(rows.map(({ stage, sample }) => [stage, sample]));
}
