import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { QueueStats } from '../jobs/job-store.ts';
import type { Figures } from './figures-store.ts';

/** What was read from the database; undefined when it is away. */
export type Reading = { readonly figures: Figures; readonly jobs: readonly QueueStats[] } | undefined;

/**
 * Shows what stands in the database. Every process shows the same: take the greatest over processes, not the sum.
 * @returns shows a reading; without one the figures are left out rather than shown as they were
 */
export function createDatabaseGauges(registry: Registry): (reading: Reading) => void {
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]): Gauge<L> =>
    new Gauge({ name: `countersign_${name}`, help, labelNames, registers: [registry] });

  const up = gauge('up_database', 'Whether the database answers.');
  const tasks = gauge('tasks', 'Tasks that are kept, by status.', 'status');
  const events = gauge('events', 'Events that wait or failed, by outcome.', 'outcome');
  const uncertain = gauge(
    'approvals_uncertain',
    'Approvals of which it is being found out whether the provider has them.',
  );
  const jobs = gauge('jobs', 'Jobs by queue and state: ready, delayed, active, failed.', 'queue', 'state');
  const oldest = gauge('jobs_oldest_seconds', 'How long the oldest ready job has waited.', 'queue');
  const channel = (name: string, help: string): Gauge<'channel_id' | 'channel'> =>
    gauge(`channel_${name}`, help, 'channel_id', 'channel');
  const limit = channel('calls_limit', 'Calls to the provider that the channel may make in a month.');
  const used = channel('calls_used', 'Calls that it has made in this month (UTC).');
  const pollLimit = channel(
    'polls_limit',
    'Of the limit: calls by which the hub may look without being asked.',
  );
  const polled = channel('polls_used', 'Such calls in this month.');
  const paused = channel('paused', 'Whether the channel is paused.');
  const lastCallback = channel(
    'last_callback_timestamp_seconds',
    'When the provider last pushed something that verified.',
  );
  const all = [
    ...[tasks, events, uncertain, jobs, oldest],
    ...[limit, used, pollLimit, polled, paused, lastCallback],
  ];

  return (reading) => {
    for (const each of all) each.reset();
    up.set(reading === undefined ? 0 : 1);
    if (reading === undefined) {
      // A gauge without labels shows 0 after reset(): here that would be a claim.
      uncertain.remove();
      return;
    }
    const { figures } = reading;
    for (const { status, count } of figures.tasks) tasks.set({ status }, count);
    for (const { outcome, count } of figures.events) events.set({ outcome }, count);
    uncertain.set(figures.uncertain);
    for (const { name, ready, delayed, active, failed, oldestMs } of reading.jobs) {
      for (const [state, count] of Object.entries({ ready, delayed, active, failed }))
        jobs.set({ queue: name, state }, count);
      oldest.set({ queue: name }, oldestMs / 1_000);
    }
    for (const each of figures.channels) {
      const of = { channel_id: each.id, channel: each.name };
      limit.set(of, each.limit);
      used.set(of, each.used);
      pollLimit.set(of, each.pollLimit);
      polled.set(of, each.polled);
      paused.set(of, each.paused ? 1 : 0);
      if (each.lastCallbackAt !== null) lastCallback.set(of, each.lastCallbackAt.getTime() / 1_000);
    }
  };
}
