const KIB = 1024;
const MIB = 1024 * KIB;

/** What one limit is when nobody sets it, and how far it may be set. */
export interface LimitRange {
  readonly initial: number;
  readonly min: number;
  readonly max: number;
}

/** The limits that a mapping may set (docs/writing-scripts.md#limits). Times in ms, sizes in bytes, memory in MiB. */
export const LIMIT_RANGES = {
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
} as const satisfies Readonly<Record<string, LimitRange>>;

export type LimitKey = keyof typeof LIMIT_RANGES;

/** The names of the limits, in the order in which people are told of them. */
export const LIMIT_KEYS = Object.keys(LIMIT_RANGES) as readonly LimitKey[];
