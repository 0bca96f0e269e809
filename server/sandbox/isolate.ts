import ivm from 'isolated-vm';

/**
 * One isolate: prepared in advance, used for one run, then disposed of. The only file that imports isolated-vm.
 *
 * No host object enters the isolate, not even a function: the host holds references to three functions of the prelude (`start`, `resume`,
 * `drain`) and calls them. It enters with a string, the script runs until it waits, the host
 * drains a string. So there is no bridge for a script to attack, and a call at the edge of the stack (which crashes V8
 * through a host callback) has nothing to call.
 */

/** How an entry into the isolate ended. */
export type Entry =
  | { readonly how: 'returned' }
  /** It used up its time; `stack` is where it was when stopped. */
  | { readonly how: 'timeout'; readonly stack: string }
  | { readonly how: 'memory' }
  /** The isolate was disposed of meanwhile (cancelled). */
  | { readonly how: 'gone' }
  /** A promise was rejected and nobody awaited it: the error comes out of the entry itself. */
  | { readonly how: 'unhandled'; readonly name: string; readonly message: string; readonly stack: string };

/** How long `drain` may take: it only returns data, so if it takes longer the isolate is broken. */
const DRAIN_MS = 2_000;

/** The prelude with its code cache; one for all isolates of a child. */
export interface PreparedPrelude {
  readonly text: string;
  readonly file: string;
  readonly cache: ivm.ExternalCopy<ArrayBuffer>;
}

/** Puts a code cache (prelude.ts makes it) where isolates can share it. */
export function shareCache(cache: ArrayBuffer): ivm.ExternalCopy<ArrayBuffer> {
  return new ivm.ExternalCopy(cache);
}

export interface Usage {
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

export class PreparedIsolate {
  readonly memoryMiB: number;
  private readonly isolate: ivm.Isolate;
  private readonly enter: { start: ivm.Reference; resume: ivm.Reference };
  private readonly drainBridge: ivm.Reference;
  private readonly startedCpu: bigint;
  private onLost: (message: string) => void;
  /** Time spent in entries, for when the isolate can no longer report its CPU time. */
  private insideMs = 0;

  /**
   * @param onLost called when V8 gives up on this isolate (out of memory): its thread never ends, so the process must be killed
   */
  constructor(prelude: PreparedPrelude, memoryMiB: number, onLost: (message: string) => void) {
    this.memoryMiB = memoryMiB;
    this.onLost = onLost;
    this.isolate = new ivm.Isolate({
      memoryLimit: memoryMiB,
      onCatastrophicError: (message) => this.onLost(message),
    });
    const context = this.isolate.createContextSync();
    const script = this.isolate.compileScriptSync(prelude.text, {
      filename: prelude.file,
      cachedData: prelude.cache,
    });
    const bridge: ivm.Reference = script.runSync(context, { reference: true });
    this.enter = {
      start: bridge.getSync('start', { reference: true }),
      resume: bridge.getSync('resume', { reference: true }),
    };
    this.drainBridge = bridge.getSync('drain', { reference: true });
    this.startedCpu = this.isolate.cpuTime;
  }

  /** From now on this run is at fault when V8 gives up. */
  set lostHandler(handler: (message: string) => void) {
    this.onLost = handler;
  }

  /** Enters the isolate and lets the script run until it waits, ends, or has used `cpuMs`. Never rejects. */
  async run(entry: 'start' | 'resume', json: string, cpuMs: number): Promise<Entry> {
    const enteredAt = performance.now();
    try {
      await this.enter[entry].apply(undefined, [json], { timeout: cpuMs });
      return { how: 'returned' };
    } catch (error) {
      const ranOut = performance.now() - enteredAt >= cpuMs - CLOCK_SLACK_MS;
      return readEntryError(error, { ranOut, disposed: this.isolate.isDisposed });
    } finally {
      this.insideMs += performance.now() - enteredAt;
    }
  }

  /** What the script has produced for the host since the last drain, as JSON text; undefined when the isolate is gone. */
  drain(): string | undefined {
    if (this.isolate.isDisposed) return undefined;
    try {
      return this.drainBridge.applySync(undefined, [], { timeout: DRAIN_MS }) as string;
    } catch {
      // Out of memory while draining: there is nothing to return, which undefined says.
      return undefined;
    }
  }

  /** CPU time of the run so far, and what its heap and buffers hold now (the whole limit once it is gone). */
  usage(): Usage {
    if (this.isolate.isDisposed) return { cpuMs: this.insideMs, memoryBytes: this.memoryMiB * 1024 * 1024 };
    const heap = this.isolate.getHeapStatisticsSync();
    return {
      cpuMs: Number(this.isolate.cpuTime - this.startedCpu) / 1e6,
      memoryBytes: heap.used_heap_size + heap.externally_allocated_size,
    };
  }

  /** Disposes of the isolate and ends what runs in it. Safe to repeat. */
  dispose(): void {
    if (!this.isolate.isDisposed) this.isolate.dispose();
  }
}

/** Characters kept of each text of an error: a script chooses how long they are. */
const MOST_TEXT = 8_192;

/** isolated-vm's clock counts whole milliseconds and may fire slightly before ours. */
const CLOCK_SLACK_MS = 2;

function readEntryError(error: unknown, { ranOut, disposed }: { ranOut: boolean; disposed: boolean }): Entry {
  const told = error instanceof Error ? error : new Error(String(error));
  const [name, message, stack] = [told.name, told.message, told.stack ?? ''].map((text) =>
    text.slice(0, MOST_TEXT).toWellFormed(),
  ) as [string, string, string];
  // The message is isolated-vm's, but a script could throw the same one, so other evidence must agree.
  if (ranOut && message === 'Script execution timed out.') return { how: 'timeout', stack };
  if (disposed) return { how: message.includes('memory limit') ? 'memory' : 'gone' };
  return { how: 'unhandled', name, message, stack };
}
