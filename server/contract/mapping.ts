import { z } from 'zod';
import { LIMIT_KEYS, LIMIT_RANGES } from './limits.ts';
import { recordOf } from './record.ts';
import { recording } from './recording.ts';
import { STAGES } from './stage.ts';
import type { Stage } from './stage.ts';
import { VARIABLE_NAMES } from './variables.ts';

const id = z.uuid('must be an id as an earlier answer gave it');
const at = z.iso.datetime();
const line = (words: string, most: number): z.ZodString =>
  z
    .string(`must be ${words}`)
    .trim()
    .min(1, `must be ${words}`)
    .max(most, `must have at most ${most} characters`);

export const stage = z.enum(STAGES, `must be one of ${STAGES.join(', ')}`);

/** A limit on one stage's source (docs/writing-scripts.md#limits). */
const SOURCE_BYTES = 256 * 1024;

/** A stage's text. Texts with errors are texts too; only their size is checked. */
export const source = z
  .string('must be the text of the script')
  .refine((text) => new TextEncoder().encode(text).length <= SOURCE_BYTES, 'must have at most 256 KiB');

/** An object with one entry a stage. */
const byStage = <T extends z.ZodType>(entry: T): z.ZodObject<Record<Stage, T>> =>
  z.object(recordOf(STAGES, () => entry));

/** Unknown ones and values out of range are refused with the path of each; see mappings/change.ts. */
const limits = z
  .record(z.string(), z.number('must be a whole number'), 'must be an object of limits')
  .describe(
    `What a script may use up where that is not the default: ${LIMIT_KEYS.map((key) => {
      const { initial, min, max } = LIMIT_RANGES[key];
      return `${key} ${min} to ${max} (${initial})`;
    }).join(', ')}.`,
  );

// --- what callers send ---

export const mappingParams = z.object({ id });
export const stageParams = z.object({ id, stage });
export const versionParams = z.object({
  id,
  version: z.coerce
    .number('must be the number of a version')
    .int()
    .positive('must be the number of a version')
    .max(999_999_999, 'must be the number of a version'),
});

const name = line('a name', 200).normalize();
const definitionId = line("the provider's id of the approval definition", 200);

/** A form of a channel that may have no mapping yet. */
export const channelFormParams = z.object({ id, definitionId });

export const newMapping = z.strictObject({ channelId: id, name, approvalDefinitionId: definitionId });
export type NewMapping = z.infer<typeof newMapping>;

export const mappingChange = z
  .strictObject({
    name: name.optional(),
    approvalDefinitionId: definitionId.optional(),
    /** Replaces all limits of the mapping; `{}` gives them their defaults. */
    limits: limits.optional(),
  })
  .refine(
    (change) => Object.values(change).some((value) => value !== undefined),
    'must name what to change: name, approvalDefinitionId or limits',
  );
export type MappingChange = z.infer<typeof mappingChange>;

export const draftText = z.strictObject({ source });

const etags = z.partialRecord(stage, z.string()).optional();

export const restoration = z.strictObject({
  /** The drafts as the caller last saw them; restoring over a newer one is then refused. */
  etags,
});

export const duplication = z.strictObject({ channelId: id, name });
export const publication = z.strictObject({
  note: z.string('must be text').trim().max(2_000, 'must have at most 2000 characters').optional(),
});

/** What one test run is given. Checked further where the catalogue of variables is known. */
export const testInput = z.strictObject({
  /** An unsaved text; absent: the saved draft. */
  source: source.optional(),
  variables: z.record(z.string(), z.unknown(), 'must be an object: {"TASK_ID": "T-1"}').optional(),
  accessToken: z.string('must be text').optional(),
  approvalInstanceId: z.string('must be text').optional(),
  event: z.record(z.string(), z.unknown(), 'must be one decrypted event, an object').optional(),
  eventType: z.string('must be text').optional(),
  revokeReason: z.string('must be text').optional(),
  http: recording.optional(),
});
export type TestInput = z.infer<typeof testInput>;

/** `draft`, or the number of a version. */
const side = z
  .string('must be draft or the number of a version')
  .regex(/^(draft|[1-9]\d{0,8})$/, 'must be draft or the number of a version');
export const comparison = z.object({ from: side, to: side.default('draft') });

// --- what callers get ---

export const diagnostic = z.object({
  line: z.number().int(),
  column: z.number().int(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
});
/** One remark on a text; `line` and `column` are 1-based and the author's. */
export type Diagnostic = z.infer<typeof diagnostic>;

const draft = z.object({ source: z.string(), updatedAt: at, updatedBy: z.string(), etag: z.string() });

const sample = z
  .object({
    variables: z.partialRecord(z.enum(VARIABLE_NAMES), z.string()).optional(),
    approvalInstanceId: z.string().optional(),
    event: z.record(z.string(), z.unknown()).optional(),
    eventType: z.string().optional(),
    revokeReason: z.string().optional(),
  })
  .describe('What the stage was last tried with.');

const lastTest = z
  .object({
    executionId: id,
    ok: z.boolean(),
    at,
    /** Of the text that ran: the draft's own when that very text was tried. */
    etag: z.string(),
    /** Recorded answers stood in for the provider. */
    recorded: z.boolean(),
  })
  .describe('How the last test run of a stage ended.');
export type LastTest = z.infer<typeof lastTest>;

const base = {
  id,
  channelId: id,
  name: z.string(),
  approvalDefinitionId: z.string(),
  limits,
  draft: byStage(draft),
  publishedVersion: z.number().int().nullable(),
  createdAt: at,
  updatedAt: at,
};
export const mapping = z.object({
  ...base,
  /** Stages whose draft differs from the published version; all of them when there is none. */
  changedStages: z.array(stage),
  lastTests: z.partialRecord(stage, lastTest),
});
export const mappingDetail = mapping.extend({
  samples: z.partialRecord(stage, sample),
  openTasks: z.number().int(),
});

export const savedDraft = z.object({
  source: z.string(),
  etag: z.string(),
  updatedAt: at,
  updatedBy: z.string(),
  diagnostics: z.array(diagnostic),
});

export const formField = z.object({
  name: z.string(),
  type: z.string(),
  required: z.boolean(),
  options: z.array(z.string()).optional(),
});
/** One control of the provider's own form. */
export type FormField = z.infer<typeof formField>;
export const approvalForm = z.object({ fields: z.array(formField), fetchedAt: at });
export type ApprovalForm = z.infer<typeof approvalForm>;

export const published = z.object({ version: z.number().int() });

const versionHead = {
  version: z.number().int(),
  note: z.string(),
  publishedAt: at,
  publishedBy: z.string(),
  approvalDefinitionId: z.string(),
  limits,
  defaultStages: z.array(stage),
  /** Submitted and pending tasks that stand on it. */
  openTasks: z.number().int(),
  /** Whether new tasks get it. */
  current: z.boolean(),
};
export const version = z.object(versionHead);
export const versionDetail = z.object({ ...versionHead, sources: byStage(z.string()) });

const textPair = z.object({ from: z.string(), to: z.string(), changed: z.boolean() });
export const compared = z.object({
  from: z.string(),
  to: z.string(),
  stages: byStage(textPair),
  approvalDefinitionId: textPair,
  limits: z.object({ from: limits, to: limits, changed: z.boolean() }),
});
