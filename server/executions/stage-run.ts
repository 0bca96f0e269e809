import type { LogLine, ScriptFailure, TracedCall } from '../contract/execution.ts';
import type { Recording } from '../contract/recording.ts';
import type { Stage, StageResult } from '../contract/stage.ts';
import type { Variables } from '../contract/variables.ts';
import type { Provider } from '../providers/provider.ts';
import type { EgressPolicy, RecordedExchange } from '../sandbox/egress.ts';
import type { Limits } from '../sandbox/limits.ts';

/** The provider app through which a stage speaks: addresses, credentials, what an admin allows. */
export interface StageChannel {
  readonly appId: string;
  readonly appSecret: string;
  readonly corpId: string;
  readonly apiBaseUrl: string;
  readonly legacyApiBaseUrl: string;
  readonly allowedHosts: readonly string[];
  readonly defaultOriginator: string;
  /** Further secrets of the channel (callback token, AES key) that must not show. */
  readonly otherSecrets: readonly string[];
}

/** What a stage is run with, whichever script it has and through whichever channel. */
export interface StageInput {
  readonly stage: Stage;
  readonly variables: Variables;
  readonly accessToken?: string | undefined;
  readonly approvalInstanceId?: string | undefined;
  readonly revokeReason?: string | undefined;
  readonly event?: unknown;
  readonly eventType?: string | undefined;
  /** Answers that replace the provider's: then no call leaves. */
  readonly recording?: Recording | undefined;
  /** Awaited before each HTTP call leaves; when it rejects, that call is not sent. */
  readonly beforeCall?: EgressPolicy['beforeCall'];
  readonly signal?: AbortSignal | undefined;
}

/** One stage script to run, with everything it finds in scope. */
export interface StageRun extends StageInput {
  readonly provider: Provider;
  readonly source: string;
  readonly channel: StageChannel;
  /** Limits that differ from the defaults; checked by resolveLimits. */
  readonly limits?: Partial<Limits>;
  /** Keep the HTTP calls whole, to make a recording of them. */
  readonly record?: boolean;
  /** Origins of this very server, which scripts must not reach. */
  readonly ownOrigins?: readonly string[];
  /** Whose turn it is; runs of different mappings share the sandbox fairly. */
  readonly key: string;
}

/** What a run shows and stores: masked throughout. The answer of the test endpoint and of `run --json`. */
export interface Execution {
  readonly executionId: string | null;
  readonly ok: boolean;
  /** A stage's answer, or that of a question of the hub's own (ask.ts). */
  readonly result?: StageResult | Readonly<Record<string, unknown>>;
  readonly error?: ScriptFailure;
  readonly warnings: readonly string[];
  readonly logs: readonly LogLine[];
  readonly http: readonly TracedCall[];
  /** What the create call carried, or would have: the form and the people, as the provider gets them. */
  readonly prepared?: unknown;
  readonly durationMs: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

export interface StageOutcome {
  readonly stage: Stage;
  /** The answer as the engine passes it on: not masked, not for showing. Absent when the run failed. */
  readonly result: StageResult | undefined;
  readonly execution: Execution;
  /** The HTTP calls as they were, for a recording, and what must not show in it; empty unless asked for. */
  readonly exchanges: readonly RecordedExchange[];
  readonly secrets: readonly string[];
}
