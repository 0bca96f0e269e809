import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEWEST_SLOTS, freeSlots, sharesOf } from '../../server/jobs/slots.ts';
import { JOB_NAMES } from '../../server/jobs/queue.ts';
import type { JobName } from '../../server/jobs/queue.ts';

const idle = { 'open-approval': 0, 'process-event': 0, 'sync-approval': 0, 'revoke-approval': 0 };

describe('slots', () => {
  it('are never exceeded, and a queue below its share always gets one, however busy the others are', () => {
    const turns = fc.array(fc.tuple(fc.constantFrom(...JOB_NAMES), fc.boolean()), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: FEWEST_SLOTS, max: 64 }), turns, (slots, all) => {
        const shares = sharesOf(slots);
        const running: Record<JobName, number> = { ...idle };
        for (const [name, takes] of all) {
          if (takes) running[name] += freeSlots(name, running, shares, slots);
          else running[name] = Math.max(0, running[name] - 1);
          const sum = JOB_NAMES.reduce((total, each) => total + running[each], 0);
          expect(sum).toBeLessThanOrEqual(slots);
          for (const each of JOB_NAMES) {
            expect(running[each]).toBeLessThanOrEqual(shares[each].most);
            if (running[each] < shares[each].least)
              expect(freeSlots(each, running, shares, slots)).toBeGreaterThan(0);
          }
        }
      }),
    );
  });

  it('stay free for openings and events while polls flood in', () => {
    const shares = sharesOf(16);
    const running = { ...idle, 'sync-approval': freeSlots('sync-approval', idle, shares, 16) };
    expect(running['sync-approval']).toBe(6);
    expect(freeSlots('open-approval', running, shares, 16)).toBeGreaterThanOrEqual(5);
    expect(freeSlots('process-event', running, shares, 16)).toBeGreaterThanOrEqual(5);
  });
});
