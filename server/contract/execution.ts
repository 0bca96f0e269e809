/** Why a run failed (docs/writing-scripts.md#limits). */
export const ERROR_CODES = [
  'SCRIPT_SYNTAX',
  'SCRIPT_ERROR',
  'SCRIPT_TIMEOUT',
  'SCRIPT_MEMORY',
  'SCRIPT_RESULT',
  'EGRESS_DENIED',
  'HTTP_ERROR',
  'LIMIT_EXCEEDED',
  'SANDBOX_CRASHED',
  'SANDBOX_BUSY',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Which limit a LIMIT_EXCEEDED speaks of. */
export const LIMIT_NAMES = ['httpCalls', 'httpOut', 'httpIn', 'redirects', 'source', 'result'] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

export const LOG_LEVELS = ['debug', 'log', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One console line. `at` is ISO 8601 in UTC. */
export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly at: string;
}

/** One side of a traced call: headers by lower-case name; the body is cut at 16 KiB, `bytes` is its full size (decompressed). */
export interface TracedMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly bytes: number;
  readonly truncated: boolean;
}

/**
 * One HTTP call of a script, masked. `url` is where the script wanted to go; `sentTo` is where the egress sent it when that differs
 * (apiBaseUrl, a redirect). `status` is 0 and `response` null when no answer came, and `error` then says why.
 */
export interface TracedCall {
  readonly method: string;
  readonly url: string;
  readonly sentTo?: string;
  readonly status: number;
  readonly durationMs: number;
  readonly request: TracedMessage;
  readonly response: TracedMessage | null;
  readonly error?: { readonly code: ErrorCode; readonly message: string };
}

/** A failed run, told to the author. `line` and `column` (1-based) are of the author's text, null when no line of it is at fault. */
export interface ScriptFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly stage: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly stack: string;
  readonly limit?: LimitName;
  /** What the provider said, when it refused a call: strings and numbers only. */
  readonly provider?: Readonly<Record<string, string | number>>;
  /** Changing HTTP calls (`POST https://…`) that had already left when the run failed. */
  readonly alreadySent?: readonly string[];
}
