import { describe, expect, it } from 'vitest';
import { LIMIT_KEYS } from '../../server/contract/limits.ts';
import { LimitSettingError } from '../../server/sandbox/limits.ts';
import type { Limits } from '../../server/sandbox/limits.ts';
import { Sandbox } from '../../server/sandbox/pool.ts';
import { QUIET, startEngine } from './engine.ts';

const { run, sandbox } = await startEngine();

describe('a limit that is none', () => {
  const wrong: unknown[] = [0, NaN, Infinity, -Infinity, -1, 1.5, 1e12, '100', null, true, {}, [100], 10n];

  it.each(LIMIT_KEYS)('is refused before anything runs: %s', async (key) => {
    for (const value of wrong) {
      const setting = { [key]: value } as Partial<Limits>;
      const refusal = await run(QUIET, { limits: setting }).then(
        () => 'it ran',
        (error: unknown) => error,
      );
      expect(refusal, String(value)).toBeInstanceOf(LimitSettingError);
      expect((refusal as Error).message).toContain(key);
    }
    expect(sandbox.stats().runs).toBe(0);
  });

  it.each(['cpu', 'CPUMS', '__proto__', 'constructor', 'toString'])('is unknown: %s', async (key) => {
    const limits = { [key]: 100 } as Partial<Limits>;
    await expect(run(QUIET, { limits })).rejects.toThrow(LimitSettingError);
  });
});

describe('a sandbox set up wrongly', () => {
  it.each(['children', 'runsPerChild', 'ready', 'queue', 'memoryMiB', 'residentMiB', 'startMs'] as const)(
    'does not start: %s',
    async (setting) => {
      for (const value of [0, NaN, 1.5, 1e12])
        await expect(Sandbox.start({ clients: {}, [setting]: value })).rejects.toThrow(
          `The sandbox setting ${setting} must be a whole number`,
        );
    },
  );
});

describe('a source over its limit', () => {
  it('is refused by its UTF-8 bytes, unread', async () => {
    const { execution } = await run(`// ${'審'.repeat(100)}`, { limits: { sourceBytes: 300 } });
    expect(execution.error).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'source' });
  });
});
