import type { ScriptFailure } from '../contract/execution.ts';
import type { ApprovalStatus, StageResult } from '../contract/stage.ts';
import type { StageEnd } from '../executions/scripts.ts';

/** What a callback script's run comes to. */
export type CallbackVerdict =
  /** The event changes nothing. */
  | { readonly unchanged: string }
  /** `at`: when it happened, as the provider says. */
  | { readonly status: ApprovalStatus; readonly at: string | undefined }
  /** The same run may end otherwise in a while: the sandbox was busy or crashed, the provider did not answer. */
  | { readonly retry: string }
  /** The script is at fault; a person must mend it. */
  | { readonly failed: string };

/** What a provider says that passes: the failures' kinds as the client's own text (scripts/<provider>/client/failure.js) has them. */
const PASSING_KINDS: readonly unknown[] = ['throttled', 'unclear'];
const PASSING_CODES: readonly string[] = ['SANDBOX_BUSY', 'SANDBOX_CRASHED', 'HTTP_ERROR'];

const passes = ({ code, provider }: ScriptFailure): boolean =>
  PASSING_CODES.includes(code) || PASSING_KINDS.includes(provider?.['kind']);

/**
 * Judges a run of the callback stage. A script cannot speak of another instance than the one that the event names: that is
 * SCRIPT_RESULT and changes nothing (contract).
 * @param instanceId what the host itself read from the event
 */
export function readCallbackResult({ outcome }: StageEnd, instanceId: string): CallbackVerdict {
  const { error } = outcome.execution;
  if (error !== undefined) {
    const why = `${error.code}: ${error.message}`;
    return passes(error) ? { retry: why } : { failed: why };
  }
  const result = outcome.result as StageResult<'callback'> | undefined;
  if (result === null || result === undefined) return { unchanged: 'the callback script answered null' };
  if (result.approvalInstanceId !== instanceId)
    return {
      failed: `SCRIPT_RESULT: the event is about ${instanceId}, but the callback script answered for ${result.approvalInstanceId}.`,
    };
  const { status, at } = result;
  return { status, at: typeof at === 'string' ? at : undefined };
}
