import { z } from 'zod';

const kind = (words: string): z.ZodString =>
  z
    .string(`must be ${words}, 1 to 100 characters`)
    .min(1, `must be ${words}, 1 to 100 characters`)
    .max(100, `must be ${words}, 1 to 100 characters`);

/** Texts of one's own, compared exactly; the catalogue only suggests. */
export const bindingInput = z.strictObject({
  taskType: kind('a task type'),
  /** Absent or null: all subtypes that have no binding of their own. */
  taskSubtype: kind('a subtype').nullish(),
  mappingId: z.uuid('must be the id of a mapping'),
});
export type BindingInput = z.infer<typeof bindingInput>;

export const bindingParams = z.object({ id: z.uuid('must be the id of a binding') });

export const binding = z.object({
  id: z.uuid(),
  taskType: z.string(),
  taskSubtype: z.string().nullable(),
  mappingId: z.uuid(),
  mappingName: z.string(),
  channelId: z.uuid(),
  channelName: z.string(),
  /** null: nothing was published yet, and tasks of this type are refused until it is. */
  publishedVersion: z.number().int().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Binding = z.infer<typeof binding>;

/** The answer to a change: `warnings` says what still keeps tasks from using the binding. */
export const savedBinding = z.object({ ...binding.shape, warnings: z.array(z.string()) });
