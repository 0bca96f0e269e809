import { setTimeout as pause } from 'node:timers/promises';

/** The value below which a share of the samples lies (nearest rank). */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/** Runs one at a time; ms each. `gapMs` of rest between two. */
export async function oneAtATime(
  run: () => Promise<unknown>,
  count: number,
  gapMs: number,
): Promise<number[]> {
  const samples: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const startedAt = performance.now();
    await run();
    samples.push(performance.now() - startedAt);
    if (gapMs > 0) await pause(gapMs);
  }
  return samples;
}

/** Keeps `concurrency` runs under way until `count` are done; runs per second. */
export async function perSecond(
  run: () => Promise<unknown>,
  count: number,
  concurrency: number,
): Promise<number> {
  let left = count;
  const startedAt = performance.now();
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await run();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return count / ((performance.now() - startedAt) / 1000);
}
