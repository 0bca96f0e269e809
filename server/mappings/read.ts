import type { z } from 'zod';
import type { mappingDetail } from '../contract/mapping.ts';
import type { Role } from '../contract/role.ts';
import type { MappingDeps } from './create.ts';
import { samplesOf } from './sample-store.ts';
import { showMapping, sightOf } from './show.ts';
import { changedStagesOf, draftOf, getMapping } from './store.ts';
import { openTasksByVersion } from './version-store.ts';

type Detail = z.infer<typeof mappingDetail>;

/** A mapping in full, as one of a role may see it. @throws AppError NOT_FOUND */
export async function mappingInFull(
  { knex, channels }: MappingDeps,
  id: string,
  role: Role,
): Promise<Detail> {
  const row = await getMapping(knex, id);
  const sight = sightOf(role, await channels.get(knex, row.channel_id));
  const kept = (await samplesOf(knex, [id])).get(id) ?? {};
  const changedStages = (await changedStagesOf(knex, [id])).get(id) ?? [];
  const openTasks = await openTasksByVersion(knex, id);
  const samples = Object.entries(kept).map(([stage, { sample }]) => [stage, sample]);
  return {
    ...showMapping(row, { drafts: await draftOf(knex, id), changedStages, kept }, sight),
    samples: Object.fromEntries(samples) as Detail['samples'],
    openTasks: [...openTasks.values()].reduce((sum, count) => sum + count, 0),
  };
}
