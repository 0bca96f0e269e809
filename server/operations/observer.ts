import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Observer } from '../metrics.ts';

/** DingTalk gives up a push after 2.5 s, and a URL check after 1.5 s (protocols/dingtalk.md). */
const CALLBACK_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2.5, 5];
const STAGE_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40];

/** Counts what the rooms report. The figures are this process's own, since its start: add them up over processes. */
export function createObserver(registry: Registry): Observer {
  const registers = [registry];
  const runs = new Counter({
    name: 'countersign_stage_runs_total',
    help: 'Stage scripts that ran, by stage, kind (test, live) and code (ok, or that of the failure).',
    labelNames: ['stage', 'kind', 'code'] as const,
    registers,
  });
  const runSeconds = new Histogram({
    name: 'countersign_stage_duration_seconds',
    help: 'How long stage scripts took, calls to the provider included.',
    labelNames: ['stage', 'kind'] as const,
    buckets: STAGE_SECONDS,
    registers,
  });
  const callbacks = new Counter({
    name: 'countersign_callbacks_total',
    help: 'Pushes of providers that were answered, by outcome.',
    labelNames: ['outcome'] as const,
    registers,
  });
  const callbackSeconds = new Histogram({
    name: 'countersign_callback_duration_seconds',
    help: 'From a push of the provider to its answer.',
    labelNames: ['outcome'] as const,
    buckets: CALLBACK_SECONDS,
    registers,
  });
  const calls = new Counter({
    name: 'countersign_provider_calls_total',
    help: "Calls that count against the provider's quota, by channel.",
    labelNames: ['channel_id'] as const,
    registers,
  });
  const reached = new Counter({
    name: 'countersign_task_transitions_total',
    help: 'Tasks that reached a status.',
    labelNames: ['status'] as const,
    registers,
  });
  const alarms = new Counter({
    name: 'countersign_alarms_total',
    help: 'Things that a person should look at, by what they are.',
    labelNames: ['what'] as const,
    registers,
  });

  return {
    stageRan({ stage, kind, code, durationMs }) {
      runs.inc({ stage, kind, code });
      runSeconds.observe({ stage, kind }, durationMs / 1_000);
    },
    callbackAnswered(outcome, durationMs) {
      callbacks.inc({ outcome });
      callbackSeconds.observe({ outcome }, durationMs / 1_000);
    },
    providerCalled: (channelId, count) => calls.inc({ channel_id: channelId }, count),
    taskBecame: (status) => reached.inc({ status }),
    alarmed: (what) => alarms.inc({ what }),
  };
}
