import type { LimitName } from '../../contract/execution.ts';

export type RefusalCode = 'EGRESS_DENIED' | 'HTTP_ERROR' | 'LIMIT_EXCEEDED';

/** Why a call got no reply, in words for the script's author. Thrown inside the egress, a plain `ok: false` reply outside. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly limit: LimitName | undefined;

  constructor(code: RefusalCode, message: string, limit?: LimitName, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.limit = limit;
  }
}

/** The call is forbidden by the rules on hosts, paths and headers. */
export const denied = (message: string): Refusal => new Refusal('EGRESS_DENIED', message);

/** The call was allowed and failed; `cause` is what the network said. */
export const httpError = (message: string, cause?: unknown): Refusal =>
  new Refusal('HTTP_ERROR', message, undefined, cause);

/** The call went over one of the run's limits. */
export const exceeded = (limit: LimitName, message: string): Refusal =>
  new Refusal('LIMIT_EXCEEDED', message, limit);
