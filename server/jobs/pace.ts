/** The intervals of the job queue. Passed in, so that tests need not wait. */
export interface Pace {
  /** How often each queue is polled without a notification: for delayed jobs and retries. */
  readonly pollMs: number;
  /** A job whose process sends no heartbeat for this long is given to another one (pg-boss wants at least 10). */
  readonly heartbeatSeconds: number;
  /** How often such jobs are looked for. */
  readonly superviseSeconds: number;
  /** How long a handler may take to end after its signal was aborted; then its job is handed back regardless. */
  readonly abortMs: number;
}

export const PACE: Pace = { pollMs: 1_000, heartbeatSeconds: 20, superviseSeconds: 10, abortMs: 1_000 };
