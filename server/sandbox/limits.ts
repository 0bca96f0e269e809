import { inspect } from 'node:util';

/** What one run may use up (contract: "What a script may use up"). Times in ms, sizes in bytes, memory in MiB. */
export interface Limits {
  /** CPU time between two awaits. */
  readonly cpuMs: number;
  /** Wall time in all, from the moment a child has the run. */
  readonly wallMs: number;
  readonly memoryMiB: number;
  readonly httpCalls: number;
  /** Total time of one call, DNS and redirects included. */
  readonly httpMs: number;
  readonly httpOutBytes: number;
  readonly httpInBytes: number;
  readonly redirects: number;
  readonly logLines: number;
  readonly logBytes: number;
  readonly sourceBytes: number;
  readonly resultBytes: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

/** Per limit: the default, and the smallest and largest value a host accepts. */
const RANGES: Readonly<Record<keyof Limits, { initial: number; min: number; max: number }>> = {
  cpuMs: { initial: 1_000, min: 10, max: 10_000 },
  wallMs: { initial: 20_000, min: 10, max: 120_000 },
  // isolated-vm refuses less than 8.
  memoryMiB: { initial: 64, min: 8, max: 512 },
  httpCalls: { initial: 20, min: 1, max: 200 },
  httpMs: { initial: 10_000, min: 10, max: 60_000 },
  httpOutBytes: { initial: MIB, min: 1, max: 16 * MIB },
  httpInBytes: { initial: MIB, min: 1, max: 16 * MIB },
  redirects: { initial: 3, min: 1, max: 20 },
  logLines: { initial: 500, min: 1, max: 10_000 },
  logBytes: { initial: 64 * KIB, min: 1, max: MIB },
  sourceBytes: { initial: 256 * KIB, min: 1, max: 4 * MIB },
  resultBytes: { initial: MIB, min: 2, max: 16 * MIB },
};

export const LIMIT_KEYS = Object.keys(RANGES) as readonly (keyof Limits)[];

export const DEFAULT_LIMITS: Limits = Object.freeze(
  Object.fromEntries(LIMIT_KEYS.map((key) => [key, RANGES[key].initial])),
) as unknown as Limits;

/** A limit was set to something that is not a limit. The message names the key, the value and the range. */
export class LimitSettingError extends Error {
  override readonly name = 'LimitSettingError';
}

/** @throws LimitSettingError unless the value is a whole number in the range */
export function checkWhole(
  what: string,
  value: unknown,
  { min, max }: { min: number; max: number },
): asserts value is number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return;
  throw new LimitSettingError(`${what} must be a whole number from ${min} to ${max}, not ${inspect(value)}.`);
}

/**
 * Completes and checks limit settings. Zero where it would mean "none", fractions, NaN and huge values are refused:
 * elsewhere they have silently meant "no limit" (guides/sandbox.md C1, n8n #37333).
 * @throws LimitSettingError
 */
export function resolveLimits(overrides: Readonly<Partial<Record<keyof Limits, unknown>>> = {}): Limits {
  const limits: Partial<Record<keyof Limits, number>> = { ...DEFAULT_LIMITS };
  for (const [key, value] of Object.entries(overrides)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(RANGES, key)) {
      throw new LimitSettingError(`There is no limit called "${key}". Limits: ${LIMIT_KEYS.join(', ')}.`);
    }
    checkWhole(`The limit ${key}`, value, RANGES[key as keyof Limits]);
    limits[key as keyof Limits] = value;
  }
  return Object.freeze(limits as Limits);
}
