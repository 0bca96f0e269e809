import { z } from 'zod';

export const auditLine = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    by: z.string(),
    action: z.string(),
    objectType: z.string(),
    objectId: z.string(),
    before: z.json().describe('what it was, secrets masked; null for what is new'),
    after: z.json().describe('what it became; null for what is gone'),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'AuditLine' });
export type AuditLine = z.infer<typeof auditLine>;

const filter = z.string().min(1).max(200).optional();

export const auditFilter = { objectType: filter, objectId: filter, by: filter, action: filter };
export type AuditFilter = { readonly [N in keyof typeof auditFilter]?: string | undefined };
