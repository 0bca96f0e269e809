import { recordAudit } from '../audit/record.ts';
import { STAGES } from '../contract/stage.ts';
import type { Stage } from '../contract/stage.ts';
import type { Db, Trx } from '../db/database.ts';
import type { MappingDraftRow } from '../db/tables.ts';
import { AppError } from '../errors.ts';
import { mayChange } from '../http/etag.ts';
import { maskSource } from './mask-source.ts';
import { draftOf, lockMapping, updateDraft } from './store.ts';
import type { Who } from './who.ts';

export interface DraftSave {
  readonly mappingId: string;
  readonly stage: Stage;
  readonly source: string;
  /** The If-Match header, as it came. */
  readonly ifMatch?: string | undefined;
  /** What must not appear in the audit record. */
  readonly secrets: readonly string[];
}

/**
 * Saves a stage's draft, whether or not it can be read.
 * @throws AppError NOT_FOUND, or EDIT_CONFLICT when somebody else saved since: its members say what stands there now, so that an
 * editor can merge
 */
export function saveDraft(knex: Db, save: DraftSave, who: Who): Promise<MappingDraftRow> {
  return knex.transaction(async (trx) => {
    await lockMapping(trx, save.mappingId);
    const drafts = await draftOf(trx, save.mappingId);
    const before = drafts.find(({ stage }) => stage === save.stage);
    if (before === undefined) throw new Error(`Mapping ${save.mappingId} has no ${save.stage} draft.`);
    // A caller that did not get the answer sends the same text again.
    if (before.source === save.source) return before;
    if (!mayChange(save.ifMatch, before.etag)) throw editConflict(before);
    return replaceDraft(trx, before, save, who);
  });
}

/**
 * Puts texts in the place of a mapping's drafts. Lock the mapping's row before.
 * @param expected the tags that the caller saw last, by stage; absent ones are not compared
 * @throws AppError EDIT_CONFLICT for the first stage that was saved since
 */
export async function replaceDrafts(
  trx: Trx,
  given: Omit<DraftSave, 'stage' | 'source'> & { readonly sources: Readonly<Record<Stage, string>> },
  expected: Readonly<Partial<Record<Stage, string>>>,
  who: Who,
): Promise<void> {
  const drafts = await draftOf(trx, given.mappingId);
  const changing = drafts.filter(({ stage, source }) => source !== given.sources[stage]);
  const conflict = changing.find(({ stage, etag }) => !mayChange(expected[stage], etag));
  if (conflict !== undefined) throw editConflict(conflict);
  for (const stage of STAGES) {
    const before = changing.find((draft) => draft.stage === stage);
    if (before !== undefined)
      await replaceDraft(trx, before, { ...given, source: given.sources[stage] }, who);
  }
}

async function replaceDraft(
  trx: Trx,
  before: MappingDraftRow,
  { mappingId, source, secrets }: Pick<DraftSave, 'mappingId' | 'source' | 'secrets'>,
  who: Who,
): Promise<MappingDraftRow> {
  const { stage } = before;
  const row = await updateDraft(trx, { mappingId, stage, source, by: who.by });
  await recordAudit(trx, {
    ...who,
    ...{ action: 'update', objectType: 'draft', objectId: mappingId },
    before: { stage, source: maskSource(before.source, secrets) },
    after: { stage, source: maskSource(source, secrets) },
  });
  return row;
}

function editConflict({ stage, etag, source, updated_at, updated_by }: MappingDraftRow): AppError {
  return new AppError(
    'EDIT_CONFLICT',
    `${updated_by} saved the ${stage} stage since you read it: merge your text with theirs, and save with their etag.`,
    { more: { stage, etag, source, updatedAt: updated_at.toISOString(), updatedBy: updated_by } },
  );
}
