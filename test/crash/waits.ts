import type { Pace } from '../../server/jobs/pace.ts';
import { WAITS } from '../../server/waits.ts';
import type { Waits } from '../../server/waits.ts';

/**
 * As the product waits, but in a fraction of the time. What counts is kept in proportion: a call that is on its way when its process is
 * killed has long ended before `settle` is over, and a listing lags less than `absentApart`, on a busy machine too.
 */
export const CRASH_WAITS: Waits = {
  ...WAITS,
  retry: [100, 200, 400, 800, 1_500, 1_500, 1_500, 1_500],
  search: [100, 300, 500, 700, 700, 700, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000],
  settle: 1_200,
  absentApart: 1_000,
  revokeAfter: 300,
  poll: [1_500, 3_000],
  pollWithCallbacks: [1_500, 3_000],
  tick: 250,
};

/** As quick as pg-boss lets a killed process's jobs be somebody else's. */
export const CRASH_PACE: Partial<Pace> = { pollMs: 250, heartbeatSeconds: 10, superviseSeconds: 1 };
