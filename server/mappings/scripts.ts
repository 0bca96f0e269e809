import { recordOf } from '../contract/record.ts';
import { STAGES } from '../contract/stage.ts';
import type { Stage } from '../contract/stage.ts';
import type { Channel } from '../channels/channel.ts';
import type { Db, Trx } from '../db/database.ts';
import type { MappingDraftRow, MappingRow } from '../db/tables.ts';
import type { RunScripts, Scripts } from '../executions/scripts.ts';
import type { Provider } from '../providers/provider.ts';
import { findVersion } from './version-store.ts';
import type { VersionOfMapping } from './version-store.ts';

export type { Scripts } from '../executions/scripts.ts';

/** The stages whose script is exactly the provider's default. */
export const defaultStagesOf = (
  provider: Pick<Provider, 'stages'>,
  sources: Readonly<Record<Stage, string>>,
): Stage[] => STAGES.filter((stage) => sources[stage] === provider.stages[stage]);

/** The draft's sources by stage. A mapping always has all five. */
export function sourcesOf(
  drafts: readonly Pick<MappingDraftRow, 'stage' | 'source'>[],
): Record<Stage, string> {
  const found = new Map(drafts.map(({ stage, source }) => [stage, source]));
  return recordOf(STAGES, (stage) => found.get(stage) ?? '');
}

/** A mapping's draft as scripts to run: its definition and limits are those that the next version will have. */
export function draftScripts(
  mapping: MappingRow,
  sources: Readonly<Record<Stage, string>>,
  provider: Provider,
): Scripts {
  return {
    mappingId: mapping.id,
    mappingName: mapping.name,
    version: null,
    channelId: mapping.channel_id,
    approvalDefinitionId: mapping.approval_definition_id,
    sources,
    defaultStages: defaultStagesOf(provider, sources),
    limits: mapping.limits,
  };
}

/** The provider's default scripts, for what a channel runs without a mapping. */
export const channelScripts = ({ provider }: Pick<Channel, 'provider'>): RunScripts => ({
  mappingId: null,
  version: null,
  sources: provider.stages,
  limits: {},
});

/**
 * The scripts of a published version, as they were published: immutable, so tasks in flight stay on theirs.
 * @throws AppError NOT_FOUND when the mapping has no such version
 */
export async function loadScripts(db: Db | Trx, mappingId: string, version: number): Promise<Scripts> {
  return scriptsOf(await findVersion(db, mappingId, version));
}

/** A version's row as scripts to run. */
export const scriptsOf = (row: VersionOfMapping): Scripts => ({
  mappingId: row.mapping_id,
  mappingName: row.mapping_name,
  version: row.version,
  channelId: row.channel_id,
  approvalDefinitionId: row.approval_definition_id,
  sources: row.sources,
  defaultStages: row.default_stages,
  limits: row.limits,
});
