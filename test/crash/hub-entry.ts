// The hub as the crash tests start it: the product's own start, and a watcher at its outside that kills the process where it is told
// to. Argument: a point to be killed at from the very start, or nothing. Settings come from the environment, as ever.
import { flushCompileCache } from 'node:module';
import { readConfig } from '../../server/config.ts';
import { startHub } from '../../server/hub.ts';
import { createLog } from '../../server/log.ts';
import { POINTS } from './points.ts';
import type { Point } from './points.ts';
import { CRASH_PACE, CRASH_WAITS } from './waits.ts';
import { watch } from './watch.ts';

/** What the tests tell this process. */
export interface Order {
  readonly arm: Point;
}

/** What it tells the tests. */
export type Told = { readonly ready: string; readonly cpuMs: number } | { readonly armed: Point };

let armed = process.argv[2] as Point | undefined;
watch((sight) => {
  if (armed !== undefined && POINTS[armed](sight)) process.kill(process.pid, 'SIGKILL');
});
const tell = (told: Told): void => void process.send?.(told);

const hub = await startHub({
  config: readConfig(),
  log: createLog('debug'),
  waits: CRASH_WAITS,
  pace: CRASH_PACE,
  sandbox: { children: 1, spares: 0, ready: 2 },
});
process.on('message', ({ arm }: Order) => {
  armed = arm;
  tell({ armed: arm });
});
process.once('SIGTERM', () => {
  void hub.close(5_000).then(() => process.disconnect?.());
});
// The tests are gone.
process.once('disconnect', () => process.exit());
// The next one starts quicker; who is killed writes no cache.
flushCompileCache();
const { user, system } = process.cpuUsage();
tell({ ready: hub.url, cpuMs: (user + system) / 1_000 });
