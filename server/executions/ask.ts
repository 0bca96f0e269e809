import type { ScriptFailure } from '../contract/execution.ts';
import type { Provider, Question } from '../providers/provider.ts';
import { openEgress } from '../sandbox/egress.ts';
import { resolveLimits } from '../sandbox/limits.ts';
import type { Sandbox, SandboxOutcome } from '../sandbox/pool.ts';
import { egressPolicy } from './egress-policy.ts';
import { maskedExecution, secretsOf } from './masked.ts';
import type { Execution, StageChannel } from './stage-run.ts';

/** A query of the hub itself to a provider: a script of scripts/<provider>/hub/ and its input. */
export interface Ask {
  readonly provider: Provider;
  readonly channel: StageChannel;
  /** Left out of a question that wants none. */
  readonly accessToken?: string;
  readonly question: Question;
  /** Plain JSON; each script describes its input and its answer. */
  readonly input: unknown;
  /** Origins of this very server, which scripts must not reach. */
  readonly ownOrigins: readonly string[];
  /** Whose turn it is in the sandbox. */
  readonly key: string;
  readonly signal?: AbortSignal | undefined;
}

export interface Answered {
  /** The script's answer, not masked; absent when it failed. */
  readonly value?: unknown;
  /** Masked, for showing and storing; its `error` says why there is no value. */
  readonly execution: Execution;
}

/**
 * Queries a provider for the hub itself: the script runs in the sandbox with the egress of a stage, except that no call that changes
 * anything may leave. Never rejects because of the provider.
 * @throws Error when a base URL or an allowed host of the channel is invalid
 */
export async function askProvider(sandbox: Sandbox, ask: Ask): Promise<Answered> {
  const { provider, channel, accessToken, question } = ask;
  const limits = resolveLimits();
  const policy = egressPolicy(
    { provider, channel, ownOrigins: ask.ownOrigins, beforeCall: refuseChanges },
    limits,
  );
  const outcome = await sandbox.run({
    key: ask.key,
    openEgress: () => openEgress(policy),
    ...(ask.signal === undefined ? {} : { signal: ask.signal }),
    order: {
      stage: question,
      source: provider.questions[question],
      globals: {
        ...(accessToken === undefined ? {} : { accessToken }),
        APP_ID: channel.appId,
        APP_SECRET: channel.appSecret,
        QUESTION: JSON.stringify(ask.input),
        API_BASE_URL: channel.apiBaseUrl,
        DEFAULT_ORIGINATOR: channel.defaultOriginator,
        CORP_ID: channel.corpId,
      },
      objects: [],
      client: provider.name,
      limits,
    },
  });
  return answered(ask, outcome);
}

function refuseChanges(call: {
  readonly method: string;
  readonly url: string;
  readonly changing: boolean;
}): Promise<void> {
  return call.changing
    ? Promise.reject(new Error(`A question changes nothing: ${call.method} ${call.url} stays here.`))
    : Promise.resolve();
}

function answered(ask: Ask, outcome: SandboxOutcome): Answered {
  const secrets = secretsOf(ask, outcome);
  const value: unknown = outcome.result === undefined ? undefined : JSON.parse(outcome.result);
  if (outcome.failure === undefined && typeof value === 'object' && value !== null)
    return {
      value,
      execution: maskedExecution(outcome, { result: value as Record<string, unknown> }, secrets),
    };
  const failure: ScriptFailure = { ...(outcome.failure ?? NO_ANSWER), stage: ask.question };
  return { execution: maskedExecution(outcome, { failure }, secrets) };
}

const NO_ANSWER = {
  code: 'SCRIPT_RESULT',
  message: 'The question was not answered with an object.',
  line: null,
  column: null,
  stack: 'SCRIPT_RESULT: The question was not answered with an object.',
} as const;
