import type { AuditFilter } from '../contract/audit.ts';
import type { Db } from '../db/database.ts';
import type { AuditRow } from '../db/tables.ts';

/**
 * Lines of the audit record, newest first.
 * @param page.after the id of the last line already seen
 */
export async function listAudit(
  db: Db,
  { objectType, objectId, by, action }: AuditFilter,
  page: { limit: number; after: string | undefined },
): Promise<AuditRow[]> {
  const wanted = Object.entries({ object_type: objectType, object_id: objectId, by, action }).filter(
    ([, value]) => value !== undefined,
  );
  const query = db('audit').where(Object.fromEntries(wanted)).orderBy('id', 'desc').limit(page.limit);
  if (page.after !== undefined) void query.where('id', '<', page.after);
  return query;
}
