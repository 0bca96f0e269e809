import { setTimeout as pause } from 'node:timers/promises';
import { openRecorded } from '../server/sandbox/egress.ts';
import type { EgressPolicy } from '../server/sandbox/egress.ts';
import { resolveLimits } from '../server/sandbox/limits.ts';
import { Sandbox } from '../server/sandbox/pool.ts';
import { percentile } from './measure.ts';
import { globals, limits, source } from './work.ts';

/** What others feel of a script that hangs V8, and of a child that crashes: p99 in ms, alone and beside it. */
export interface NeighbourFigures {
  alone: number;
  besideHang: number;
  besideCrash: number;
}

/** Fills an array of the greatest length: V8 does not look at the clock meanwhile, only SIGKILL ends it. */
const HANG = 'new Array(2 ** 32 - 1).fill(0)';
/** Half a minute: long enough that it is not only the moment in which a child is replaced that is measured. */
const SAMPLES = 3_000;
const EVERY_MS = 10;

const policy: EgressPolicy = {
  ...{ providerHosts: [], allowedHosts: [], createCalls: [], readCalls: [], ownOrigins: [] },
  limits: { calls: 0, callMs: 1, outBytes: 0, inBytes: 0, redirects: 0, headerBytes: 0 },
};

/** Starts a run of the work each 10 ms, whether or not the one before has ended, as a platform's tasks come. */
async function steady(sandbox: Sandbox, meanwhile: () => void): Promise<number> {
  const order = { stage: 'create', source, globals, objects: ['fromField', 'reqBody'], client: null, limits };
  const samples: Promise<number>[] = [];
  for (let i = 0; i < SAMPLES; i += 1) {
    if (i === SAMPLES / 4) meanwhile();
    const startedAt = performance.now();
    const run = sandbox.run({ key: 'others', order, openEgress: () => openRecorded([], policy) });
    samples.push(
      run.then(({ failure }) => {
        if (failure !== undefined) throw new Error(`an innocent run failed: ${failure.message}`);
        return performance.now() - startedAt;
      }),
    );
    await pause(EVERY_MS);
  }
  return percentile(await Promise.all(samples), 0.99);
}

/** Measures a steady load alone, beside one hanging script, and beside one crash of a child (SIGKILL from outside). */
export async function measureNeighbours(): Promise<NeighbourFigures> {
  const sandbox = await Sandbox.start({ clients: {} });
  try {
    await pause(1_500);
    const alone = await steady(sandbox, () => undefined);
    const hang = {
      stage: 'create',
      source: HANG,
      globals: {},
      objects: [],
      client: null,
      limits: resolveLimits(),
    };
    const besideHang = await steady(sandbox, () => {
      void sandbox.run({ key: 'hostile', order: hang, openEgress: () => openRecorded([], policy) });
    });
    await pause(1_500);
    const besideCrash = await steady(sandbox, () => {
      const [victim] = sandbox.stats().children;
      if (victim !== undefined) process.kill(victim.pid, 'SIGKILL');
    });
    return { alone, besideHang, besideCrash };
  } finally {
    sandbox.close();
  }
}
