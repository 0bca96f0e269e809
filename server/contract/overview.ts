import { z } from 'zod';
import { eventOutcome } from './event.ts';
import { stage } from './mapping.ts';
import { recordOf } from './record.ts';
import { TASK_STATUSES, taskStatus } from './task.ts';

const at = z.iso.datetime();

/** What a person who opens the hub wants to know first: what needs somebody, and how much there is. */
export const overview = z
  .object({
    now: at.describe("The hub's clock."),
    tasks: z.object(recordOf(TASK_STATUSES, () => z.int())).describe('How many there are of each status.'),
    waiting: z
      .array(
        z.object({
          taskId: z.string(),
          taskName: z.string(),
          status: taskStatus,
          since: at,
        }),
      )
      .describe(
        'Those that have been `submitted` for more than ten minutes or `pending` for more than three days: the oldest ten of each.',
      ),
    failingStages: z
      .array(
        z.object({
          mappingId: z.uuid(),
          mappingName: z.string(),
          stage,
          executionId: z.uuid(),
          at,
          message: z.string(),
        }),
      )
      .describe(
        "Stages whose last live run of the past seven days failed, with that run's error; newest first.",
      ),
    events: z
      .array(z.object({ outcome: eventOutcome, count: z.int() }))
      .describe('How many are `waiting` or `failed`; an outcome without any is left out.'),
    simulators: z
      .array(z.object({ provider: z.string(), label: z.string(), path: z.string() }))
      .describe(
        'The pages of the provider simulators that run within this hub; `provider` as in the catalogue.',
      ),
    demo: z
      .object({ channelId: z.uuid(), mappingId: z.uuid() })
      .nullable()
      .describe('The demo that was made at the first start; null when there is none (any more).'),
  })
  .meta({ id: 'Overview' });
export type Overview = z.infer<typeof overview>;
