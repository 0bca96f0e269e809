import type { ScriptFailure } from '../contract/execution.ts';
import type { Stage } from '../contract/stage.ts';
import { completeVariables } from '../contract/variables.ts';
import type { Channel } from '../channels/store.ts';
import type { Tokens } from '../channels/token.ts';
import { askProvider } from '../executions/ask.ts';
import { runStage } from '../executions/run.ts';
import type { CallContext, RunScripts, StageEnd } from '../executions/scripts.ts';
import type { StageInput, StageOutcome } from '../executions/stage-run.ts';
import { newId } from '../ids.ts';
import type { LeavingCall } from '../sandbox/egress.ts';
import { createMask } from '../sandbox/mask.ts';
import type { Sandbox } from '../sandbox/pool.ts';
import { judgeCreate } from './judge-create.ts';
import { keepRun } from './keep-run.ts';
import type { KeepDeps } from './keep-run.ts';

export type { CallContext, StageEnd } from '../executions/scripts.ts';

/** One stage to run. Without an accessToken the token stage fetches one, where the stage needs it. */
export interface StageCall extends StageInput {
  readonly scripts: RunScripts;
  readonly channel: Channel;
  /** False: no execution is stored. Only for runs with a recording, since calls that left must be stored and counted. */
  readonly kept?: boolean | undefined;
  readonly context: CallContext;
}

/** A question of the hub's own, see executions/ask.ts. */
export interface ProviderQuestion {
  readonly channel: Channel;
  readonly scripts: RunScripts;
  readonly question: 'find' | 'probe' | 'form';
  readonly input: Readonly<Record<string, unknown>>;
  readonly context: CallContext;
  readonly signal?: AbortSignal | undefined;
}

/** `value` is what the question's script answered, unmasked; `failure` (masked) says why there is none. */
export interface ProviderAnswer {
  readonly value?: unknown;
  readonly failure?: ScriptFailure;
  readonly executionId: string;
}

/** The one way to run a stage with its channel and token, for tasks and for tests alike. */
export interface StageCaller {
  /**
   * Runs a stage, keeps the execution (see `kept`), counts its calls. Never rejects for what a script or the provider does. When the token could
   * not be had, the outcome is that of the token stage. When the provider says that the token is bad, it is dropped, and the stage
   * runs once more with a new one if nothing had been changed by then.
   */
  call(call: StageCall): Promise<StageEnd>;
  /** Asks the provider by the hub's own script, with the same token, kept and counted like a stage. */
  ask(question: ProviderQuestion): Promise<ProviderAnswer>;
}

export interface RunnerDeps extends KeepDeps {
  readonly sandbox: Sandbox;
  /** Origins of this very server, which scripts must not reach. */
  readonly ownOrigins: () => readonly string[];
}

export interface CallerDeps extends RunnerDeps {
  readonly tokens: Tokens;
}

const WANTS_TOKEN: readonly Stage[] = ['create', 'revoke', 'sync'];

/**
 * Which token the recorded answers were given for is masked in them and does not matter. Like any token this one is masked wherever it
 * stands in a run, so that it must be no word of a person's.
 */
const RECORDED_TOKEN = 'token-of-recorded-answers';

/** Makes the caller. */
export function createCaller(deps: CallerDeps): StageCaller {
  const { tokens } = deps;

  async function call(given: StageCall): Promise<StageEnd> {
    const { channel, scripts, stage, context } = given;
    if (!WANTS_TOKEN.includes(stage) || given.accessToken !== undefined) return runOnce(deps, given);
    if (given.recording !== undefined) return runOnce(deps, { ...given, accessToken: RECORDED_TOKEN });
    const first = await tokens.get(channel, scripts, context);
    if ('failed' in first) return first.failed;
    const end = await runOnce(deps, { ...given, accessToken: first.accessToken });
    if (!blamesToken(end.outcome.execution.error)) return end;
    await tokens.drop(channel, scripts, first.accessToken);
    if (!mayRunAgain(end)) return end;
    const second = await tokens.get(channel, scripts, context);
    return 'failed' in second ? second.failed : runOnce(deps, { ...given, accessToken: second.accessToken });
  }

  async function ask(given: ProviderQuestion): Promise<ProviderAnswer> {
    const { channel, scripts, context } = given;
    const first = await tokens.get(channel, scripts, context);
    if ('failed' in first) return answerOf(first.failed);
    const answer = await askOnce(deps, given, first.accessToken);
    if (!blamesToken(answer.failure)) return answer;
    await tokens.drop(channel, scripts, first.accessToken);
    const second = await tokens.get(channel, scripts, context);
    return 'failed' in second ? answerOf(second.failed) : askOnce(deps, given, second.accessToken);
  }

  return { call, ask };
}

