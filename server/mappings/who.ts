import type { AuditEntry } from '../audit/record.ts';
import type { Caller } from '../http/endpoint.ts';

/** Who changes something, and in which request: for the audit record. */
export type Who = Pick<AuditEntry, 'by' | 'requestId'>;

/** The caller of a request as the audit record names it. */
export const whoOf = ({ caller, requestId }: { caller: Caller; requestId: string }): Who => ({
  by: caller.name,
  requestId,
});
