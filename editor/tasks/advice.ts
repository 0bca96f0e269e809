import type { TaskShown } from '../../server/contract/task.ts';

/** Which advice fits a failed task (words/tasks.ts, `advice`). */
export type Advice = 'CREATE_UNKNOWN' | 'INSTANCE_GONE' | 'PROVIDER_FAILED' | 'SCRIPT' | 'passing' | 'other';

const SCRIPT: readonly string[] = [
  ...['SCRIPT_SYNTAX', 'SCRIPT_ERROR', 'SCRIPT_TIMEOUT', 'SCRIPT_MEMORY', 'SCRIPT_RESULT'],
  ...['EGRESS_DENIED', 'LIMIT_EXCEEDED'],
];
const PASSING: readonly string[] = ['HTTP_ERROR', 'SANDBOX_BUSY', 'SANDBOX_CRASHED'];

/** What to do about a failed task. @param code of its reason */
export function adviceFor(code: string): Advice {
  if (code === 'CREATE_UNKNOWN' || code === 'INSTANCE_GONE' || code === 'PROVIDER_FAILED') return code;
  if (SCRIPT.includes(code)) return 'SCRIPT';
  return PASSING.includes(code) ? 'passing' : 'other';
}

/** What a retry comes to (words/tasks.ts): as server/tasks/retry.ts and approvals/earlier.ts do it. */
export function retryDoes({
  approval,
  reason,
}: Pick<TaskShown, 'approval' | 'reason'>): 'retryAsks' | 'retryUnknown' | 'retryUnreadable' | 'retryOpens' {
  // Known, and not gone: the provider is asked instead.
  if (approval !== null && approval.status !== null) return 'retryAsks';
  if (reason?.code !== 'CREATE_UNKNOWN') return 'retryOpens';
  return reason.message.includes('the call could not be read') ? 'retryUnreadable' : 'retryUnknown';
}

/** What a revoke comes to (words/tasks.ts): as server/tasks/ask-revoke.ts does it. */
export function revokeDoes({
  opening,
  revokeRequestedAt,
}: Pick<TaskShown, 'opening' | 'revokeRequestedAt'>): 'revokeUnsent' | 'revokeSent' | 'revokeAgain' {
  if (revokeRequestedAt !== undefined) return 'revokeAgain';
  return opening.state === 'ready' ? 'revokeUnsent' : 'revokeSent';
}
