import type { ErrorCode, LimitName, LogLine, TracedCall } from '../contract/execution.ts';
import type { EgressSession, RecordedExchange } from './egress.ts';
import type { RunEnd, RunFailure, RunOrder } from './protocol.ts';

/** One script to run. */
export interface SandboxJob {
  readonly order: RunOrder;
  /** Whose turn it is: runs of different keys (mappings) share the sandbox fairly. */
  readonly key: string;
  /** Opens the run's egress session. Called once per attempt: a repeated run starts with fresh counts. */
  openEgress(): EgressSession;
  readonly signal?: AbortSignal;
}

/** The outcome of a run, unmasked: callers mask it before they show or store it. */
export interface SandboxOutcome {
  /** The result as JSON text; absent when the script failed, or returned undefined and had no client to finish it. */
  readonly result?: string;
  readonly failure?: RunFailure;
  readonly warnings: readonly string[];
  readonly logs: readonly LogLine[];
  readonly calls: readonly TracedCall[];
  /** Changing HTTP calls that have left: `POST https://…`. */
  readonly sent: readonly string[];
  /** The body of the create call, when the script made one. */
  readonly prepared: string | null;
  /** Complete calls for a recording; empty unless the egress was opened with `record`. */
  readonly exchanges: readonly RecordedExchange[];
  /** Values under secret-looking keys in the script's objects and calls. */
  readonly secrets: readonly string[];
  readonly queueMs: number;
  readonly durationMs: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

/** One attempt at a job in one child: collects what the script reports. */
export class Attempt {
  readonly egress: EgressSession;
  private readonly startedAt = performance.now();
  private readonly logs: LogLine[] = [];
  private readonly secrets: string[] = [];

  constructor(egress: EgressSession) {
    this.egress = egress;
  }

  progress(logs: readonly LogLine[], secrets: readonly string[]): void {
    this.logs.push(...logs);
    this.secrets.push(...secrets);
  }

  /** Closes the egress session and assembles the outcome. */
  outcome(end: RunEnd, queueMs: number): SandboxOutcome {
    const { egress } = this;
    egress.close();
    return {
      ...end,
      logs: this.logs,
      calls: egress.trace(),
      sent: egress.changingCalls(),
      prepared: egress.prepared(),
      exchanges: egress.exchanges(),
      secrets: [...this.secrets, ...egress.secrets()],
      queueMs,
      durationMs: performance.now() - this.startedAt,
    };
  }

  /** The outcome of a run whose child died before it ended. */
  static cutShort(code: ErrorCode, message: string, limit?: LimitName): RunEnd {
    const failure: RunFailure = {
      ...{ code, message, line: null, column: null, stack: `${code}: ${message}` },
      ...(limit === undefined ? {} : { limit }),
    };
    return { failure, warnings: [], cpuMs: 0, memoryBytes: 0 };
  }
}

/** The outcome of a job that never reached a child. */
export function neverRan(
  code: ErrorCode,
  message: string,
  queueMs: number,
  limit?: LimitName,
): SandboxOutcome {
  const end = Attempt.cutShort(code, message, limit);
  const nothing = { logs: [], calls: [], sent: [], prepared: null, exchanges: [], secrets: [] };
  return { ...end, ...nothing, queueMs, durationMs: 0 };
}
