import { z } from 'zod';
import type { ChannelStore } from '../channels/store.ts';
import type { Db } from '../db/database.ts';
import { approvalForm, formField } from '../contract/mapping.ts';
import type { ApprovalForm, FormField } from '../contract/mapping.ts';
import type { MappingRow } from '../db/tables.ts';
import { AppError } from '../errors.ts';
import type { StageCaller } from './call.ts';
import { draftScripts, sourcesOf } from './scripts.ts';
import {
  askedLately,
  draftOf,
  freshForm,
  getMapping,
  keepForm,
  noteFormFailure,
  wasAskedForForm,
} from './store.ts';

/** A form seldom changes, and each reading of it counts against the company's calls. */
const FRESH_MS = 10 * 60_000;

const fields = z.array(formField);

export interface FormDeps {
  readonly knex: Db;
  readonly channels: ChannelStore;
  readonly caller: StageCaller;
}

export interface FormAsked {
  readonly mappingId: string;
  /** Ask the provider even if the kept form is fresh. */
  readonly refresh: boolean;
  /** Somebody who may only read: does not have the provider asked more than once in ten minutes, in vain or not. */
  readonly isReader: boolean;
  readonly by: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The provider's own form of a mapping's definition: the kept one for ten minutes, else as the provider gives it now.
 * @throws AppError NOT_FOUND, or PROVIDER_FAILED with the provider's words and the execution that has them in full
 */
export async function readForm(
  { knex, channels, caller }: FormDeps,
  asked: FormAsked,
): Promise<ApprovalForm> {
  const mapping = await getMapping(knex, asked.mappingId);
  const kept = asked.refresh ? undefined : await freshForm(knex, mapping.id, FRESH_MS);
  if (kept !== undefined)
    return { fields: keptFields(kept.form) ?? [], fetchedAt: kept.form_fetched_at.toISOString() };
  if (asked.isReader && (await askedLately(knex, mapping.id, FRESH_MS))) throw askedInVain();
  const channel = await channels.get(knex, mapping.channel_id);
  const definitionId = mapping.approval_definition_id;
  const { value, failure, executionId } = await caller.ask({
    channel,
    scripts: draftScripts(mapping, sourcesOf(await draftOf(knex, mapping.id)), channel.provider),
    question: 'form',
    input: { definitionId },
    context: { kind: 'test', runBy: asked.by },
    signal: asked.signal,
  });
  if (failure?.code === 'SANDBOX_BUSY')
    throw new AppError('SANDBOX_BUSY', failure.message, { retryAfter: 1 });
  const answered = approvalForm.pick({ fields: true }).safeParse(value);
  if (failure !== undefined || !answered.success)
    throw new AppError('PROVIDER_FAILED', failure?.message ?? 'The provider described no form.', {
      more: { executionId, ...(failure?.provider === undefined ? {} : { provider: failure.provider }) },
    });
  const fetchedAt = await keepForm(knex, { id: mapping.id, definitionId }, answered.data.fields);
  return { fields: answered.data.fields, fetchedAt: fetchedAt.toISOString() };
}

const askedInVain = (): AppError =>
  new AppError(
    'PROVIDER_FAILED',
    'The provider was asked for this form a moment ago, in vain. An editor can have it asked again.',
  );

/** A save is answered soon; what the form has to say may come with the next one. */
const PATIENCE_MS = 3_000;

/**
 * The fields to hold a script against: the kept form, fresh or not. One that was never read is asked for, in ten minutes once and not
 * for long, so that whoever saves a first script hears of its field names too.
 * @returns undefined when the form is not known; why, the execution of the question tells
 */
export async function formForDiagnosis(
  deps: FormDeps,
  mapping: MappingRow,
  by: string,
): Promise<FormField[] | undefined> {
  const kept = keptFields(mapping.form);
  if (kept !== undefined || (await wasAskedForForm(deps.knex, mapping.id, FRESH_MS))) return kept;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const form = await readForm(deps, { mappingId: mapping.id, refresh: true, isReader: false, by, signal });
    return form.fields;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await noteFormFailure(deps.knex, { id: mapping.id, definitionId: mapping.approval_definition_id });
    return undefined;
  }
}

/** A mapping's kept form, fresh or not; undefined when it was never read. */
function keptFields(form: unknown): FormField[] | undefined {
  const read = fields.safeParse(form);
  return read.success ? read.data : undefined;
}
