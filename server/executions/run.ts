import type { LogLine, ScriptFailure, TracedCall } from '../contract/execution.ts';
import type { Recording } from '../contract/recording.ts';
import type { Stage, StageResult } from '../contract/stage.ts';
import type { Variables } from '../contract/variables.ts';
import type { Provider } from '../providers/provider.ts';
import { openEgress, openRecorded } from '../sandbox/egress.ts';
import type { EgressPolicy, RecordedExchange } from '../sandbox/egress.ts';
import { resolveLimits } from '../sandbox/limits.ts';
import type { Limits } from '../sandbox/limits.ts';
import { createMask, maskTrace } from '../sandbox/mask.ts';
import type { Sandbox, SandboxOutcome } from '../sandbox/pool.ts';
import { checkResult } from './check-result.ts';
import { egressPolicy } from './egress-policy.ts';

/** The provider app through which a stage speaks: addresses, credentials, what an admin allows. */
export interface StageChannel {
  readonly appId: string;
  readonly appSecret: string;
  readonly corpId: string;
  readonly apiBaseUrl: string;
  readonly legacyApiBaseUrl: string;
  readonly allowedHosts: readonly string[];
  readonly defaultOriginator: string;
  /** Further secrets of the channel (callback token, AES key) that must not show. */
  readonly otherSecrets: readonly string[];
}

/** One stage script to run, with everything it finds in scope. */
export interface StageRun {
  readonly provider: Provider;
  readonly stage: Stage;
  readonly source: string;
  readonly channel: StageChannel;
  readonly variables: Variables;
  readonly accessToken?: string | undefined;
  readonly approvalInstanceId?: string | undefined;
  readonly revokeReason?: string | undefined;
  readonly event?: unknown;
  readonly eventType?: string | undefined;
  /** Limits that differ from the defaults; checked by resolveLimits. */
  readonly limits?: Partial<Limits>;
  /** Answers that stand in for the provider. */
  readonly recording?: Recording | undefined;
  /** Keep the HTTP calls whole, to make a recording of them. */
  readonly record?: boolean;
  /** Origins of this very server, which scripts must not reach. */
  readonly ownOrigins?: readonly string[];
  /** Awaited before each HTTP call leaves: the hub records its intent there. */
  readonly beforeCall?: EgressPolicy['beforeCall'];
  /** Whose turn it is; runs of different mappings share the sandbox fairly. */
  readonly key: string;
  readonly signal?: AbortSignal | undefined;
}

