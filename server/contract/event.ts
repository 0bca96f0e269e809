import { z } from 'zod';

/**
 * What became of an event. `waiting`: not decided yet, its instance may still become known. `foreign`: of an approval that
 * is none of ours; kept without its payload. `failed`: the callback script did not answer; kept for replay.
 */
const EVENT_OUTCOMES = ['applied', 'unchanged', 'waiting', 'foreign', 'failed'] as const;
export const eventOutcome = z.enum(
  EVENT_OUTCOMES,
  `must be ${EVENT_OUTCOMES.slice(0, -1).join(', ')} or ${EVENT_OUTCOMES.at(-1) ?? ''}`,
);
export type EventOutcome = z.infer<typeof eventOutcome>;

/** What GET /events may be narrowed by, beside paging. */
export const eventFilters = {
  channelId: z.uuid('must be the id of a channel').optional(),
  type: z.string().min(1, 'must be an event type such as the provider writes it').optional(),
  outcome: eventOutcome.optional(),
  taskId: z.string().optional().describe("The platform's id of the task whose approval they speak of."),
};

/** One event as a list shows it. */
export const eventSummary = z.object({
  id: z.uuid(),
  channelId: z.uuid(),
  /** The provider's own word, "" when the event does not say. */
  type: z.string(),
  receivedAt: z.iso.datetime(),
  outcome: eventOutcome,
  /** Why, in words, where the outcome alone does not tell. */
  reason: z.string().optional(),
  definitionId: z.string().optional(),
  approvalInstanceId: z.string().optional(),
  /** The platform's id of the task whose approval it speaks of. */
  taskId: z.string().optional(),
});
export type EventSummary = z.infer<typeof eventSummary>;

/** The push as it came: a callback before decryption, or a frame of a persistent connection. */
const rawPush = z.union([
  z.object({ query: z.record(z.string(), z.string()), body: z.string() }),
  z.object({ frame: z.string() }),
]);
export type RawPush = z.infer<typeof rawPush>;

/** One event in full. `raw` and `payload` are null for a foreign one. */
export const event = eventSummary.extend({
  raw: rawPush.nullable(),
  payload: z.record(z.string(), z.unknown()).nullable(),
  /** Runs of the callback stage for this event, newest first. */
  executionIds: z.array(z.uuid()),
});
export type EventShown = z.infer<typeof event>;

/** The answer to a replay. */
export const eventReplayed = z.object({ id: z.uuid(), outcome: z.literal('waiting') });
