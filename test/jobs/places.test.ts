import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEWEST_PLACES, freePlaces, sharesOf } from '../../server/jobs/places.ts';
import { JOB_NAMES } from '../../server/jobs/queue.ts';
import type { JobName } from '../../server/jobs/queue.ts';

const idle = { 'open-approval': 0, 'process-event': 0, 'sync-approval': 0, 'revoke-approval': 0 };

describe('places', () => {
  it('are never overrun, and a queue that holds less than its own gets one however busy the others are', () => {
    const turns = fc.array(fc.tuple(fc.constantFrom(...JOB_NAMES), fc.boolean()), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: FEWEST_PLACES, max: 64 }), turns, (places, all) => {
        const shares = sharesOf(places);
        const running: Record<JobName, number> = { ...idle };
        for (const [name, takes] of all) {
          if (takes) running[name] += freePlaces(name, running, shares, places);
          else running[name] = Math.max(0, running[name] - 1);
          const sum = JOB_NAMES.reduce((total, each) => total + running[each], 0);
          expect(sum).toBeLessThanOrEqual(places);
          for (const each of JOB_NAMES) {
            expect(running[each]).toBeLessThanOrEqual(shares[each].most);
            if (running[each] < shares[each].least)
              expect(freePlaces(each, running, shares, places)).toBeGreaterThan(0);
          }
        }
      }),
    );
  });

  it('leave openings and events room while polls flood in', () => {
    const shares = sharesOf(16);
    const running = { ...idle, 'sync-approval': freePlaces('sync-approval', idle, shares, 16) };
    expect(running['sync-approval']).toBe(6);
    expect(freePlaces('open-approval', running, shares, 16)).toBeGreaterThanOrEqual(5);
    expect(freePlaces('process-event', running, shares, 16)).toBeGreaterThanOrEqual(5);
  });
});
