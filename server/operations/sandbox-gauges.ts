import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { SandboxCounters } from '../sandbox/counters.ts';

/** Shows what the sandbox counts by itself. @returns reads the counters; to be called before each page */
export function createSandboxGauges(registry: Registry, stats: () => SandboxCounters): () => void {
  const registers = [registry];
  const total = (name: string, help: string): Counter =>
    new Counter({ name: `countersign_sandbox_${name}_total`, help, registers });
  const now = (name: string, help: string): Gauge =>
    new Gauge({ name: `countersign_sandbox_${name}`, help, registers });

  const runs = total('runs', 'Scripts that ran in the sandbox or were refused by it.');
  const cancelled = total('cancelled', 'Runs that their caller cancelled.');
  const reruns = total('reruns', "Runs that were run again unseen because a neighbour's process ended.");
  const queueSeconds = total('queue_seconds', 'Time that runs waited for a place.');
  const runSeconds = total('run_seconds', 'Time that runs took.');
  const failures = new Counter({
    name: 'countersign_sandbox_failures_total',
    help: 'Runs that failed, by code.',
    labelNames: ['code'] as const,
    registers,
  });
  const childEnds = new Counter({
    name: 'countersign_sandbox_child_ends_total',
    help: 'Child processes that ended or were ended, by reason.',
    labelNames: ['reason'] as const,
    registers,
  });
  const queued = now('queued', 'Runs that wait for a place.');
  const running = now('running', 'Runs under way.');
  const children = now('children', 'Child processes.');
  const resident = now('resident_bytes', 'Memory of all child processes together.');

  const set = (counter: Counter, value: number): void => {
    counter.reset();
    counter.inc(value);
  };
  return () => {
    const counters = stats();
    set(runs, counters.runs);
    set(cancelled, counters.cancelled);
    set(reruns, counters.reruns);
    set(queueSeconds, counters.queueMs.sum / 1_000);
    set(runSeconds, counters.runMs.sum / 1_000);
    failures.reset();
    for (const [code, count] of Object.entries(counters.failures)) failures.inc({ code }, count);
    childEnds.reset();
    for (const [reason, count] of Object.entries(counters.childEnds)) childEnds.inc({ reason }, count);
    queued.set(counters.queued);
    running.set(counters.running);
    children.set(counters.children.length);
    resident.set(counters.children.reduce((sum, { residentBytes }) => sum + (residentBytes ?? 0), 0));
  };
}
