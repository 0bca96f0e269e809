import { randomBytes } from 'node:crypto';
import { ERROR_CODES, LIMIT_NAMES } from '../contract/execution.ts';
import type { ErrorCode, LimitName, LogLine } from '../contract/execution.ts';
import { compile, ScriptSyntaxError } from './compile.ts';
import type { ScriptReply, ScriptRequest } from './egress.ts';
import type { Entry, PreparedIsolate, Usage } from './isolate.ts';
import type { RunEnd, RunFailure, RunOrder } from './protocol.ts';
import { readStack } from './stack.ts';

/** What a script may leave in its last entry, as `bridge.drain()` writes it. */
interface Drained {
  logs: LogLine[];
  logCut: boolean;
  http: ScriptRequest[];
  timers: { id: number; ms: number }[];
  cleared: number[];
  secrets: string[];
  waiting: { http: number; timers: number };
  state: 'running' | 'done' | 'failed';
  result?: string;
  error?: {
    name: string;
    message: string;
    stack: string;
    code?: string;
    limit?: string;
    details?: { provider?: Record<string, string | number> };
    thrown: 'error' | 'value';
  };
}

/** What a run reports while it runs. */
export interface RunListener {
  progress(logs: readonly LogLine[], secrets: readonly string[], calls: readonly ScriptRequest[]): void;
  /** An entry has not returned although its time is over: V8 hangs beyond its own timeout, and only a kill helps. */
  stuck(): void;
  /** Waits until this run may use a core; the function it resolves to gives the core back. */
  turn(): Promise<() => void>;
}

/** How much later than its limit V8 may stop a script (a long BigInt product does not see the request for a second). */
const STUCK_AFTER_MS = 1_500;
/** The longest delay setTimeout takes; the run's wall clock ends far earlier. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Runs one script in one isolate, from its text to its end. Runs in the child; knows nothing of processes. */
export class ScriptRun {
  private readonly order: RunOrder;
  private readonly client: { name: string; source: string } | null;
  private readonly isolate: PreparedIsolate;
  private readonly listener: RunListener;
  private readonly timers = new Map<number, NodeJS.Timeout>();
  private readonly warnings: string[] = [];
  private inbox: { replies: ({ id: number } & ScriptReply)[]; timers: number[] } = {
    replies: [],
    timers: [],
  };
  private wake: (() => void) | undefined;
  private overdue = false;
  /** The present entry may run until the limit of wall time, which is nearer than that of CPU time. */
  private isLastStretch = false;
  private cancelled = false;
  private toAuthor: (line: number, column: number) => { line: number; column: number } = (line, column) => ({
    line,
    column,
  });

  constructor(
    order: RunOrder,
    client: { name: string; source: string } | null,
    isolate: PreparedIsolate,
    listener: RunListener,
  ) {
    this.order = order;
    this.client = client;
    this.isolate = isolate;
    this.listener = listener;
  }

  /** The parent answers a call the script made. */
  reply(call: number, reply: ScriptReply): void {
    this.inbox.replies.push({ ...reply, id: call });
    this.wake?.();
  }

  /** Cancels the run. It ends soon with a SCRIPT_TIMEOUT that nobody reads. */
  cancel(): void {
    this.cancelled = true;
    this.isolate.dispose();
    this.wake?.();
  }

  /** Runs the script to its end; the caller then disposes of the isolate. Rejects only on a bug of ours. */
  async end(): Promise<RunEnd> {
    const { limits } = this.order;
    const startedAt = performance.now();
    const wall = setTimeout(() => {
      this.overdue = true;
      this.wake?.();
    }, limits.wallMs);
    try {
      const code = this.compiled();
      if (typeof code !== 'string') return this.finished(code);
      let entry = await this.enter('start', this.startOrder(code), startedAt);
      for (;;) {
        const end = this.afterEntry(entry);
        if (end !== undefined) return this.finished(end);
        await this.somethingHappens();
        // The run was cancelled and has its outcome already; nobody reads this one.
        if (this.cancelled || this.overdue) return this.finished({ failure: this.tooLate() });
        const resume = JSON.stringify(this.inbox);
        this.inbox = { replies: [], timers: [] };
        entry = await this.enter('resume', resume, startedAt);
      }
    } finally {
      clearTimeout(wall);
      for (const timer of this.timers.values()) clearTimeout(timer);
    }
  }

