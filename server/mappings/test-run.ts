import { recordAudit } from '../audit/record.ts';
import type { Channel } from '../channels/channel.ts';
import type { ChannelStore } from '../channels/store.ts';
import type { TestInput } from '../contract/mapping.ts';
import type { Stage } from '../contract/stage.ts';
import type { Db } from '../db/database.ts';
import { isGoneMeanwhile } from '../db/violations.ts';
import type { MappingRow } from '../db/tables.ts';
import { AppError } from '../errors.ts';
import { shownDirectly } from '../executions/run.ts';
import type { Execution } from '../executions/run.ts';
import { eventTypeOf } from '../providers/read-event.ts';
import { createMask } from '../sandbox/mask.ts';
import type { StageCaller, StageEnd } from './call.ts';
import { etagOf } from './etag.ts';
import { keepLastTest, keepSample } from './sample-store.ts';
import { draftScripts, sourcesOf } from './scripts.ts';
import { secretsOfChannel } from './show.ts';
import { draftOf, getMapping } from './store.ts';
import { endTestCreate, insertTestApproval } from './test-approval-store.ts';
import { createTestGate } from './test-gate.ts';
import { checkEvent, testVariables } from './test-input.ts';
import type { Who } from './who.ts';

export interface TestDeps {
  readonly knex: Db;
  readonly channels: ChannelStore;
  readonly caller: StageCaller;
}

export interface Test {
  readonly mappingId: string;
  readonly stage: Stage;
  readonly input: TestInput;
  /** Aborted when the person who runs it closes the connection: then the run ends. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs one stage of a mapping's draft, or an unsaved text in its place, by the same way as a task's. Without a recording its calls are
 * real: a create opens an approval, which is noted before it is opened and recorded as a test's.
 * @returns the execution as the person who ran it sees it: the token stage's own accessToken is in clear here and nowhere else
 * @throws AppError NOT_FOUND, INVALID_INPUT, SANDBOX_BUSY
 */
export async function runTest(
  { knex, channels, caller }: TestDeps,
  test: Test,
  who: Who,
): Promise<Execution> {
  const { mappingId, stage, input, signal } = test;
  const mapping = await getMapping(knex, mappingId);
  checkEvent(stage, input);
  const variables = testVariables(input.variables, mapping.approval_definition_id);
  const channel = await channels.get(knex, mapping.channel_id);
  await keepSample(knex, mappingId, stage, sampleOf(input, channel));
  const sources = sourcesOf(await draftOf(knex, mappingId));
  const tried = input.source === undefined ? sources : { ...sources, [stage]: input.source };
  const isLive = input.http === undefined;
  const gate = createTestGate(knex, channel, mapping.id);
  const { event } = input;
  const end = await caller.call({
    scripts: draftScripts(mapping, tried, channel.provider),
    channel,
    stage,
    variables,
    accessToken: input.accessToken,
    approvalInstanceId: input.approvalInstanceId,
    revokeReason: input.revokeReason,
    event,
    eventType: input.eventType ?? (event === undefined ? undefined : eventTypeOf(channel.provider, event)),
    recording: input.http,
    ...(isLive ? { beforeCall: gate.beforeCall } : {}),
    signal,
    context: { kind: 'test', runBy: who.by },
  });
  const { error } = end.outcome.execution;
  if (error?.code === 'SANDBOX_BUSY') throw new AppError('SANDBOX_BUSY', error.message, { retryAfter: 1 });
  await keepLastTest(knex, mappingId, stage, {
    ...{ executionId: end.executionId, ok: end.outcome.execution.ok, at: new Date().toISOString() },
    ...{ etag: etagOf(tried[stage]), recorded: !isLive },
  });
  const warnings = isLive ? await afterwards(knex, mapping, { stage, gateId: gate.id, end }, who) : [];
  const shown = shownDirectly(end.outcome);
  return { ...shown, warnings: [...shown.warnings, ...warnings] };
}

/** What a stage was tried with, for the next time: without the text (the draft is where texts are kept), the token and the recording. */
function sampleOf(input: TestInput, channel: Channel): Readonly<Record<string, unknown>> {
  const { variables, approvalInstanceId, event, eventType, revokeReason } = input;
  const sample = { variables, approvalInstanceId, event, eventType, revokeReason };
  return createMask(secretsOfChannel(channel)).value(sample);
}

/** Records what a live test did to the world outside. @returns what to tell the person who ran it */
async function afterwards(
  knex: Db,
  mapping: MappingRow,
  { stage, gateId, end }: { stage: Stage; gateId: string; end: StageEnd },
  who: Who,
): Promise<string[]> {
  const { executionId, creates, outcome } = end;
  const answer = creates?.answer;
  const opened =
    typeof answer === 'object' && answer !== null && 'instanceId' in answer ? answer.instanceId : undefined;
  const isLost = creates !== null && (answer === null || answer === 'unclear');
  await recordAudit(knex, {
    ...who,
    ...{ action: 'test', objectType: 'mapping', objectId: mapping.id },
    after: { stage, executionId, ...(opened === undefined ? {} : { approvalInstanceId: opened }) },
  });
  const known = await knex
    .transaction(async (trx) => {
      await endTestCreate(trx, gateId, { isLost, executionId });
      const { id: mappingId, channel_id: channelId } = mapping;
      const approval = { channelId, mappingId, executionId };
      if (opened === undefined) return undefined;
      return (await insertTestApproval(trx, { ...approval, approvalInstanceId: opened })) ? 'ours' : 'taken';
    })
    .catch((error: unknown) => {
      if (!isGoneMeanwhile(error)) throw error;
      return 'nobody' as const;
    });
  if (opened !== undefined && known === 'nobody')
    return [
      `The approval ${opened} was opened, and the mapping was deleted meanwhile: take it back at the provider.`,
    ];
  if (opened !== undefined && !outcome.execution.ok)
    return [
      `The approval ${opened} was opened all the same. It is recorded as this test's: take it back at the provider.`,
    ];
  if (opened !== undefined && known === 'taken')
    return [`The approval ${opened} is recorded already, so it is not this test's.`];
  if (isLost)
    return [
      'The create call left, and no clear answer came: an approval may have been opened. Look at the provider.',
    ];
  return [];
}
