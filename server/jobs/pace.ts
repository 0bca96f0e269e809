/** How quickly the queue notices things. Handed in, so that a test need not wait. */
export interface Pace {
  /** How often each queue is looked into although nobody said that there is something: delayed jobs, retries. */
  readonly pollMs: number;
  /** A job whose process does not report for so long is given to another one (pg-boss: 10 at least). */
  readonly heartbeatSeconds: number;
  /** How often somebody looks for such jobs. */
  readonly superviseSeconds: number;
  /** How long a handler may take to end after its signal was aborted, before its job is handed back regardless. */
  readonly abortMs: number;
}

export const PACE: Pace = { pollMs: 1_000, heartbeatSeconds: 20, superviseSeconds: 10, abortMs: 1_000 };
