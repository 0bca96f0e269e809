import { z } from 'zod';
import type { Channel, ChannelStore } from '../channels/store.ts';
import { approvalForm, formField } from '../contract/mapping.ts';
import type { ApprovalForm, FormField } from '../contract/mapping.ts';
import type { Db } from '../db/database.ts';
import type { MappingRow } from '../db/tables.ts';
import { AppError } from '../errors.ts';
import type { RunScripts } from '../executions/scripts.ts';
import type { StageCaller } from './call.ts';
import { channelScripts, draftScripts, sourcesOf } from './scripts.ts';
import { createShare } from './share.ts';
import {
  askedInVainLately,
  draftOf,
  freshForm,
  getMapping,
  keepForm,
  noteFormFailure,
  wasAskedForForm,
} from './store.ts';

/** A form rarely changes, and reading it counts against the company's calls. */
const FRESH_MS = 10 * 60_000;

const fields = z.array(formField);

export interface FormDeps {
  readonly knex: Db;
  readonly channels: ChannelStore;
  readonly caller: StageCaller;
}

interface Asking {
  /** For people, with the execution. */
  readonly by: string;
  /** Aborted when whoever asks leaves. */
  readonly signal?: AbortSignal | undefined;
}

export interface FormAsked extends Asking {
  readonly mappingId: string;
  /** Ask the provider even if the kept form is fresh. */
  readonly refresh: boolean;
  /** Whether the caller may only read: then the provider is not asked again when that failed in the last ten minutes. */
  readonly isReader: boolean;
}

export interface ChannelFormAsked extends Asking {
  readonly channelId: string;
  readonly definitionId: string;
}

/** The provider's own forms. */
export interface Forms {
  /**
   * The form of a mapping's definition: the kept one for ten minutes, else as the provider gives it now.
   * @throws AppError NOT_FOUND, or PROVIDER_FAILED with the provider's words and the execution that has them in full
   */
  ofMapping(asked: FormAsked): Promise<ApprovalForm>;
  /**
   * The form of a definition that may have no mapping yet, as the provider gives it now to the channel's app.
   * @throws AppError as above
   */
  ofChannel(asked: ChannelFormAsked): Promise<ApprovalForm>;
  /**
   * The fields to check a script against: the stored form, fresh or not. One that was never read is fetched, at most once in ten minutes
   * and with a short timeout, so that the first saved script is checked too.
   * @returns undefined when the form is not known; the execution of the query says why
   */
  forDiagnosis(mapping: MappingRow, by: string): Promise<readonly FormField[] | undefined>;
}

/** Saving must be quick: if the form takes longer, the next save is checked against it. */
const PATIENCE_MS = 3_000;

/** Creates the reader of forms. Concurrent calls for the same form share one query, which continues when callers leave. */
export function createForms({ knex, channels, caller }: FormDeps): Forms {
  const share = createShare<ApprovalForm>();

  async function ofMapping({ mappingId, refresh, isReader, by, signal }: FormAsked): Promise<ApprovalForm> {
    const mapping = await getMapping(knex, mappingId);
    const kept = refresh ? undefined : await freshForm(knex, mapping.id, FRESH_MS);
    if (kept !== undefined)
      return { fields: keptFields(kept.form) ?? [], fetchedAt: kept.form_fetched_at.toISOString() };
    const form = { id: mapping.id, definitionId: mapping.approval_definition_id };
    if (isReader && (await askedInVainLately(knex, form, FRESH_MS))) throw inVain();
    const ask = async (): Promise<ApprovalForm> => {
      const channel = await channels.get(knex, mapping.channel_id);
      const scripts = draftScripts(mapping, sourcesOf(await draftOf(knex, mapping.id)), channel.provider);
      const found = await askForm(caller, { channel, scripts, by, definitionId: form.definitionId });
      return { fields: found, fetchedAt: (await keepForm(knex, form, found)).toISOString() };
    };
    return share(`${form.id} ${form.definitionId}`, ask, signal);
  }

  function ofChannel({ channelId, definitionId, by, signal }: ChannelFormAsked): Promise<ApprovalForm> {
    const ask = async (): Promise<ApprovalForm> => {
      const channel = await channels.get(knex, channelId);
      const scripts = channelScripts(channel);
      const found = await askForm(caller, { channel, scripts, by, definitionId });
      return { fields: found, fetchedAt: new Date().toISOString() };
    };
    return share(`${channelId} ${definitionId}`, ask, signal);
  }

  async function forDiagnosis(mapping: MappingRow, by: string): Promise<readonly FormField[] | undefined> {
    const kept = keptFields(mapping.form);
    if (kept !== undefined || (await wasAskedForForm(knex, mapping.id, FRESH_MS))) return kept;
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const form = await ofMapping({ mappingId: mapping.id, refresh: true, isReader: false, by, signal });
      return form.fields;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await noteFormFailure(knex, { id: mapping.id, definitionId: mapping.approval_definition_id });
      return undefined;
    }
  }

  return { ofMapping, ofChannel, forDiagnosis };
}

interface FormQuestion {
  readonly channel: Channel;
  readonly scripts: RunScripts;
  readonly definitionId: string;
  readonly by: string;
}

async function askForm(
  caller: StageCaller,
  { channel, scripts, definitionId, by }: FormQuestion,
): Promise<FormField[]> {
  const { value, failure, executionId } = await caller.ask({
    ...{ channel, scripts, question: 'form', input: { definitionId } },
    context: { kind: 'test', runBy: by },
  });
  if (failure?.code === 'SANDBOX_BUSY')
    throw new AppError('SANDBOX_BUSY', failure.message, { retryAfter: 1 });
  const answered = approvalForm.pick({ fields: true }).safeParse(value);
  if (failure === undefined && answered.success) return answered.data.fields;
  throw new AppError('PROVIDER_FAILED', failure?.message ?? 'The provider described no form.', {
    more: { executionId, ...(failure?.provider === undefined ? {} : { provider: failure.provider }) },
  });
}

const inVain = (): AppError =>
  new AppError(
    'PROVIDER_FAILED',
    'The provider was asked for this form a moment ago, in vain. An editor can have it asked again.',
  );

/** A mapping's kept form, fresh or not; undefined when it was never read. */
function keptFields(form: unknown): FormField[] | undefined {
  const read = fields.safeParse(form);
  return read.success ? read.data : undefined;
}
