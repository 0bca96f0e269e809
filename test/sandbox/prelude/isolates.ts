import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

/** What one `drain` hands over (the bridge's side of the protocol). */
export interface Drained {
  readonly logs: readonly { level: string; message: string; at: string }[];
  readonly logCut: boolean;
  readonly http: readonly {
    id: number;
    method: string;
    url: string;
    headers: [string, string][];
    body: string | null;
  }[];
  readonly timers: readonly { id: number; ms: number }[];
  readonly cleared: readonly number[];
  readonly secrets: readonly string[];
  readonly waiting: { readonly http: number; readonly timers: number };
  readonly state: 'running' | 'done' | 'failed';
  readonly result?: string;
  readonly error?: {
    readonly name: string;
    readonly message: string;
    readonly stack: string;
    readonly code?: string;
    readonly limit?: string;
    readonly details?: { provider: Record<string, unknown> };
    readonly thrown: 'error' | 'value';
  };
}

/** One script to run. `replies` answer its calls in order; a call beyond them is never answered. */
export interface Case {
  readonly source: string;
  readonly stage?: string;
  readonly globals?: Readonly<Record<string, string>>;
  readonly event?: unknown;
  readonly objects?: readonly string[];
  readonly client?: { name: string; source: string };
  readonly limits?: Readonly<Record<string, number>>;
  readonly entropy?: string;
  readonly replies?: readonly object[];
  /** How long one entry may run, for scripts that never end. */
  readonly entryMs?: number;
}

export interface Outcome {
  readonly drains: readonly Drained[];
  readonly entryErrors: readonly string[];
}

/** A run told at a glance: everything it left behind, in order. */
export interface Run extends Omit<Drained, 'result'> {
  readonly result: unknown;
  readonly messages: readonly string[];
  readonly entryErrors: readonly string[];
  readonly drains: readonly Drained[];
}

/** Starts the child that owns the isolates, for all tests of a file. */
export function openIsolates(): (given: Case | string) => Promise<Run> {
  const child = fork(fileURLToPath(new URL('isolate-child.ts', import.meta.url)), {
    execArgv: ['--no-node-snapshot'],
    env: {},
  });
  const waiting = new Map<number, { resolve: (run: Run) => void; reject: (error: Error) => void }>();
  let count = 0;
  child.on('message', ({ id, outcome, failed }: { id: number; outcome?: Outcome; failed?: string }) => {
    const run = waiting.get(id);
    waiting.delete(id);
    if (outcome === undefined) run?.reject(new Error(failed));
    else run?.resolve(summarise(outcome));
  });
  child.on('exit', (code, signal) => {
    for (const run of waiting.values())
      run.reject(new Error(`The child ended: ${code ?? signal ?? 'unknown'}`));
  });
  afterAll(() => child.kill());
  return (given) =>
    new Promise((resolve, reject) => {
      const id = count++;
      waiting.set(id, { resolve, reject });
      child.send({ id, given: typeof given === 'string' ? { source: given } : given });
    });
}

function summarise({ drains, entryErrors }: Outcome): Run {
  const last = drains.at(-1);
  if (last === undefined) throw new Error('The bridge was never drained');
  const logs = drains.flatMap((drained) => drained.logs);
  return {
    ...last,
    result: last.result === undefined ? undefined : (JSON.parse(last.result) as unknown),
    logs,
    messages: logs.map(({ message }) => message),
    http: drains.flatMap((drained) => drained.http),
    timers: drains.flatMap((drained) => drained.timers),
    cleared: drains.flatMap((drained) => drained.cleared),
    secrets: drains.flatMap((drained) => drained.secrets),
    entryErrors,
    drains,
  };
}
