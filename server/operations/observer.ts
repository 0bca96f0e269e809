import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Observer } from '../metrics.ts';

/** DingTalk gives up a push after 2.5 s, and a URL check after 1.5 s (protocols/dingtalk.md). */
const CALLBACK_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2.5, 5];
const STAGE_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40];

/** Counts what the modules report. The counters are this process's own, since its start: sum them over processes. */
export function createObserver(registry: Registry): Observer {
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]): Counter<L> =>
    new Counter({ name: `countersign_${name}_total`, help, labelNames, registers: [registry] });
  const seconds = <L extends string>(
    name: string,
    help: string,
    buckets: number[],
    ...labelNames: L[]
  ): Histogram<L> =>
    new Histogram({ name: `countersign_${name}_seconds`, help, labelNames, buckets, registers: [registry] });

  const runs = counter(
    'stage_runs',
    'Stage scripts that ran, by stage, kind (test, live) and code (ok, or that of the failure).',
    ...(['stage', 'kind', 'code'] as const),
  );
  const runSeconds = seconds(
    'stage_duration',
    'How long stage scripts took, calls to the provider included.',
    STAGE_SECONDS,
    ...(['stage', 'kind'] as const),
  );
  const callbacks = counter('callbacks', 'Pushes of providers that were answered, by outcome.', 'outcome');
  const callbackSeconds = seconds(
    'callback_duration',
    'From a push of the provider to its answer.',
    CALLBACK_SECONDS,
    'outcome',
  );
  const connections = new Gauge({
    name: 'countersign_connections',
    help: 'Connections to providers that stand (persistent channels).',
    registers: [registry],
  });
  const connects = counter(
    'connection_tries',
    'Tries to connect to a provider, by result: connected, failed.',
    'result',
  );
  const frames = counter(
    'connection_frames',
    'Frames that came over connections: stored, duplicate, foreign, later, alive, leaving, unknown.',
    'outcome',
  );
  const calls = counter(
    'provider_calls',
    "Calls that count against the provider's quota, by channel.",
    'channel_id',
  );
  const reached = counter('task_transitions', 'Tasks that reached a status.', 'status');
  const alarms = counter('alarms', 'Things that a person should look at, by what they are.', 'what');

  return {
    stageRan({ stage, kind, code, durationMs }) {
      runs.inc({ stage, kind, code });
      runSeconds.observe({ stage, kind }, durationMs / 1_000);
    },
    callbackAnswered(outcome, durationMs) {
      callbacks.inc({ outcome });
      callbackSeconds.observe({ outcome }, durationMs / 1_000);
    },
    connectionTried: (result) => connects.inc({ result }),
    connectionsChanged: (by) => connections.inc(by),
    frameHandled: (outcome) => frames.inc({ outcome }),
    providerCalled: (channelId, count) => calls.inc({ channel_id: channelId }, count),
    taskBecame: (status) => reached.inc({ status }),
    alarmed: (what) => alarms.inc({ what }),
  };
}
