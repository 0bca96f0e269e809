import type { ScriptFailure } from '../contract/execution.ts';
import type { StageResult } from '../contract/stage.ts';
import { checkPolicy, openEgress, openRecorded } from '../sandbox/egress.ts';
import { resolveLimits } from '../sandbox/limits.ts';
import type { Sandbox, SandboxOutcome } from '../sandbox/pool.ts';
import { checkResult } from './check-result.ts';
import { egressPolicy } from './egress-policy.ts';
import { withHint } from './hints.ts';
import { maskedExecution, secretsOf } from './masked.ts';
import { globalsOf, namesOf, STAGE_OBJECTS } from './scope.ts';
import type { Execution, StageOutcome, StageRun } from './stage-run.ts';

export type { Execution, StageChannel, StageOutcome, StageRun } from './stage-run.ts';

/**
 * Runs one stage script in the sandbox and checks its answer. Never rejects because of the script.
 * @throws LimitSettingError when run.limits are invalid
 * @throws Error when a base URL or an allowed host of the channel is invalid
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
  const { stage } = run;
  const checked = outcome.failure === undefined ? checkResult(stage, outcome.result) : undefined;
  const result = checked !== undefined && 'value' in checked ? checked.value : undefined;
  const failure = failureOf(
    run,
    outcome,
    checked !== undefined && 'wrong' in checked ? checked.wrong : undefined,
  );
  const isOwnToken = stage === 'token' && isToken(result);
  const secrets = secretsOf(run, outcome, isOwnToken ? [result.accessToken] : []);
  const end = failure === undefined ? { result: result as StageResult } : { failure };
  return {
    stage,
    result,
    execution: maskedExecution(outcome, end, secrets),
    exchanges: outcome.exchanges,
    secrets,
  };
}

function isToken(result: unknown): result is StageResult<'token'> {
  return typeof result === 'object' && result !== null && 'accessToken' in result;
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
 * The execution for the person who ran it: only here is the token stage's own accessToken unmasked (docs/security.md). Never store this.
 */
export function shownDirectly(outcome: StageOutcome): Execution {
  const { stage, execution, result } = outcome;
  if (stage !== 'token' || !isToken(execution.result) || !isToken(result)) return execution;
  return { ...execution, result: { ...execution.result, accessToken: result.accessToken } };
}
