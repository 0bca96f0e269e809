import type { SandboxCounters } from '../../server/sandbox/counters.ts';

export const counters: SandboxCounters = {
  runs: 7,
  failures: { SCRIPT_TIMEOUT: 2 },
  cancelled: 1,
  reruns: 0,
  childEnds: { memory: 1 },
  queueMs: { sum: 1_500, max: 900 },
  runMs: { sum: 4_000, max: 3_000 },
  queued: 3,
  running: 2,
  children: [
    { pid: 1, running: 2, runs: 5, residentBytes: 1_000 },
    { pid: 2, running: 0, runs: 2, residentBytes: null },
  ],
};
