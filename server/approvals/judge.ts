import type { ScriptFailure, TracedCall } from '../contract/execution.ts';
import type { StageEnd } from '../executions/scripts.ts';
import { storableText } from '../executions/storable.ts';
import type { GateState } from './gate.ts';

/** Why something did not come about: for the task's reason and its timeline. `kind`: the provider's failure kind, where it refused. */
export interface Why {
  readonly code: string;
  readonly message: string;
  readonly kind?: string;
}

/** What follows from a run of the create stage. */
export type Verdict =
  /** The instance is known. `note`: the script says otherwise, or failed after it. */
  | {
      readonly do: 'link';
      readonly instanceId: string;
      /** Whose word it is: the create call's answer, or the script's alone. */
      readonly by: 'answer' | 'script';
      readonly note?: string;
    }
  /** Nothing stands, and another try may do better. */
  | { readonly do: 'again'; readonly why: Why }
  /** Nothing stands, and trying again would end alike. */
  | { readonly do: 'fail'; readonly why: Why }
  /** Something may stand: the provider's listing must tell. */
  | { readonly do: 'search'; readonly why: Why }
  /** Somebody else is at it. */
  | { readonly do: 'leave' };

/** Provider refusals that pass by themselves (the client's failure kinds, scripts/dingtalk/dingtalk.d.ts). */
const PASSING_KINDS: readonly string[] = ['throttled', 'token', 'unclear'];
/** Failures of ours or of the wire, whatever script ran. */
const PASSING_CODES: readonly string[] = ['HTTP_ERROR', 'SANDBOX_BUSY', 'SANDBOX_CRASHED'];

/**
 * Whether a failure may pass by itself. A script that ran out of time while the provider kept it waiting is not at fault.
 * @param calls the run's HTTP calls
 */
export function isPassing(failure: ScriptFailure, calls: readonly TracedCall[]): boolean {
  const kind = kindOf(failure);
  if (kind !== undefined) return PASSING_KINDS.includes(kind);
  if (failure.code !== 'SCRIPT_TIMEOUT') return PASSING_CODES.includes(failure.code);
  const last = calls.at(-1);
  // Cut off when the time was over; what the egress kept back is the script's own fault.
  return last?.status === 0 && (last.error?.code ?? 'HTTP_ERROR') === 'HTTP_ERROR';
}

/** What the provider's client says of a refusal: `throttled`, `notFound` …; undefined when no provider spoke. */
export function kindOf(failure: ScriptFailure | undefined): string | undefined {
  const kind = failure?.provider?.['kind'];
  return typeof kind === 'string' ? kind : undefined;
}

/** A failure in the words of a task's reason. */
export function whyOf(failure: ScriptFailure): Why {
  const kind = kindOf(failure);
  return { code: failure.code, message: failure.message, ...(kind === undefined ? {} : { kind }) };
}

/**
 * Judges a run of the create stage. What came over the wire counts; what the script made of it does not.
 * @param gate how the attempt's gate stands at the end
 */
export function judgeCreate(
  { outcome, creates }: Pick<StageEnd, 'outcome' | 'creates'>,
  gate: GateState,
): Verdict {
  const failure = outcome.execution.error;
  const claimed = claimedInstance(outcome.result);
  if (creates === null) return withoutCall(outcome, gate, claimed);
  const { answer } = creates;
  if (answer === null || answer === 'unclear')
    return { do: 'search', why: failure === undefined ? NO_CLEAR_ANSWER : whyOf(failure) };
  if ('instanceId' in answer) {
    const note = noteOn(answer.instanceId, claimed, failure);
    return {
      do: 'link',
      by: 'answer',
      instanceId: answer.instanceId,
      ...(note === undefined ? {} : { note }),
    };
  }
  // Refused, and the script found an approval that stood already: nothing contradicts it.
  if (claimed !== undefined) return { do: 'link', by: 'script', instanceId: claimed };
  const { kind, code, message } = answer.refused;
  const words = failure?.message ?? refusedWords(code, message, outcome.secrets);
  // A script that failed by itself after the refusal is told of in its own words.
  const isOwnFailure = failure !== undefined && kindOf(failure) === undefined;
  const why: Why = { code: isOwnFailure ? failure.code : 'PROVIDER_FAILED', message: words, kind };
  return { do: PASSING_KINDS.includes(kind) ? 'again' : 'fail', why };
}

function withoutCall(
  { stage, execution }: StageEnd['outcome'],
  gate: GateState,
  claimed: string | undefined,
): Verdict {
  if (gate === 'taken') return { do: 'leave' };
  if (claimed !== undefined) return { do: 'link', by: 'script', instanceId: claimed };
  const { error: failure, http } = execution;
  if (failure === undefined)
    return {
      do: 'fail',
      why: {
        code: 'SCRIPT_RESULT',
        message: 'The create stage named no approvalInstanceId that could be kept.',
      },
    };
  const sent = stage === 'create' ? (failure.alreadySent ?? []) : [];
  if (sent.length > 0) {
    const message = `${failure.message} It had already sent ${sent.join(', ')}: look at what came of that before trying again.`;
    return { do: 'fail', why: { ...whyOf(failure), message } };
  }
  return { do: isPassing(failure, http) ? 'again' : 'fail', why: whyOf(failure) };
}

const NO_CLEAR_ANSWER: Why = {
  code: 'HTTP_ERROR',
  message: 'The provider gave no clear answer to the call that opens the approval.',
};

/** Off the wire, and so not masked yet; what it repeats of the channel's secrets is left out. */
function refusedWords(code: string, message: string, secrets: readonly string[]): string {
  const repeats = secrets.some((secret) => secret.length >= 8 && message.includes(secret));
  return `The provider refused to open the approval${repeats ? '' : `: ${message}`} (${code}).`;
}

/** The instance that the script names; undefined when it names none, or one that no table can hold. */
function claimedInstance(result: unknown): string | undefined {
  if (typeof result !== 'object' || result === null || !('approvalInstanceId' in result)) return undefined;
  const { approvalInstanceId: id } = result;
  return typeof id === 'string' && storableText(id) === id ? id : undefined;
}

function noteOn(
  instanceId: string,
  claimed: string | undefined,
  failure: ScriptFailure | undefined,
): string | undefined {
  if (failure !== undefined)
    return `The create script failed after the approval was opened: ${failure.message}`;
  if (claimed === instanceId) return undefined;
  return `The create script returned the approval ${claimed ?? '(none)'}, but the provider opened ${instanceId}.`;
}
