import type { z } from 'zod';
import type { mappingDetail } from '../contract/mapping.ts';
import type { Role } from '../contract/role.ts';
import { STAGES } from '../contract/stage.ts';
import { stateOf } from './compare.ts';
import type { MappingDeps } from './create.ts';
import { samplesOf } from './sample-store.ts';
import { showMapping, sightOf } from './show.ts';
import { draftOf, getMapping } from './store.ts';
import { openTasksByVersion } from './version-store.ts';

/** A mapping in full, as one of a role may see it. @throws AppError NOT_FOUND */
export async function mappingInFull(
  { knex, channels }: MappingDeps,
  id: string,
  role: Role,
): Promise<z.infer<typeof mappingDetail>> {
  const row = await getMapping(knex, id);
  const sight = sightOf(role, await channels.get(knex, row.channel_id));
  const drafts = await draftOf(knex, id);
  const version = row.published_version;
  const live = version === null ? undefined : await stateOf(knex, id, String(version));
  const openTasks = await openTasksByVersion(knex, id);
  const sourceOf = new Map(drafts.map(({ stage, source }) => [stage, source]));
  return {
    ...showMapping(row, drafts, sight),
    changedStages: STAGES.filter((stage) => sourceOf.get(stage) !== live?.sources[stage]),
    samples: (await samplesOf(knex, id)) as z.infer<typeof mappingDetail>['samples'],
    openTasks: [...openTasks.values()].reduce((sum, count) => sum + count, 0),
  };
}
