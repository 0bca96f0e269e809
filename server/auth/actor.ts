import type { Caller, Request } from '../http/endpoint.ts';

/** Who does something, for the audit record. */
export interface Actor {
  readonly by: string;
  readonly requestId?: string | undefined;
}

export const actorOf = ({ caller, requestId }: { caller: Caller; requestId: string }): Actor => ({
  by: caller.name,
  requestId,
});

/** What somebody signing in brings along besides name and password. */
export type Visit = Pick<Request<unknown, unknown, unknown>, 'address' | 'requestId'>;
