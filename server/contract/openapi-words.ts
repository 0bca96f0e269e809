/** What each tag of the API's document is about, in the order of the document. */
export const TAGS: Readonly<Record<string, string>> = {
  channels: 'Provider apps: type, credentials, callback URL. Secrets are write-only.',
  mappings:
    'An approval definition of one channel plus its five stage scripts, as a draft and as published versions.',
  bindings: 'Which mapping a task type (and subtype) goes to; the most specific wins.',
  tasks: 'What the platform submits, and what became of it.',
  executions: 'Every run of a stage script: input, result or error, logs, HTTP trace, timing.',
  events: 'Provider callbacks, verified and decrypted, kept in the inbox.',
  catalogue: 'Task variables, task types and providers.',
  session: 'Signing in and out.',
  users: 'People who may sign in.',
  tokens: 'API tokens for programs.',
  audit: 'Who changed what.',
  document: 'This document.',
  operations: 'Beside the API: health, figures, and what providers call.',
};

const problem = { $ref: '#/components/responses/Problem' };

const health = (operationId: string, summary: string, description: string): object => ({
  get: {
    ...{ operationId, summary, tags: ['operations'], security: [] },
    responses: {
      200: { description, content: { 'application/json': { schema: { type: 'object' } } } },
      503: {
        description: 'Not well; the body says what is missing.',
        content: { 'application/json': { schema: { type: 'object' } } },
      },
    },
  },
});

const callbackAnswers = {
  200: { description: "What the provider's own protocol wants to hear." },
  400: problem,
  403: problem,
  404: problem,
  503: problem,
};

const channelId = {
  name: 'channelId',
  in: 'path',
  required: true,
  schema: { type: 'string', format: 'uuid' },
};

/** The paths outside /api/v1, described by hand (docs/http-api.md). */
export const PATHS_BESIDE_API: Readonly<Record<string, Record<string, unknown>>> = {
  '/healthz': { ...health('getHealthz', 'Whether the process lives', 'It does.') },
  '/readyz': {
    ...health('getReadyz', 'Whether it can work: database, sandbox, jobs', 'It can take requests.'),
  },
  '/metrics': {
    get: {
      ...{ operationId: 'getMetrics', summary: 'Figures for Prometheus', tags: ['operations'], security: [] },
      responses: {
        200: {
          description: "Prometheus' text format.",
          content: { 'text/plain': { schema: { type: 'string' } } },
        },
      },
    },
  },
  '/callbacks/{channelId}': {
    parameters: [channelId],
    get: {
      ...{
        operationId: 'getCallback',
        summary: "A provider's URL check",
        tags: ['operations'],
        security: [],
      },
      description: "Verified by the provider's own signature.",
      responses: callbackAnswers,
    },
    post: {
      ...{
        operationId: 'postCallback',
        summary: "A provider's callback",
        tags: ['operations'],
        security: [],
      },
      description: "Verified by the provider's own signature; answered with success only after it is stored.",
      responses: callbackAnswers,
    },
  },
};
