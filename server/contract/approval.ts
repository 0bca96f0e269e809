import { z } from 'zod';
import { APPROVAL_STATUSES } from './stage.ts';

/** What the sync stage told last; further keys that a script gave are shown as they are. */
const field = z.looseObject({ name: z.string(), value: z.string().nullable() });
const text = z.string().nullish();
const person = z.looseObject({ userId: z.string(), userName: text, status: z.string() });
const record = z.looseObject({ userId: text, userName: text, action: z.string(), comment: text, at: text });

/** The provider's instance opened for a task. */
export const approvalShown = z.object({
  channelId: z.uuid(),
  mappingId: z.uuid(),
  /** The version that opened it, whose scripts go on reading its events. */
  version: z.int(),
  approvalInstanceId: z.string(),
  /** null: the provider does not have it any more. */
  status: z.enum(APPROVAL_STATUSES).nullable(),
  title: z.string(),
  form: z.array(field),
  approvers: z.array(person),
  records: z.array(record),
  /** Where people look at it; absent when the channel has no company id. */
  url: z.url().optional(),
  openedAt: z.iso.datetime(),
  /** When the provider was last asked. */
  syncedAt: z.iso.datetime().optional(),
  /** When it is asked next without anybody's doing; absent when there is no need. Later than usual when the channel's calls are used up. */
  nextSyncAt: z.iso.datetime().optional(),
});
export type ApprovalShown = z.infer<typeof approvalShown>;

/** How far the opening of a task's approval has come: which mapping does it, and when the hub tries or looks again. */
export const openingShown = z.object({
  channelId: z.uuid(),
  mappingId: z.uuid(),
  version: z.int(),
  /** `ready`: no create call has left. `sending`: one may have. `linked`: the approval is known. `closed`: none was opened. */
  state: z.enum(['ready', 'sending', 'linked', 'closed']),
  nextTryAt: z.iso.datetime().optional(),
});
