import { percentile } from '../measure.ts';

/** Medians of the same work at two sizes, in milliseconds. */
export interface Medians {
  readonly few: number;
  readonly many: number;
}

/** Does the same at both sizes in turns, so that whatever else the machine does meets both. The first tenth does not count. */
export async function inTurns(
  times: number,
  few: () => Promise<unknown>,
  many: () => Promise<unknown>,
): Promise<Medians> {
  const samples = { few: [] as number[], many: [] as number[] };
  for (let n = -times / 10; n < times; n += 1)
    for (const [name, run] of [
      ['few', few],
      ['many', many],
    ] as const) {
      const startedAt = performance.now();
      await run();
      if (n >= 0) samples[name].push(performance.now() - startedAt);
    }
  return { few: percentile(samples.few, 0.5), many: percentile(samples.many, 0.5) };
}
