import { recordOf } from '../contract/record.ts';
import type { FleetSettings } from './fleet.ts';
import { checkWhole } from './limits.ts';

export interface SandboxSettings extends FleetSettings {
  /** Runs that may wait; the next one is SANDBOX_BUSY. */
  readonly queue: number;
}

type Numbers = Omit<SandboxSettings, 'clients'>;

/** Per setting: the default, and the smallest and largest value that makes sense. */
const RANGES: Readonly<Record<keyof Numbers, { initial: number; min: number; max: number }>> = {
  children: { initial: 2, min: 1, max: 64 },
  // A command that runs one script needs none.
  spares: { initial: 1, min: 0, max: 16 },
  runsPerChild: { initial: 16, min: 1, max: 256 },
  ready: { initial: 4, min: 1, max: 64 },
  queue: { initial: 1_000, min: 1, max: 100_000 },
  memoryMiB: { initial: 64, min: 8, max: 512 },
  residentMiB: { initial: 512, min: 160, max: 16_384 },
  recycleAfterRuns: { initial: 100_000, min: 1, max: 10_000_000 },
  startMs: { initial: 15_000, min: 1_000, max: 120_000 },
};

const KEYS = Object.keys(RANGES) as (keyof Numbers)[];

export const DEFAULT_SANDBOX: Numbers = Object.freeze(recordOf(KEYS, (key) => RANGES[key].initial));

/**
 * Completes and checks the sandbox's settings.
 * @throws LimitSettingError naming the setting and its range
 */
export function resolveSettings(
  given: Partial<SandboxSettings> & Pick<SandboxSettings, 'clients'>,
): SandboxSettings {
  const settings: SandboxSettings = { ...DEFAULT_SANDBOX, ...given };
  for (const key of KEYS) checkWhole(`The sandbox setting ${key}`, settings[key], RANGES[key]);
  return settings;
}
