/** What the modules of the hub report while they work; operations/metrics.ts turns it into Prometheus metrics. */
export interface Observer {
  /** One stage script ran. `code` is the error's, or `ok`. */
  stageRan(run: { stage: string; kind: 'test' | 'live'; code: string; durationMs: number }): void;
  /** One push of a provider was answered: stored, duplicate, check, foreign, refused, unavailable. */
  callbackAnswered(outcome: string, durationMs: number): void;
  /** The hub tried to connect to a provider: `connected`, `failed`. */
  connectionTried(result: string): void;
  /** A connection was made (1) or ended (-1). */
  connectionsChanged(by: 1 | -1): void;
  /** A frame of a connection was dealt with: stored, duplicate, foreign, later, alive, leaving, unknown. */
  frameHandled(outcome: string): void;
  /** Calls of a channel that count against the provider's quota. */
  providerCalled(channelId: string, calls: number): void;
  /** A task reached a status. */
  taskBecame(status: string): void;
  /** Something that a person should look at: `contradiction`, `create-unknown`, `two-instances`. */
  alarmed(what: string): void;
}

/** For code that runs unobserved, such as commands. */
export const UNOBSERVED: Observer = {
  stageRan: () => undefined,
  callbackAnswered: () => undefined,
  connectionTried: () => undefined,
  connectionsChanged: () => undefined,
  frameHandled: () => undefined,
  providerCalled: () => undefined,
  taskBecame: () => undefined,
  alarmed: () => undefined,
};
