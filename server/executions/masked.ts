import type { ScriptFailure } from '../contract/execution.ts';
import { createMask, maskTrace } from '../sandbox/mask.ts';
import type { Mask } from '../sandbox/mask.ts';
import type { SandboxOutcome } from '../sandbox/pool.ts';
import type { Execution, StageRun } from './stage-run.ts';

/** What to mask in a run: the channel's secrets, the access token, values under secret-looking names, and `more`. */
export function secretsOf(
  { channel, accessToken }: Pick<StageRun, 'channel' | 'accessToken'>,
  outcome: SandboxOutcome,
  more: readonly string[] = [],
): string[] {
  const all = [channel.appSecret, accessToken ?? '', ...channel.otherSecrets, ...outcome.secrets, ...more];
  return all.filter((secret) => secret !== '');
}

/**
 * The masked copy of a run, for showing and storing.
 * @param end the checked answer, or why there is none
 */
export function maskedExecution(
  outcome: SandboxOutcome,
  end: { readonly result: NonNullable<Execution['result']> | null } | { readonly failure: ScriptFailure },
  secrets: readonly string[],
): Execution {
  const mask = createMask(secrets);
  const prepared = outcome.prepared === null ? undefined : readJson(outcome.prepared);
  return {
    executionId: null,
    ok: 'result' in end,
    ...('result' in end ? { result: mask.value(end.result) } : { error: maskFailure(end.failure, mask) }),
    warnings: outcome.warnings.map((warning) => mask.text(warning)),
    logs: outcome.logs.map((line) => ({ ...line, message: mask.value(line.message) })),
    http: maskTrace(outcome.calls, mask),
    ...(prepared === undefined ? {} : { prepared: mask.value(prepared) }),
    durationMs: Math.round(outcome.durationMs * 10) / 10,
    cpuMs: Math.round(outcome.cpuMs * 10) / 10,
    memoryBytes: outcome.memoryBytes,
  };
}

/** A copy with its texts masked, except code, stage and position: they come from the engine, even if a secret looks the same. */
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

/** The prepared body as JSON; a form-encoded body of a script's own stays the text it is. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
