import type { Stage } from '../contract/stage.ts';
import type { Limits } from '../sandbox/limits.ts';
import type { StageOutcome } from './stage-run.ts';

/** What is needed of a mapping's scripts to run one stage. */
export interface RunScripts {
  /** null: the provider's defaults, run for a channel before it has a mapping. */
  readonly mappingId: string | null;
  /** null: the draft. */
  readonly version: number | null;
  readonly sources: Readonly<Record<Stage, string>>;
  readonly limits: Readonly<Partial<Limits>>;
}

/** The five scripts of a mapping: of a published version, or of its draft. */
export interface Scripts extends RunScripts {
  readonly mappingId: string;
  readonly mappingName: string;
  readonly channelId: string;
  readonly approvalDefinitionId: string;
  /** The stages whose script is exactly the provider's default. */
  readonly defaultStages: readonly Stage[];
}

/** Why and for whom a stage runs; stored with the execution. */
export interface CallContext {
  readonly kind: 'test' | 'live';
  /** For people: `Li Lei`, `the hub`. */
  readonly runBy: string;
  /** The task's row id (a UUID, not the platform's taskId). */
  readonly taskId?: string | undefined;
  readonly approvalId?: string | undefined;
  readonly eventId?: string | undefined;
  /** Whether this is a poll: it counts against the channel's polling budget too. */
  readonly poll?: boolean | undefined;
}

/** What became of a create call, by its HTTP answer and not by the script's result. */
export type CreateAnswer =
  | { readonly instanceId: string }
  | { readonly refused: { readonly kind: string; readonly code: string; readonly message: string } }
  | 'unclear';

/** The end of a stage's run. */
export interface StageEnd {
  readonly executionId: string;
  readonly outcome: StageOutcome;
  /** The create call that left in this run; null when none did. `answer` is null when no answer came. */
  readonly creates: { readonly answer: CreateAnswer | null } | null;
}
