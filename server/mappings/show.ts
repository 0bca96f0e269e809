import type { z } from 'zod';
import type { Channel } from '../channels/channel.ts';
import type { mapping, version } from '../contract/mapping.ts';
import { recordOf } from '../contract/record.ts';
import { mayDo } from '../contract/role.ts';
import type { Role } from '../contract/role.ts';
import { STAGES } from '../contract/stage.ts';
import type { Stage } from '../contract/stage.ts';
import type { MappingDraftRow, MappingRow, MappingVersionRow } from '../db/tables.ts';
import { maskSource } from './mask-source.ts';
import type { Kept } from './sample-store.ts';

/** How somebody sees a script's text. */
export type Sight = (source: string) => string;

/** All secrets of a channel. */
export const secretsOfChannel = ({ stage }: Channel): readonly string[] => [
  stage.appSecret,
  ...stage.otherSecrets,
];

/** Editors see texts as they are; who may only read sees them with what looks like a secret hidden. */
export const sightOf = (role: Role, channel: Channel): Sight =>
  mayDo(role, 'editor') ? (source) => source : (source) => maskSource(source, secretsOfChannel(channel));

/** What stands beside a mapping's own row. */
export interface Beside {
  readonly drafts: readonly MappingDraftRow[];
  readonly changedStages: readonly Stage[];
  readonly kept: Readonly<Partial<Record<Stage, Kept>>>;
}

/** A mapping as the API answers it. */
export function showMapping(
  row: MappingRow,
  { drafts, changedStages, kept }: Beside,
  sight: Sight,
): z.infer<typeof mapping> {
  const byStage = new Map(drafts.map((draft) => [draft.stage, draft]));
  const draftOfStage = (stage: Stage): z.infer<typeof mapping>['draft'][Stage] => {
    const draft = byStage.get(stage);
    if (draft === undefined) throw new Error(`Mapping ${row.id} has no ${stage} draft.`);
    return {
      source: sight(draft.source),
      etag: draft.etag,
      updatedAt: draft.updated_at.toISOString(),
      updatedBy: draft.updated_by,
    };
  };
  return {
    id: row.id,
    channelId: row.channel_id,
    name: row.name,
    approvalDefinitionId: row.approval_definition_id,
    limits: row.limits,
    draft: recordOf(STAGES, draftOfStage),
    publishedVersion: row.published_version,
    changedStages: [...changedStages],
    lastTests: Object.fromEntries(
      Object.entries(kept).flatMap(([stage, { lastTest }]) =>
        lastTest === undefined ? [] : [[stage, lastTest]],
      ),
    ),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** A version as the API lists it. */
export function showVersion(
  row: Omit<MappingVersionRow, 'sources'>,
  { openTasks, current }: { openTasks: number; current: boolean },
): z.infer<typeof version> {
  return {
    version: row.version,
    note: row.note,
    publishedAt: row.published_at.toISOString(),
    publishedBy: row.published_by,
    approvalDefinitionId: row.approval_definition_id,
    limits: row.limits,
    defaultStages: row.default_stages,
    openTasks,
    current,
  };
}
