import { recordAudit } from '../audit/record.ts';
import { convert, ScriptSyntaxError } from '../contract/convert.ts';
import type { Diagnostic } from '../contract/mapping.ts';
import { STAGES } from '../contract/stage.ts';
import type { Stage } from '../contract/stage.ts';
import { AppError } from '../errors.ts';
import type { MappingDeps } from './create.ts';
import { replaceDrafts } from './draft.ts';
import { defaultStagesOf, sourcesOf } from './scripts.ts';
import { draftOf, getMapping, lockMapping } from './store.ts';
import { findVersion, insertVersion } from './version-store.ts';
import type { Who } from './who.ts';

/**
 * Makes an immutable version of all five drafts, with the mapping's definition and limits; new tasks get it from now on. Publishing
 * makes a new version even when nothing changed since the last one: it is an act with a note, a person and a time.
 * @returns the version's number
 * @throws AppError NOT_FOUND, or SCRIPT_SYNTAX naming every stage that cannot be read and where
 */
export async function publishMapping(
  { knex, channels }: MappingDeps,
  mappingId: string,
  note: string,
  who: Who,
): Promise<number> {
  const { channel_id } = await getMapping(knex, mappingId);
  const { provider } = await channels.get(knex, channel_id);
  return knex.transaction(async (trx) => {
    const mapping = await lockMapping(trx, mappingId);
    const sources = sourcesOf(await draftOf(trx, mappingId));
    checkSyntax(sources);
    const version = await insertVersion(trx, {
      mapping_id: mappingId,
      sources,
      default_stages: defaultStagesOf(provider, sources),
      approval_definition_id: mapping.approval_definition_id,
      limits: mapping.limits,
      note,
      published_by: who.by,
    });
    await recordAudit(trx, {
      ...who,
      ...{ action: 'publish', objectType: 'mapping', objectId: mappingId },
      before: { version: mapping.published_version },
      after: { version, note },
    });
    return version;
  });
}

/**
 * Puts a version's five texts into the draft; definition and limits stay as they are. Nothing is published by it.
 * @param expected the tags of the drafts as the caller saw them last, so that nobody's newer draft is overwritten unseen
 * @throws AppError NOT_FOUND, or EDIT_CONFLICT
 */
export async function restoreVersion(
  { knex, channels }: MappingDeps,
  {
    mappingId,
    version,
    expected,
  }: { mappingId: string; version: number; expected: Partial<Record<Stage, string>> },
  who: Who,
): Promise<void> {
  const { sources, channel_id } = await findVersion(knex, mappingId, version);
  const { stage: channel } = await channels.get(knex, channel_id);
  const secrets = [channel.appSecret, ...channel.otherSecrets];
  await knex.transaction(async (trx) => {
    await lockMapping(trx, mappingId);
    await replaceDrafts(trx, { mappingId, sources, secrets }, expected, who);
    await recordAudit(trx, {
      ...who,
      ...{ action: 'restore', objectType: 'mapping', objectId: mappingId },
      after: { version },
    });
  });
}

/** The syntax error of a text, or undefined. */
function syntaxErrorOf(source: string): Diagnostic | undefined {
  try {
    convert(source);
    return undefined;
  } catch (error) {
    if (!(error instanceof ScriptSyntaxError)) throw error;
    return { line: error.line, column: error.column, severity: 'error', message: error.message };
  }
}

/** @throws AppError SCRIPT_SYNTAX; the member `stages` has the errors as the editor marks them */
function checkSyntax(sources: Readonly<Record<Stage, string>>): void {
  const found = STAGES.flatMap((stage) => {
    const error = syntaxErrorOf(sources[stage]);
    return error === undefined ? [] : [{ stage, error }];
  });
  const [first] = found;
  if (first === undefined) return;
  const others = found.length === 1 ? '' : `, and ${found.length - 1} more, see errors`;
  const { line, column, message } = first.error;
  throw new AppError(
    'SCRIPT_SYNTAX',
    `The ${first.stage} stage cannot be read (line ${line}, column ${column}): ${message}${others}`,
    {
      errors: found.map(({ stage, error }) => ({
        path: stage,
        message: `line ${error.line}, column ${error.column}: ${error.message}`,
      })),
      more: { stages: Object.fromEntries(found.map(({ stage, error }) => [stage, [error]])) },
    },
  );
}
