import type { ConnectionProtocol } from './connection.ts';

/**
 * What the hub itself must know of a provider's wire, where no script is asked: who may push events, what a create call
 * carried, what its answer says. One implementation a provider, in the provider's own folder.
 */
export interface ProviderProtocol {
  /** Raw bytes of a push → a verified event, or why it is refused. Never throws for what a stranger sends. */
  openCallback(request: CallbackRequest, keys: CallbackKeys): CallbackOpening;
  /** How events come over a connection that the hub holds; absent where the provider has no such thing. */
  readonly connection?: ConnectionProtocol;
  /** What a create call carries; null when it cannot be read. */
  readCreateCall(call: { readonly url: string; readonly body: string | null }): CreateCall | null;
  /** What the provider's answer to a create call says: judged by the wire, never by what a script claims. */
  readCreateAnswer(answer: {
    readonly url: string;
    readonly status: number;
    readonly body: string;
  }): CreateAnswer;
}

export interface CallbackRequest {
  /** The first value of each query parameter, decoded. */
  readonly query: Readonly<Record<string, string>>;
  /** The body as it came, before any parser. */
  readonly body: Buffer;
}

/** What a channel verifies pushes with; "" where it has none. */
export interface CallbackKeys {
  readonly token: string;
  readonly aesKey: string;
  readonly appId: string;
  readonly corpId: string;
  readonly encryptKey: string;
  readonly verificationToken: string;
}

export type CallbackOpening =
  | {
      /** For the log, never for the sender: `no keys`, `size`, `query`, `body`, `signature`, `ciphertext`, `receiver`, `message`. */
      readonly refused: string;
    }
  | {
      /** What to answer once the event is stored. */
      readonly reply: CallbackReply;
      /** The decrypted event; null for a URL check, which wants the reply and nothing else. */
      readonly event: Readonly<Record<string, unknown>> | null;
    };

export interface CallbackReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface CreateCall {
  readonly definitionId: string;
  /** The provider's id of who submits. */
  readonly originator: string;
  readonly form: readonly { readonly name: string; readonly value: string }[];
}

export type CreateAnswer =
  /** It stands. */
  | { readonly instanceId: string }
  /** Nothing stands. `kind` as the client's failures have it (`token`, `throttled`, `quota`, `permission`, `refused` …). */
  | { readonly refused: { readonly kind: string; readonly code: string; readonly message: string } }
  /** It may stand or not: the provider's listing must be asked. */
  | 'unclear';