  private compiled(): string | { failure: RunFailure } {
    try {
      const converted = compile(this.order.source);
      this.toAuthor = (line, column) => converted.toAuthor(line, column);
      return converted.code;
    } catch (error) {
      if (!(error instanceof ScriptSyntaxError)) throw error;
      const { message, line, column } = error;
      const stack = `SyntaxError: ${message}\n    at script.js:${line}:${column}`;
      return { failure: { code: 'SCRIPT_SYNTAX', message, line, column, stack } };
    }
  }

  private startOrder(source: string): string {
    const { stage, globals, event, objects, limits } = this.order;
    const { logLines, logBytes, resultBytes, httpOutBytes, httpCalls } = limits;
    return JSON.stringify({
      stage,
      source,
      globals,
      event,
      objects,
      client: this.client,
      // For crypto.randomUUID: an isolate has no secure source of randomness.
      entropy: randomBytes(32).toString('hex'),
      limits: { logLines, logBytes, resultBytes, httpOutBytes, httpCalls, timers: 100 },
    });
  }

  private async enter(door: 'start' | 'resume', json: string, startedAt: number): Promise<Entry> {
    const endTurn = await this.listener.turn();
    const { cpuMs, wallMs } = this.order.limits;
    const left = Math.max(1, Math.ceil(wallMs - (performance.now() - startedAt)));
    const allowed = Math.min(cpuMs, left);
    this.isLastStretch = left < cpuMs;
    let isBack = false;
    const alarm = setTimeout(() => {
      // After being busy, the main thread handles late timers before entries that returned meanwhile.
      setImmediate(() => {
        if (!isBack) this.listener.stuck();
      });
    }, allowed + STUCK_AFTER_MS);
    try {
      return await this.isolate.run(door, json, allowed);
    } finally {
      isBack = true;
      clearTimeout(alarm);
      endTurn();
    }
  }

  /** Drains the isolate. Returns the run's end, or undefined while it waits for something that can still happen. */
  private afterEntry(entry: Entry): Pick<RunEnd, 'result' | 'failure'> | undefined {
    const text = this.isolate.drain();
    if (text === undefined)
      return { failure: entry.how === 'timeout' ? this.timedOut(entry.stack) : this.outOfMemory() };
    const left = JSON.parse(text) as Drained;
    const ended = left.state !== 'running' || entry.how !== 'returned';
    // A call made in the entry that ended the script never leaves.
    this.listener.progress(left.logs, left.secrets, ended ? [] : left.http);
    if (left.logCut) this.warn('The log was cut: it had reached its limit of lines or bytes.');
    if (entry.how === 'timeout') return { failure: this.timedOut(entry.stack) };
    if (entry.how === 'memory' || entry.how === 'gone') return { failure: this.outOfMemory() };
    if (left.state === 'failed' && left.error !== undefined) return { failure: this.failed(left.error) };
    if (entry.how === 'unhandled') return { failure: this.unawaited(entry) };
    if (left.state === 'done') {
      this.warnOfLeftBehind(left.waiting);
      return left.result === undefined ? {} : { result: left.result };
    }
    for (const { id, ms } of left.timers) this.startTimer(id, ms);
    for (const id of left.cleared) this.stopTimer(id);
    if (left.waiting.http === 0 && left.waiting.timers === 0) return { failure: this.neverSettles() };
    return undefined;
  }

  private warn(warning: string): void {
    if (!this.warnings.includes(warning)) this.warnings.push(warning);
  }

