import { z } from 'zod';

/** The query of `GET /find`. */
export const findQuery = z.strictObject({
  id: z.string().min(1).max(200).meta({
    description: "A taskId, an approval's instance id at the provider, or the id of an execution or event",
  }),
});

/** What has an id that somebody holds in their hand, wherever it came from: a log line, the provider's app, a colleague. */
export const found = z
  .strictObject({
    items: z.array(
      z.strictObject({
        kind: z.enum(['task', 'execution', 'event']),
        id: z.string().meta({
          description: 'What its own address has: `/tasks/:taskId`, `/executions/:id`, `/events/:id`',
        }),
        name: z.string().meta({ description: "The task's name, the execution's stage, the event's type" }),
      }),
    ),
  })
  .meta({ id: 'Found' });
export type Found = z.infer<typeof found>;
