import type { z } from 'zod';
import type { Described } from '../contract/openapi.ts';
import type { Role } from '../contract/role.ts';

/** Who calls: a signed-in person, an API token, the ADMIN_TOKEN of the settings, or (where `anyone` may call) nobody known. */
export interface Caller {
  readonly kind: 'user' | 'token' | 'setting' | 'nobody';
  /** The user's or token's id; "ADMIN_TOKEN" for that; "" for nobody. */
  readonly id: string;
  /** For timeline and audit: `Li Lei`, `token release-platform`. */
  readonly name: string;
  readonly role: Role;
}

/** What a handler is given: everything checked already. */
export interface Request<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly caller: Caller;
  readonly requestId: string;
  /** The network address that the call came from (address.ts). */
  readonly address: string;
  /** Aborted when the caller closes the connection before the answer. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  /** JSON; undefined for 204. A stream or text is sent as it is, with `headers` naming its type. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of the HTTP API: what the router mounts, the OpenAPI document describes, and the rights test walks. */
export interface Endpoint extends Described {
  readonly handle: (request: Request<never, never, never>) => Promise<Answer> | Answer;
}

type Out<S> = S extends z.ZodType ? z.output<S> : undefined;

/**
 * Declares an endpoint, so that its handler is typed by its own schemas.
 * Throws nothing; handlers throw AppError for what the caller did wrong.
 */
export function endpoint<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  declared: Omit<Endpoint, 'params' | 'query' | 'body' | 'handle'> & {
    params?: P;
    query?: Q;
    body?: B;
    handle: (request: Request<Out<P>, Out<Q>, Out<B>>) => Promise<Answer> | Answer;
  },
): Endpoint {
  return declared as unknown as Endpoint;
}
