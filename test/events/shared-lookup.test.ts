import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { shareLookups } from '../../server/events/shared-lookup.ts';

describe('looking up a channel for many pushes', () => {
  it('happens once for all that come one after another while the event loop turns', async () => {
    const look = vi.fn((key: string) => Promise.resolve(`keys of ${key}`));
    const lookUp = shareLookups(look, 20_000);
    const asked: Promise<string>[] = [];
    for (let n = 0; n < 20; n += 1) {
      asked.push(lookUp('a'), lookUp('b'));
      await setImmediate();
    }
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['keys of a', 'keys of b']));
    expect(look.mock.calls.map(([key]) => key).sort()).toEqual(['a', 'b']);
  });

  it('keeps neither an answer nor an error: keys that were changed count at once', async () => {
    const look = vi.fn<(key: string) => Promise<string>>();
    look.mockResolvedValueOnce('old').mockRejectedValueOnce(new Error('away')).mockResolvedValueOnce('new');
    const lookUp = shareLookups(look);
    expect(await lookUp('a')).toBe('old');
    await expect(Promise.all([lookUp('a'), lookUp('a')])).rejects.toThrow('away');
    expect(await lookUp('a')).toBe('new');
  });
});