/** What a run shows and stores: masked throughout. The answer of the test endpoint and of `run --json`. */
export interface Execution {
  readonly executionId: string | null;
  readonly ok: boolean;
  readonly result?: StageResult;
  readonly error?: ScriptFailure;
  readonly warnings: readonly string[];
  readonly logs: readonly LogLine[];
  readonly http: readonly TracedCall[];
  /** What the create call carried, or would have: the form and the people, as the provider gets them. */
  readonly prepared?: unknown;
  readonly durationMs: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

export interface StageOutcome {
  /** The answer as the engine passes it on: not masked, not for showing. Absent when the run failed. */
  readonly result: StageResult | undefined;
  readonly execution: Execution;
  /** The HTTP calls as they were, for a recording, and what must not show in it; empty unless asked for. */
  readonly exchanges: readonly RecordedExchange[];
  readonly secrets: readonly string[];
}

const OBJECTS: Readonly<Record<Stage, readonly string[]>> = {
  token: ['reqBody'],
  create: ['fromField', 'reqBody'],
  revoke: [],
  callback: [],
  sync: [],
};

/** The names in scope whose values are text (contract: "In scope for every stage", and the stages' extras). */
function globalsOf(run: StageRun): Record<string, string> {
  const { stage, channel, variables } = run;
  const token = { accessToken: run.accessToken ?? '' };
  const instance = { approvalInstanceId: run.approvalInstanceId ?? '' };
  const extras: Readonly<Record<Stage, Record<string, string>>> = {
    token: { APP_ID: channel.appId, APP_SECRET: channel.appSecret },
    create: token,
    revoke: { ...token, ...instance, REVOKE_REASON: run.revokeReason ?? '' },
    callback: { eventType: run.eventType ?? '' },
    sync: { ...token, ...instance },
  };
  return {
    ...variables,
    API_BASE_URL: channel.apiBaseUrl,
    DEFAULT_ORIGINATOR: channel.defaultOriginator,
    CORP_ID: channel.corpId,
    ...extras[stage],
  };
}

/**
 * Runs one stage script in the sandbox and checks its answer. Never rejects for what a script does.
 * @throws LimitSettingError when run.limits are not limits
 */
export async function runStage(sandbox: Sandbox, run: StageRun): Promise<StageOutcome> {
  const limits = resolveLimits(run.limits);
  const policy = egressPolicy(run, limits);
  const { recording } = run;
  const io = { record: run.record ?? false };
  const outcome = await sandbox.run({
    key: run.key,
    openEgress: () =>
      recording === undefined ? openEgress(policy, io) : openRecorded(recording, policy, io),
    ...(run.signal === undefined ? {} : { signal: run.signal }),
    order: {
      stage: run.stage,
      source: run.source,
      globals: globalsOf(run),
      ...(run.stage === 'callback' ? { event: run.event ?? {} } : {}),
      objects: OBJECTS[run.stage],
      client: run.provider.name,
      limits,
    },
  });
  return assess(run, outcome);
}

/** Checks the answer and makes the masked copy. */
function assess(run: StageRun, outcome: SandboxOutcome): StageOutcome {
  const { stage, channel } = run;
  const checked = outcome.failure === undefined ? checkResult(stage, outcome.result) : undefined;
  const result = checked !== undefined && 'value' in checked ? checked.value : undefined;
  const failure = failureOf(
    stage,
    outcome,
    checked !== undefined && 'wrong' in checked ? checked.wrong : undefined,
  );
  const secrets = [
    ...[channel.appSecret, run.accessToken ?? '', ...channel.otherSecrets],
    ...outcome.secrets,
    ...(stage === 'token' && isToken(result) ? [result.accessToken] : []),
  ].filter((secret) => secret !== '');
  const mask = createMask(secrets);
  const prepared = outcome.prepared === null ? undefined : readJson(outcome.prepared);
  const execution: Execution = {
    executionId: null,
    ok: failure === undefined,
    ...(failure === undefined
      ? { result: mask.value(result) as StageResult }
      : { error: mask.value(failure) }),
    warnings: outcome.warnings.map((warning) => mask.text(warning)),
    logs: mask.value(outcome.logs),
    http: maskTrace(outcome.calls, mask),
    ...(prepared === undefined ? {} : { prepared: mask.value(prepared) }),
    durationMs: Math.round(outcome.durationMs * 10) / 10,
    cpuMs: Math.round(outcome.cpuMs * 10) / 10,
    memoryBytes: outcome.memoryBytes,
  };
  return { result, execution, exchanges: outcome.exchanges, secrets };
}

function isToken(result: StageResult | undefined): result is StageResult<'token'> {
  return typeof result === 'object' && result !== null && 'accessToken' in result;
}

/** The prepared body as JSON; a form-encoded body of a script's own stays the text it is. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function failureOf(
  stage: Stage,
  outcome: SandboxOutcome,
  wrong: string | undefined,
): ScriptFailure | undefined {
  const sent = outcome.sent.length === 0 ? {} : { alreadySent: outcome.sent };
  if (outcome.failure !== undefined) return { ...outcome.failure, stage, ...sent };
  if (wrong === undefined) return undefined;
  const stack = `SCRIPT_RESULT: ${wrong}`;
  return { code: 'SCRIPT_RESULT', message: wrong, stage, line: null, column: null, stack, ...sent };
}

/**
 * The execution as the person who ran it sees it: the token stage's own accessToken in clear (contract: masking),
 * the one thing that is. Never store this.
 */
export function shownDirectly(outcome: StageOutcome): Execution {
  const { execution, result } = outcome;
  if (!isToken(execution.result) || !isToken(result)) return execution;
  return { ...execution, result: { ...execution.result, accessToken: result.accessToken } };
}
