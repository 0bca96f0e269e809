import { lenientSegments } from './paths.ts';
import type { CallPattern, EgressPolicy } from './policy.ts';
import { denied } from './refusal.ts';

/** Watches which calls of one run may change something at the other side, and lets at most one create leave. */
export interface Changes {
  /**
   * What a call would do. For a create it takes the run's one place at once, so that of two parallel creates one is refused
   * (throws a Refusal, EGRESS_DENIED). `providerPath` is null for calls to others than the provider.
   */
  plan(method: string, url: URL, providerPath: string | null): PlannedCall;
  /** The changing calls that have left, in order: `POST https://…`. */
  left(): string[];
}

export interface PlannedCall {
  readonly creates: boolean;
  readonly changing: boolean;
  /** The call is on the wire. */
  leaves(): void;
  /** The call failed. If it never left, the place it took is free again. */
  failed(): void;
}

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD'];

/** Whether a call is one of the patterns; `*` in a pattern's path stands for any one segment. */
function matcherOf(patterns: readonly CallPattern[]): (method: string, path: string) => boolean {
  const known = patterns.map(({ method, path }) => ({ method, segments: lenientSegments(path) ?? [] }));
  return (method, path) => {
    const segments = lenientSegments(path) ?? [path];
    return known.some(
      (pattern) =>
        pattern.method === method.toUpperCase() &&
        pattern.segments.length === segments.length &&
        pattern.segments.every((segment, index) => segment === '*' || segment === segments[index]),
    );
  };
}

/** Starts the watch of one run. */
export function watchChanges({
  createCalls,
  readCalls,
}: Pick<EgressPolicy, 'createCalls' | 'readCalls'>): Changes {
  const changed: string[] = [];
  let createTaken = false;
  const isCreating = matcherOf(createCalls);
  const isReading = matcherOf(readCalls);

  return {
    plan(method, url, providerPath) {
      const creates = providerPath !== null && isCreating(method, providerPath);
      const reads =
        SAFE_METHODS.includes(method) || (providerPath !== null && isReading(method, providerPath));
      const changing = creates || !reads;
      if (creates && createTaken)
        throw denied(
          `A second ${method} ${url.origin}${url.pathname} is refused: one run may create one approval, ` +
            'and a create of this run has been sent already.',
        );
      if (creates) createTaken = true;
      let left = false;
      return {
        creates,
        changing,
        leaves() {
          left = true;
          if (changing) changed.push(`${method} ${url.href}`);
        },
        failed() {
          if (creates && !left) createTaken = false;
        },
      };
    },
    left: () => [...changed],
  };
}
