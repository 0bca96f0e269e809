import type { ErrorCode, LimitName, LogLine, TracedCall } from '../contract/execution.ts';
import type { EgressSession, RecordedExchange } from './egress.ts';
import type { RunEnd, RunFailure, RunOrder } from './protocol.ts';

/** One script to run. */
export interface SandboxJob {
  readonly order: RunOrder;
  /** Whose turn it is: runs of different keys (mappings) share the sandbox fairly. */
  readonly key: string;
  /** Opens the run's way out. Called once an attempt: a run that is run again starts with fresh counts. */
  openEgress(): EgressSession;
  readonly signal?: AbortSignal;
}

/** What became of it, unmasked: masking is the last step of whoever shows or stores it. */
export interface SandboxOutcome {
  /** The answer as JSON text; absent when the script failed, or answered undefined and had no client to finish it. */
  readonly result?: string;
  readonly failure?: RunFailure;
  readonly warnings: readonly string[];
  readonly logs: readonly LogLine[];
  readonly calls: readonly TracedCall[];
  /** Changing HTTP calls that have left: `POST https://…`. */
  readonly sent: readonly string[];
  /** The body of the create call, when the script made one. */
  readonly prepared: string | null;
  /** Whole calls for a recording; empty unless the egress was opened with `record`. */
  readonly exchanges: readonly RecordedExchange[];
  /** Values that stood under secret-looking keys, in the script's objects and in its calls. */
  readonly secrets: readonly string[];
  readonly queueMs: number;
  readonly durationMs: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

/** One try at a job in one child: gathers what the script says on the way. */
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

  /** Closes the way out and puts together what became of the job. */
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

  /** The end of a run whose child did not live to tell. */
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
