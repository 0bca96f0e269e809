import { LIMIT_KEYS, LIMIT_RANGES } from '../../server/contract/limits.ts';
import type { LimitKey, LimitRange } from '../../server/contract/limits.ts';
import { recordOf } from '../../server/contract/record.ts';

/** In which unit people read a limit, '' for numbers of things; the API has bytes where they have KiB. */
type LimitUnit = 'ms' | 'MiB' | 'KiB' | '';

/** What is in the fields: '' is the default. */
export type LimitTexts = Readonly<Record<LimitKey, string | number>>;

/** @returns the unit of a limit's field */
export function unitOf(key: LimitKey): LimitUnit {
  if (key.endsWith('Ms')) return 'ms';
  if (key.endsWith('MiB')) return 'MiB';
  return key.endsWith('Bytes') ? 'KiB' : '';
}

const bytesIn = (key: LimitKey): number => (unitOf(key) === 'KiB' ? 1_024 : 1);

/** A limit's default and bounds in its field's unit. */
export function rangeOf(key: LimitKey): LimitRange {
  const { initial, min, max } = LIMIT_RANGES[key];
  const by = bytesIn(key);
  // The least are a byte or two: nobody thinks of those as KiB.
  return { initial: initial / by, min: by === 1 ? min : 1, max: max / by };
}

/** What the fields show of a mapping's limits. */
export const textsOf = (limits: Readonly<Record<string, number>>): LimitTexts =>
  recordOf(LIMIT_KEYS, (key) => {
    const value = limits[key];
    return value === undefined ? '' : value / bytesIn(key);
  });

/** The limits that the fields say, as the API takes them. */
export const limitsOf = (texts: LimitTexts): Record<string, number> =>
  Object.fromEntries(
    LIMIT_KEYS.flatMap((key) => (texts[key] === '' ? [] : [[key, Number(texts[key]) * bytesIn(key)]])),
  );

/** The fields whose value is no whole number within its bounds. */
export const wrongLimits = (texts: LimitTexts): readonly LimitKey[] =>
  LIMIT_KEYS.filter((key) => {
    if (texts[key] === '') return false;
    const value = Number(texts[key]) * bytesIn(key);
    const { min, max } = LIMIT_RANGES[key];
    return !(Number.isInteger(value) && value >= min && value <= max);
  });
