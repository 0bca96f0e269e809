import type { z } from 'zod';
import type { Channel } from '../channels/channel.ts';
import type { mapping, mappingDetail } from '../contract/mapping.ts';
import type { Role } from '../contract/role.ts';
import { pageOf } from '../http/paging.ts';
import type { Page } from '../http/paging.ts';
import type { MappingDeps } from './create.ts';
import { samplesOf } from './sample-store.ts';
import { showMapping, sightOf } from './show.ts';
import { changedStagesOf, draftOf, draftsOf, getMapping, listMappings } from './store.ts';
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

/** A page of mappings, newest first, as one of a role may see them. */
export async function mappingsPage(
  { knex, channels }: MappingDeps,
  query: Page & { readonly channelId?: string | undefined },
  role: Role,
): Promise<{ items: z.infer<typeof mapping>[]; nextCursor: string | null }> {
  const rows = await listMappings(knex, query);
  const ids = rows.map((row) => row.id);
  const drafts = await draftsOf(knex, ids);
  const changed = await changedStagesOf(knex, ids);
  const samples = await samplesOf(knex, ids);
  const byId = new Map<string, Channel>();
  for (const id of new Set(rows.map((row) => row.channel_id))) byId.set(id, await channels.get(knex, id));
  return pageOf(rows, query, (row) => {
    const channel = byId.get(row.channel_id);
    if (channel === undefined) throw new Error(`Mapping ${row.id} has no channel.`);
    const beside = {
      drafts: drafts.get(row.id) ?? [],
      changedStages: changed.get(row.id) ?? [],
      kept: samples.get(row.id) ?? {},
    };
    return showMapping(row, beside, sightOf(role, channel));
  });
}
