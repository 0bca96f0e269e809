import { z } from 'zod';
import { auditFilter, auditLine } from '../contract/audit.ts';
import type { AuditLine } from '../contract/audit.ts';
import type { Db } from '../db/database.ts';
import type { AuditRow } from '../db/tables.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { cursorId, listOf, pageOf, paging } from '../http/paging.ts';
import { listAudit } from './audit-store.ts';

const show = (row: AuditRow): AuditLine => ({
  id: row.id,
  at: row.at.toISOString(),
  by: row.by,
  action: row.action,
  objectType: row.object_type,
  objectId: row.object_id,
  before: row.before as AuditLine['before'],
  after: row.after as AuditLine['after'],
  requestId: row.request_id,
});

/** GET /audit */
export function auditEndpoints(db: Db): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/audit',
      role: 'admin',
      summary: 'Who changed what, newest first',
      tag: 'audit',
      query: z.object({ ...paging, ...auditFilter }),
      answers: { 200: { description: 'A page of the audit record.', schema: listOf(auditLine) } },
      async handle({ query }) {
        const rows = await listAudit(db, query, { limit: query.limit + 1, after: cursorId(query) });
        return { status: 200, body: pageOf(rows, query, show) };
      },
    }),
  ];
}
