import { newId } from '../ids.ts';
import type { Db, Trx } from '../db/database.ts';

/** Who changed what. The caller leaves secrets out or masks them. */
export interface AuditEntry {
  /** A caller's name as `Caller.name`, or `the hub`. */
  readonly by: string;
  /** A verb: `create`, `update`, `delete`, `publish`, `sign-in`. */
  readonly action: string;
  /** The glossary's noun: `mapping`. */
  readonly objectType: string;
  /** As the API names the object: a task by its taskId, everything else by its id. */
  readonly objectId: string;
  /** What it was; absent for what is new. Any JSON. */
  readonly before?: unknown;
  /** What it became; absent for what is gone. */
  readonly after?: unknown;
  readonly requestId?: string | undefined;
}

/**
 * Writes one line of the audit record. Hand in the transaction of the change itself, so that neither stands without the other.
 */
export async function recordAudit(db: Db | Trx, entry: AuditEntry): Promise<void> {
  await db('audit').insert({
    id: newId(),
    by: entry.by,
    action: entry.action,
    object_type: entry.objectType,
    object_id: entry.objectId,
    before: jsonOf(entry.before),
    after: jsonOf(entry.after),
    request_id: entry.requestId ?? null,
  });
}

/** As text, since pg would take an array for one of PostgreSQL's own. */
const jsonOf = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
