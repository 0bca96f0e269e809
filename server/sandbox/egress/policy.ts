/**
 * A call recognised by method and path (`POST`, `/v1.0/workflow/processInstances`) on any of the provider's hosts.
 * A `*` in the path stands for one whole segment.
 */
export interface CallPattern {
  readonly method: string;
  readonly path: string;
}

/** One of the provider's own hosts. `base` is where calls to it really go (a channel's apiBaseUrl, path prefix included). */
export interface ProviderHost {
  readonly host: string;
  readonly base?: string | undefined;
}

/** How much a run may use up (docs/writing-scripts.md#limits). Bytes and milliseconds are per call, `calls` is per run. */
export interface EgressLimits {
  readonly calls: number;
  readonly callMs: number;
  readonly outBytes: number;
  readonly inBytes: number;
  readonly redirects: number;
  readonly headerBytes: number;
}

/** A call about to leave. `creates`: it matches createCalls; `changing`: it may change something at the other side. */
export interface LeavingCall {
  readonly method: string;
  readonly url: string;
  readonly body: string | null;
  readonly creates: boolean;
  readonly changing: boolean;
}

/** What the scripts of one run may reach, and how much. */
export interface EgressPolicy {
  readonly providerHosts: readonly ProviderHost[];
  /** `host` means https on port 443, `host:port` http or https as the script's URL says; see allow-list.ts. */
  readonly allowedHosts: readonly string[];
  /** At most one of these may leave in one run: a second approval for one task is worse than a failed run. */
  readonly createCalls: readonly CallPattern[];
  /** Calls that change nothing although their method is POST (token, look-ups). */
  readonly readCalls: readonly CallPattern[];
  /** The hub's own origins: reachable under a base's path prefix only (the simulators), even if allowedHosts lists them. */
  readonly ownOrigins: readonly string[];
  readonly limits: EgressLimits;
  /** Awaited before each call leaves, redirect hops included. If it rejects, the call does not leave. */
  readonly beforeCall?: ((call: LeavingCall) => Promise<void>) | undefined;
}