/**
 * Runs a mapping's token stage, keeps and counts it: what createTokens fetches tokens with.
 * @returns never rejects for what the script or the provider does
 */
export const createTokenRunner =
  (deps: RunnerDeps) =>
  (channel: Channel, scripts: RunScripts, context: CallContext): Promise<StageEnd> =>
    runOnce(deps, { channel, scripts, stage: 'token', variables: NO_TASK, context });

/** A token is fetched for no task in particular, since many share it. */
const NO_TASK = completeVariables({});

async function runOnce(deps: RunnerDeps, call: StageCall): Promise<StageEnd> {
  const { scripts, channel, stage, context, recording } = call;
  const executionId = newId();
  let announced: LeavingCall | undefined;
  const outcome = await runStage(deps.sandbox, {
    provider: channel.provider,
    channel: channel.stage,
    stage,
    source: scripts.sources[stage],
    variables: call.variables,
    accessToken: call.accessToken,
    approvalInstanceId: call.approvalInstanceId,
    revokeReason: call.revokeReason,
    event: call.event,
    eventType: call.eventType,
    limits: scripts.limits,
    recording,
    // The answer to a create call is judged by what came over the wire.
    record: stage === 'create',
    ownOrigins: deps.ownOrigins(),
    key: turnOf(call),
    signal: call.signal,
    async beforeCall(leaving) {
      await call.beforeCall?.(leaving);
      if (leaving.creates) announced = leaving;
    },
  });
  const read = channel.protocol.readCreateAnswer.bind(channel.protocol);
  const creates = judgeCreate(announced, outcome, read);
  const { execution } = outcome;
  const input = inputOf(call, outcome);
  const live = recording === undefined;
  if (live || call.kept !== false)
    await keepRun(deps, { id: executionId, scripts, channel, stage, context, input, execution, live });
  return { executionId, outcome: { ...outcome, execution: { ...execution, executionId } }, creates };
}

async function askOnce(
  deps: RunnerDeps,
  { channel, scripts, question, input, context, signal }: ProviderQuestion,
  accessToken: string,
): Promise<ProviderAnswer> {
  const executionId = newId();
  const { value, execution } = await askProvider(deps.sandbox, {
    provider: channel.provider,
    channel: channel.stage,
    accessToken,
    question,
    input,
    ownOrigins: deps.ownOrigins(),
    key: turnOf({ scripts, channel }),
    signal,
  });
  await keepRun(deps, {
    ...{ id: executionId, scripts, channel, context, execution },
    ...{ stage: question, input, live: true },
  });
  return {
    ...(value === undefined ? {} : { value }),
    ...(execution.error === undefined ? {} : { failure: execution.error }),
    executionId,
  };
}

/** With whom a run takes turns: with the others of its mapping. */
const turnOf = ({ scripts, channel }: Pick<StageCall, 'scripts' | 'channel'>): string =>
  scripts.mappingId ?? `channel:${channel.id}`;

/** What the script was given, as it may be kept: without the token, and without the run's secrets. */
function inputOf(call: StageCall, { secrets }: StageOutcome): unknown {
  const { variables, approvalInstanceId, revokeReason, event, eventType } = call;
  return createMask(secrets).value({ variables, approvalInstanceId, revokeReason, event, eventType });
}

const blamesToken = (failure: ScriptFailure | undefined): boolean => failure?.provider?.['kind'] === 'token';

/**
 * Whether a run that failed for its token may be repeated. What the provider refused for the token it did not do, so a changing call
 * that came last is no obstacle. A create is left to who recorded its intent.
 */
function mayRunAgain({ outcome, creates }: StageEnd): boolean {
  const { error, http } = outcome.execution;
  const sent = error?.alreadySent ?? [];
  if (sent.length === 0) return true;
  const last = http.at(-1);
  return (
    creates === null && sent.length === 1 && last !== undefined && sent[0] === `${last.method} ${last.url}`
  );
}

function answerOf({ executionId, outcome }: StageEnd): ProviderAnswer {
  const { error } = outcome.execution;
  return error === undefined ? { executionId } : { executionId, failure: error };
}
