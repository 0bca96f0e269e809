import { z } from 'zod';

/** The five stages, in the order in which an approval meets them. */
export const STAGES = ['token', 'create', 'revoke', 'callback', 'sync'] as const;
export type Stage = (typeof STAGES)[number];

export const APPROVAL_STATUSES = ['pending', 'approved', 'rejected', 'revoked'] as const;
export type ApprovalStatus = (typeof APPROVAL_STATUSES)[number];

const id = z.string().min(1).max(200);
const text = z.string().nullish();

const status = z.enum(APPROVAL_STATUSES);
const form = z.array(z.looseObject({ name: z.string(), value: z.string().nullable() }));
const records = z.array(
  z.looseObject({ userId: text, userName: text, action: z.string(), comment: text, at: text }),
);
const approvers = z.array(z.looseObject({ userId: z.string(), userName: text, status: z.string() }));

/** What each stage must return (docs/writing-scripts.md). More keys than these are kept as they are. */
export const STAGE_RESULTS = {
  token: z.looseObject({ accessToken: z.string().min(1), expiresIn: z.number().positive() }),
  create: z.looseObject({ approvalInstanceId: id }),
  revoke: z.looseObject({ revoked: z.literal(true) }),
  callback: z.looseObject({ approvalInstanceId: id, status }).nullable(),
  sync: z.looseObject({
    status,
    title: z.string().optional(),
    form: form.optional(),
    records: records.optional(),
    approvers: approvers.optional(),
  }),
} as const satisfies Record<Stage, z.ZodType>;

export type StageResult<S extends Stage = Stage> = z.infer<(typeof STAGE_RESULTS)[S]>;
