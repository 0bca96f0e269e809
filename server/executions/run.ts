import type { ScriptFailure } from '../contract/execution.ts';
import type { StageResult } from '../contract/stage.ts';
import { checkPolicy, openEgress, openRecorded } from '../sandbox/egress.ts';
import { resolveLimits } from '../sandbox/limits.ts';
import { createMask, maskTrace } from '../sandbox/mask.ts';
import type { Mask } from '../sandbox/mask.ts';
import type { Sandbox, SandboxOutcome } from '../sandbox/pool.ts';
import { checkResult } from './check-result.ts';
import { egressPolicy } from './egress-policy.ts';
import { withHint } from './hints.ts';
import { globalsOf, namesOf, STAGE_OBJECTS } from './scope.ts';
import type { Execution, StageOutcome, StageRun } from './stage-run.ts';

export type { Execution, StageChannel, StageOutcome, StageRun } from './stage-run.ts';

/**
 * Runs one stage script in the sandbox and checks its answer. Never rejects for what a script does.
 * @throws LimitSettingError when run.limits are not limits
 * @throws Error in words when a base URL or an allowed host of the channel cannot be read
 */
export async function runStage(sandbox: Sandbox, run: StageRun): Promise<StageOutcome> {
  const limits = resolveLimits(run.limits);
  const policy = egressPolicy(run, limits);
  checkPolicy(policy);
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
      objects: STAGE_OBJECTS[run.stage],
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
    run,
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
      : { error: maskFailure(failure, mask) }),
    warnings: outcome.warnings.map((warning) => mask.text(warning)),
    logs: outcome.logs.map((line) => ({ ...line, message: mask.value(line.message) })),
    http: maskTrace(outcome.calls, mask),
    ...(prepared === undefined ? {} : { prepared: mask.value(prepared) }),
    durationMs: Math.round(outcome.durationMs * 10) / 10,
    cpuMs: Math.round(outcome.cpuMs * 10) / 10,
    memoryBytes: outcome.memoryBytes,
  };
  return { stage, result, execution, exchanges: outcome.exchanges, secrets };
}

/** A copy with its texts masked. Code, stage and place are the engine's own words: no secret that looks like one takes them away. */
function maskFailure(failure: ScriptFailure, mask: Mask): ScriptFailure {
  const { message, stack, provider, alreadySent } = failure;
  return {
    ...failure,
    message: mask.value(message),
    stack: mask.text(stack),
    ...(provider === undefined ? {} : { provider: mask.value(provider) }),
    ...(alreadySent === undefined ? {} : { alreadySent: mask.value(alreadySent) }),
  };
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
  run: StageRun,
  outcome: SandboxOutcome,
  wrong: string | undefined,
): ScriptFailure | undefined {
  const { stage } = run;
  const sent = outcome.sent.length === 0 ? {} : { alreadySent: outcome.sent };
  if (outcome.failure !== undefined) {
    const { code, message } = outcome.failure;
    const told = code === 'SCRIPT_ERROR' ? withHint(message, namesOf(run)) : message;
    return { ...outcome.failure, message: told, stage, ...sent };
  }
  if (wrong === undefined) return undefined;
  const stack = `SCRIPT_RESULT: ${wrong}`;
  return { code: 'SCRIPT_RESULT', message: wrong, stage, line: null, column: null, stack, ...sent };
}

/**
 * The execution as the person who ran it sees it: the token stage's own accessToken in clear (contract: masking),
 * the one thing that is. Never store this.
 */
export function shownDirectly(outcome: StageOutcome): Execution {
  const { stage, execution, result } = outcome;
  if (stage !== 'token' || !isToken(execution.result) || !isToken(result)) return execution;
  return { ...execution, result: { ...execution.result, accessToken: result.accessToken } };
}
