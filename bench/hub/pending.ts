import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from '../measure.ts';
import { atRate } from './load.ts';
import type { Depth } from './quiet.ts';
import { quiet } from './quiet.ts';
import type { Reading } from './reading.ts';
import { freshTaskId, submission } from './scene.ts';
import type { Scene } from './scene.ts';

interface Rate {
  readonly perSecond: number;
  readonly seconds: number;
}

interface Shown {
  readonly timeline: readonly { readonly at: string; readonly what: string }[];
}

/** What has not been opened so long after the last one was submitted counts as never. */
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 250;

/** Submit to `pending`, the simulator answering at once. It pushes two events for each approval that it opens, unless told otherwise. */
export async function measurePending(scene: Scene, depth: Depth | undefined): Promise<Reading[]> {
  await flow(scene, { perSecond: 20, seconds: 3 });
  const calm = await flow(scene, { perSecond: 20, seconds: 20 });
  const readings = [
    { what: 'submit → pending at 20/s: p50, ms', value: percentile(calm, 0.5), most: 150 },
    { what: 'submit → pending at 20/s: p99, ms', value: percentile(calm, 0.99) },
  ];
  if (depth === undefined) return readings;
  await scene.setFaults({ dropEvents: true });
  readings.push(...(await sustain(scene, depth, { perSecond: 50, seconds: 30 }, 'at 50/s')));
  await scene.setFaults({});
  readings.push(...(await sustain(scene, depth, { perSecond: 50, seconds: 15 }, 'at 50/s and 100 events/s')));
  return readings;
}

/** The same at a rate that has to be kept up: whether the queue grows from the middle to the end. */
async function sustain(scene: Scene, depth: Depth, rate: Rate, name: string): Promise<Reading[]> {
  await quiet(scene.hub);
  const looks = watch(depth);
  const latencies = await flow(scene, rate, () => looks.stop());
  const depths = await looks.stop();
  const third = (n: number): number =>
    percentile(
      depths.slice(Math.round((n * depths.length) / 3), Math.round(((n + 1) * depths.length) / 3)),
      0.5,
    );
  return [
    { what: `submit → pending ${name}: p50, ms`, value: percentile(latencies, 0.5) },
    { what: `submit → pending ${name}: p99, ms`, value: percentile(latencies, 0.99) },
    {
      what: `jobs ready ${name}: in the last third less those in the middle one`,
      value: third(2) - third(1),
      most: 0,
    },
  ];
}

/**
 * Submits tasks at a rate.
 * @param submitted called when the last one was taken
 * @returns for each, the milliseconds from the moment planned for its submission to that which its own timeline tells of the opening
 */
async function flow(scene: Scene, rate: Rate, submitted: () => unknown = () => undefined): Promise<number[]> {
  const { hub, token } = scene;
  const taken = await atRate(async (_, plannedAt) => {
    const taskId = freshTaskId();
    await hub.ask(submission(taskId, token), 202);
    return { taskId, plannedAt: performance.timeOrigin + plannedAt };
  }, rate);
  submitted();
  const until = performance.now() + PATIENCE_MS;
  const latencies: number[] = [];
  for (const { taskId, plannedAt } of taken)
    latencies.push((await openedAt(scene, taskId, until)) - plannedAt);
  return latencies;
}

/** When a task became pending, in epoch milliseconds; Infinity when it did not. */
async function openedAt({ hub, token }: Scene, taskId: string, until: number): Promise<number> {
  for (;;) {
    const task = (await hub.ask({ method: 'GET', path: `/api/v1/tasks/${taskId}`, token }, 200)) as Shown;
    const line = task.timeline.find(({ what }) => what === 'opened');
    if (line !== undefined) return Date.parse(line.at);
    if (performance.now() > until) return Infinity;
    await pause(100);
  }
}

/** Looks again and again. @returns what was seen, when stopped */
function watch(depth: Depth): { stop(): Promise<number[]> } {
  const seen: number[] = [];
  const over = new AbortController();
  const looking = (async () => {
    while (!over.signal.aborted) {
      seen.push(await depth.look());
      await pause(LOOK_EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined);
    }
    return seen;
  })();
  return {
    stop() {
      over.abort();
      return looking;
    },
  };
}
