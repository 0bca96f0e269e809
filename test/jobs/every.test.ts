import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { every } from '../../server/jobs/every.ts';
import { quiet } from './support.ts';

describe('what runs every so often', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('runs again after a fault, about as often as it should', async () => {
    let runs = 0;
    const ticking = every(1_000, quiet, () => {
      runs += 1;
      return Promise.reject(new Error('once more'));
    });
    await vi.advanceTimersByTimeAsync(100_000);
    expect(runs).toBeGreaterThan(90);
    expect(runs).toBeLessThan(112);
    await ticking.stop();
    const before = runs;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(runs).toBe(before);
  });

  it('never runs twice at once, and is over only when the last run is', async () => {
    const ends: (() => void)[] = [];
    const ticking = every(1_000, quiet, () => new Promise((resolve) => ends.push(resolve)));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await vi.advanceTimersByTimeAsync(1_200);
    expect(ends).toHaveLength(2);

    let stopped = false;
    const stopping = ticking.stop().then(() => (stopped = true));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stopped).toBe(false);
    ends[1]?.();
    await stopping;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ends).toHaveLength(2);
  });
});
