import { inspect } from 'node:util';
import { LIMIT_KEYS, LIMIT_RANGES } from '../contract/limits.ts';
import type { LimitKey } from '../contract/limits.ts';
import { recordOf } from '../contract/record.ts';

/** What one run may use up (docs/writing-scripts.md#limits). Times in ms, sizes in bytes, memory in MiB. */
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

export const DEFAULT_LIMITS: Limits = Object.freeze(recordOf(LIMIT_KEYS, (key) => LIMIT_RANGES[key].initial));

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
 * elsewhere they have silently meant "no limit" (as in n8n, issue 37333).
 * @throws LimitSettingError
 */
export function resolveLimits(overrides: Readonly<Partial<Record<keyof Limits, unknown>>> = {}): Limits {
  const limits: Partial<Record<keyof Limits, number>> = { ...DEFAULT_LIMITS };
  for (const [key, value] of Object.entries(overrides)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(LIMIT_RANGES, key)) {
      throw new LimitSettingError(`There is no limit called "${key}". Limits: ${LIMIT_KEYS.join(', ')}.`);
    }
    checkWhole(`The limit ${key}`, value, LIMIT_RANGES[key as LimitKey]);
    limits[key as keyof Limits] = value;
  }
  return Object.freeze(limits as Limits);
}