  private warnOfLeftBehind({ http, timers }: Drained['waiting']): void {
    const things: string[] = [];
    if (http > 0) things.push(http === 1 ? '1 HTTP call' : `${http} HTTP calls`);
    if (timers > 0) things.push(timers === 1 ? '1 timer' : `${timers} timers`);
    if (things.length > 0)
      this.warn(`The script ended without waiting for ${things.join(' and ')}: cancelled. Use await.`);
  }

  private startTimer(id: number, ms: number): void {
    const timer = setTimeout(
      () => {
        this.timers.delete(id);
        this.inbox.timers.push(id);
        this.wake?.();
      },
      Math.min(ms, LONGEST_TIMER_MS),
    );
    this.timers.set(id, timer);
  }

  private stopTimer(id: number): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
  }

  private async somethingHappens(): Promise<void> {
    while (
      this.inbox.replies.length === 0 &&
      this.inbox.timers.length === 0 &&
      !this.overdue &&
      !this.cancelled
    ) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    this.wake = undefined;
  }

  private finished(end: Pick<RunEnd, 'result' | 'failure'>): RunEnd {
    const usage: Usage = this.isolate.usage();
    return { ...end, warnings: this.warnings, ...usage };
  }

  private at(raw: string, headline: string): Pick<RunFailure, 'line' | 'column' | 'stack'> {
    return readStack(raw, headline, this.toAuthor, this.client?.source);
  }

  private timedOut(stack: string): RunFailure {
    const { cpuMs, wallMs } = this.order.limits;
    const message = this.isLastStretch
      ? `The script took longer than its limit of ${wallMs} ms in all; it was still running.`
      : `The script ran for ${cpuMs} ms without pausing, which is its limit of CPU time between two awaits.`;
    return { code: 'SCRIPT_TIMEOUT', message, ...this.at(stack, `Timeout: ${message}`) };
  }

  private tooLate(): RunFailure {
    const message = `The script took longer than its limit of ${this.order.limits.wallMs} ms in all; it was still waiting for an HTTP call or a timer.`;
    return { code: 'SCRIPT_TIMEOUT', message, line: null, column: null, stack: `Timeout: ${message}` };
  }

  private outOfMemory(): RunFailure {
    const message = `The script used more than its limit of ${this.order.limits.memoryMiB} MiB of memory. What it logged since its last await is lost.`;
    return { code: 'SCRIPT_MEMORY', message, line: null, column: null, stack: `OutOfMemory: ${message}` };
  }

  private neverSettles(): RunFailure {
    const message =
      'The script awaits a promise that nothing can settle any more: no HTTP call and no timer is under way.';
    return { code: 'SCRIPT_ERROR', message, line: null, column: null, stack: `Error: ${message}` };
  }

  private unawaited({ name, message, stack }: Extract<Entry, { how: 'unhandled' }>): RunFailure {
    const told = `A promise was rejected and nobody awaited it: ${name}: ${message}`;
    return { code: 'SCRIPT_ERROR', message: told, ...this.at(stack, `${name}: ${message}`) };
  }

  private failed(error: NonNullable<Drained['error']>): RunFailure {
    const headline =
      error.thrown === 'value' ? `Thrown: ${error.message}` : `${error.name}: ${error.message}`;
    const isMemory = error.name === 'RangeError' && error.message === 'Array buffer allocation failed';
    const isKnown = ERROR_CODES.includes(error.code as ErrorCode);
    const code = isKnown ? (error.code as ErrorCode) : isMemory ? 'SCRIPT_MEMORY' : 'SCRIPT_ERROR';
    const limit = LIMIT_NAMES.includes(error.limit as LimitName) ? (error.limit as LimitName) : undefined;
    const provider = error.details?.provider;
    const isOwnName = error.thrown === 'value' || error.name === 'Error' || isKnown;
    return {
      code,
      message: isOwnName ? error.message : `${error.name}: ${error.message}`,
      ...this.at(error.stack, headline),
      ...(limit === undefined ? {} : { limit }),
      ...(provider === undefined ? {} : { provider }),
    };
  }
}
