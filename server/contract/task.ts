import { z } from 'zod';
import { approvalShown, openingShown } from './approval.ts';
import { APPROVAL_STATUSES } from './stage.ts';
import { givenVariables } from './variables.ts';

export const TASK_STATUSES = ['submitted', ...APPROVAL_STATUSES, 'failed'] as const;
export const taskStatus = z.enum(TASK_STATUSES, `must be one of ${TASK_STATUSES.join(', ')}`);
export type TaskStatus = z.infer<typeof taskStatus>;

const name = (most: number): z.ZodString =>
  z
    .string(`must be text of 1 to ${most} characters`)
    .min(1, 'must not be empty')
    .max(most, `must be at most ${most} characters long`);

/** What the platform submits. Free text throughout; the catalogue suggests types and subtypes. */
export const submitTask = z.strictObject({
  taskId: name(200).refine((id) => id !== '.' && id !== '..', 'must not be . or .., which no URL can name'),
  taskType: name(100),
  taskSubtype: name(100).nullish(),
  variables: givenVariables.default({}),
});
export type SubmitTask = z.infer<typeof submitTask>;

export const submitted = z.object({ taskId: z.string(), status: taskStatus });

/** `asked`: the provider is asked about it within moments. */
export const looked = z.object({ taskId: z.string(), asked: z.boolean() });
export type Looked = z.infer<typeof looked>;

export const revokeTask = z.strictObject({
  /** Shown to the approvers where the provider can; cut to what it takes. */
  reason: z.string('must be text').max(1000, 'must be at most 1000 characters long').optional(),
});

/** What GET /tasks may be narrowed by, beside paging. */
export const taskFilters = {
  status: taskStatus.optional(),
  taskType: name(100).optional(),
  q: name(200)
    .optional()
    .describe(
      'A part of the taskId, TASK_NAME or SUBMITTER, in any case. A page looks at the next 2,000 tasks: it may be short, or empty, ' +
        'while nextCursor is not null.',
    ),
};

export const reason = z.object({ code: z.string(), message: z.string() });

/** One task as a list shows it. */
export const taskSummary = z.object({
  taskId: z.string(),
  taskType: z.string(),
  taskSubtype: z.string().nullable(),
  status: taskStatus,
  /** Why it failed; there exactly when it did. */
  reason: reason.optional(),
  taskName: z.string(),
  submitter: z.string(),
  submittedBy: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** When a person asked for it to be taken back; the provider has not agreed yet while the status is pending. */
  revokeRequestedAt: z.iso.datetime().optional(),
});
export type TaskSummary = z.infer<typeof taskSummary>;

/** One line of a task's story. `by` is empty for what the hub did by itself. */
export const timelineEntry = z.object({
  at: z.iso.datetime(),
  what: z.string(),
  by: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

/** One task in full. `approval` is null until one is known to stand at the provider. */
export const task = taskSummary.extend({
  variables: z.record(z.string(), z.string()),
  approval: approvalShown.nullable(),
  opening: openingShown,
  timeline: z.array(timelineEntry),
});
export type TaskShown = z.infer<typeof task>;
