import { z } from 'zod';
import { ERROR_CODES } from './execution.ts';

/** The body of a shadow run. */
export const shadowOrder = z.strictObject({
  limit: z.int('must be 1 to 50').min(1, 'must be 1 to 50').max(50, 'must be 1 to 50').default(10),
  cursor: z.string('must be the nextCursor of an earlier answer').optional(),
});
export type ShadowOrder = z.infer<typeof shadowOrder>;

/** Two values of one thing: as it was sent, and as the draft would send it. null: it was not there, or would not be. */
const change = z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() });

/** Why the draft fails for a task; no call of it left. */
const failure = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
});

const OUTCOMES = ['same', 'changed', 'fails', 'unknown'] as const;

/** One real task, and what the draft would have made of it. */
const shadowedTask = z.object({
  taskId: z.string(),
  taskName: z.string(),
  taskType: z.string(),
  /** The version that opened it, and the execution that did. */
  version: z.number().int(),
  executionId: z.uuid(),
  startedAt: z.iso.datetime(),
  outcome: z.enum(OUTCOMES),
  /** Why nobody can say: the draft asks the provider something else than that run did, or a create call cannot be read. */
  unknown: z.enum(['unrecorded', 'unreadable']).optional(),
  error: failure.optional(),
  /** Fields of the form that would change. */
  fields: z.array(change),
  /** What would change beside the form: definition, originator, and further members of the request. */
  others: z.array(change),
});
export type ShadowedTask = z.infer<typeof shadowedTask>;

export const shadowAnswer = z.object({
  items: z.array(shadowedTask),
  /** Where the next call goes on; null when there are no more tasks. */
  nextCursor: z.string().nullable(),
});
export type ShadowAnswer = z.infer<typeof shadowAnswer>;
