import { z } from 'zod';
import { recordOf } from './record.ts';
import { STAGES } from './stage.ts';
import { VARIABLE_NAMES } from './variables.ts';

const text = (most: number): z.ZodString =>
  z.string('must be text').max(most, `must have at most ${most} characters`);

const kind = text(100).min(1, 'must have 1 to 100 characters');

const withoutRepeats = (values: readonly string[]): boolean => new Set(values).size === values.length;

const variable = z.strictObject({
  name: z.enum(VARIABLE_NAMES, 'must be one of the 31 variables'),
  meaning: text(200),
  sample: text(5_000),
});
/** All 31, each once: a script may count on every one of them, so that a catalogue can only explain them otherwise. */
export const variables = z.strictObject({
  items: z
    .array(variable, 'must be a list of {name, meaning, sample}')
    .refine((items) => withoutRepeats(items.map(({ name }) => name)), 'must name each variable once')
    .refine(
      (items) => items.length >= VARIABLE_NAMES.length,
      'must hold all 31 variables: scripts count on every one of them',
    ),
});
export type VariableCatalogue = z.infer<typeof variables>['items'];

const taskType = z.strictObject({
  name: kind,
  subtypes: z
    .array(kind, 'must be a list of texts')
    .max(200, 'must have at most 200 entries')
    .refine(withoutRepeats, 'must name each subtype once'),
});
export const taskTypes = z.strictObject({
  items: z
    .array(taskType, 'must be a list of {name, subtypes}')
    .max(200, 'must have at most 200 entries')
    .refine((items) => withoutRepeats(items.map(({ name }) => name)), 'must name each task type once'),
});
export type TaskTypeCatalogue = z.infer<typeof taskTypes>['items'];

/** The task types and subtypes of a platform of the NineData kind; an admin may put others in their place. */
export const TASK_TYPES: TaskTypeCatalogue = [
  { name: 'SQL task', subtypes: ['Must improve', 'Suggested improvement', 'Compliant'] },
  {
    name: 'Permission request',
    subtypes: [
      ...['Data source', 'Database', 'Table permission'],
      ...['S1', 'S2', 'S3', 'S4', 'S5'].map((level) => `Apply for Sensitive Column - ${level}`),
    ],
  },
  { name: 'Data export', subtypes: ['SQL export', 'Export database', 'Export table'] },
  { name: 'Data import', subtypes: ['Fast mode'] },
  { name: 'Data generation', subtypes: ['Data generation'] },
  { name: 'Data tracking and rollback', subtypes: ['Data tracking and rollback'] },
  { name: 'Data archiving and cleanup', subtypes: ['Cleanup', 'Archive', 'Cleanup + Archive'] },
  {
    name: 'SQL code review',
    subtypes: ['Recommended index', 'Must improve', 'Suggested improvement', 'Compliant'].map(
      (verdict) => `SQL review - ${verdict}`,
    ),
  },
];

const words = z.object({ en: z.string(), zh: z.string() });

/** What the editor shows of a provider, and builds the channel form of. */
const providerEntry = z.object({
  name: z.string(),
  label: words,
  fields: z.array(
    z.object({ key: z.string(), label: words, help: words, secret: z.boolean(), required: z.boolean() }),
  ),
  callbackTypes: z.array(z.enum(['webhook', 'persistent'])),
  hosts: z.array(z.string()),
  help: z.object({
    definition: z.object({ label: words, help: words }),
    steps: z.array(words),
    links: z.array(z.object({ label: words, url: z.string() })),
  }),
  monthlyCalls: z.int().describe('what a new channel may use up in a month, unless it says otherwise'),
  simulator: z
    .object({
      url: z.string().describe('to be the apiBaseUrl of a channel; its page for people too'),
      appId: z.string(),
      appSecret: z.string(),
      defaultOriginator: z.string(),
      approvalDefinitionId: z.string(),
    })
    .nullable()
    .describe('what a channel at the simulator is made of; null where none runs in this server'),
  events: z
    .array(z.object({ label: words, payload: z.record(z.string(), z.json()) }))
    .describe(
      'events to try a callback script with; {approvalInstanceId}, {approvalDefinitionId} and {now} (milliseconds) are to be filled in',
    ),
  /** The client's source: what scripts have in scope under the provider's name. */
  client: z.string(),
  /** The client's declarations (.d.ts). */
  types: z.string(),
  /** The default script of each stage. */
  scripts: z.object(recordOf(STAGES, () => z.string())),
});
export type ProviderEntry = z.infer<typeof providerEntry>;

export const providers = z.object({
  items: z.array(providerEntry),
  /** What every script has in scope, by file name: `globals.d.ts` and its like. */
  declarations: z.record(z.string(), z.string()),
});
