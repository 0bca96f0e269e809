/**
 * How a provider speaks over a connection that the hub holds. One implementation a provider, in the provider's own folder; where the
 * connection is made is asked by the provider's question `connect`.
 */
export interface ConnectionProtocol {
  /** What one message of the provider's means. Never throws, whatever came. */
  readFrame(text: string): Frame;
}

export type Frame =
  | {
      readonly kind: 'event';
      /** As a verified callback would have brought it, with the same fields. */
      readonly event: Readonly<Record<string, unknown>>;
      /** What to answer once it is stored, and when it could not be: then the provider sends it again. */
      readonly replies: { readonly stored: string; readonly later: string };
    }
  /** A sign of life; some want an answer. */
  | { readonly kind: 'alive'; readonly reply: string | null }
  /** The provider delivers nothing more over this connection, and will close it. */
  | { readonly kind: 'leaving'; readonly reason: string }
  /** Nothing that the hub asked for, or nothing that can be read: for the log, `frame`, `type`, `data`. Answered so that it does not come again. */
  | { readonly kind: 'unknown'; readonly why: string; readonly reply: string | null };
