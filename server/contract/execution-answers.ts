import { z } from 'zod';
import { ERROR_CODES, LIMIT_NAMES, LOG_LEVELS } from './execution.ts';
import { STAGES } from './stage.ts';

const at = z.iso.datetime();

/** What may run: a mapping's stage, or a question of the hub's own (`find` an instance, `probe` one, read the `form`, try `permissions`). */
const RUN_STAGES = [...STAGES, 'find', 'probe', 'form', 'permissions'] as const;

const failure = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  stage: z.string(),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  stack: z.string(),
  limit: z.enum(LIMIT_NAMES).optional(),
  provider: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  alreadySent: z.array(z.string()).optional(),
});

const tracedMessage = z.object({
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  bytes: z.number(),
  truncated: z.boolean(),
});

const tracedCall = z.object({
  method: z.string(),
  url: z.string(),
  sentTo: z.string().optional(),
  status: z.number().int(),
  durationMs: z.number(),
  request: tracedMessage,
  response: tracedMessage.nullable(),
  error: z.object({ code: z.enum(ERROR_CODES), message: z.string() }).optional(),
});

const run = {
  executionId: z.uuid(),
  ok: z.boolean(),
  result: z.unknown().optional(),
  error: failure.optional(),
  warnings: z.array(z.string()),
  logs: z.array(z.object({ level: z.enum(LOG_LEVELS), message: z.string(), at: z.string() })),
  http: z.array(tracedCall),
  prepared: z.unknown().optional(),
  durationMs: z.number(),
  cpuMs: z.number(),
  memoryBytes: z.number(),
};

/** The answer of a test run (`POST /mappings/:id/test/:stage`). */
export const testAnswer = z.object(run);

const facts = {
  id: z.uuid(),
  executionId: z.uuid(),
  kind: z.enum(['test', 'live']),
  stage: z.enum(RUN_STAGES),
  channelId: z.uuid().nullable(),
  mappingId: z.uuid().nullable(),
  /** null: the draft ran. */
  version: z.number().int().nullable(),
  /** The platform's task id. */
  taskId: z.string().nullable(),
  eventId: z.uuid().nullable(),
  runBy: z.string(),
  startedAt: at,
  ok: z.boolean(),
  durationMs: z.number(),
  cpuMs: z.number(),
  memoryBytes: z.number(),
};

/** One line of the list of executions. */
export const executionHead = z.object({
  ...facts,
  error: z.object({ code: z.enum(ERROR_CODES), message: z.string() }).optional(),
});

/** One execution in full, masked. */
export const executionDetail = z.object({
  ...facts,
  ...run,
  /** What the script was given, without the access token. */
  input: z.unknown(),
  /** Of a test create: the approval that it opened, and what the provider has told of it since. */
  approvalInstanceId: z.string().optional(),
  events: z.array(z.object({ id: z.uuid(), type: z.string(), receivedAt: at, payload: z.unknown() })),
});

const flag = z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true');

/** The query of `GET /executions`, beside paging. */
export const executionFilter = {
  mappingId: z.uuid('must be the id of a mapping').optional(),
  stage: z.enum(RUN_STAGES, `must be one of ${RUN_STAGES.join(', ')}`).optional(),
  taskId: z.string().optional(),
  eventId: z.uuid('must be the id of an event').optional(),
  kind: z.enum(['test', 'live'], 'must be test or live').optional(),
  ok: flag.optional(),
};
