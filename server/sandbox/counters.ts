import type { ErrorCode } from '../contract/execution.ts';

/** Why a child was ended or ended itself. */
export type ChildEnd = 'stuck' | 'lost' | 'memory' | 'silent' | 'crashed' | 'protocol' | 'recycled';

/** What the sandbox has done since it started, for metrics; times in ms. */
export interface SandboxCounters {
  readonly runs: number;
  readonly failures: Readonly<Partial<Record<ErrorCode, number>>>;
  readonly cancelled: number;
  /** Runs that were repeated unnoticed because another run had killed their child. */
  readonly reruns: number;
  readonly childEnds: Readonly<Partial<Record<ChildEnd, number>>>;
  readonly queueMs: { readonly sum: number; readonly max: number };
  readonly runMs: { readonly sum: number; readonly max: number };
  readonly queued: number;
  readonly running: number;
  readonly children: readonly {
    readonly pid: number;
    readonly running: number;
    readonly runs: number;
    readonly residentBytes: number | null;
  }[];
}

type Totals = Omit<SandboxCounters, 'queued' | 'running' | 'children'>;

/** Counts; nothing else. */
export class Counters {
  private runs = 0;
  private cancelled = 0;
  private reruns = 0;
  private readonly failures: Partial<Record<ErrorCode, number>> = {};
  private readonly childEnds: Partial<Record<ChildEnd, number>> = {};
  private readonly queueMs = { sum: 0, max: 0 };
  private readonly runMs = { sum: 0, max: 0 };

  ended(failure: ErrorCode | undefined, queuedMs: number, ranMs: number): void {
    this.runs += 1;
    if (failure !== undefined) this.failures[failure] = (this.failures[failure] ?? 0) + 1;
    add(this.queueMs, queuedMs);
    add(this.runMs, ranMs);
  }

  cancel(): void {
    this.cancelled += 1;
  }

  rerun(): void {
    this.reruns += 1;
  }

  childEnded(why: ChildEnd): void {
    this.childEnds[why] = (this.childEnds[why] ?? 0) + 1;
  }

  totals(): Totals {
    const { runs, cancelled, reruns } = this;
    return {
      runs,
      cancelled,
      reruns,
      failures: { ...this.failures },
      childEnds: { ...this.childEnds },
      queueMs: { ...this.queueMs },
      runMs: { ...this.runMs },
    };
  }
}

function add(total: { sum: number; max: number }, ms: number): void {
  total.sum += ms;
  total.max = Math.max(total.max, ms);
}
