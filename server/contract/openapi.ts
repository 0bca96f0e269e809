import { z } from 'zod';
import { PATHS_BESIDE_API, TAGS } from './openapi-words.ts';
import { problem } from './problem.ts';
import type { Role } from './role.ts';

/** What is declared of an endpoint but how it answers (http/endpoint.ts): all that the document tells. */
export interface Described {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below /api/v1, in Koa's spelling: `/tasks/:taskId/revoke`. */
  readonly path: string;
  /** The least role that may call it; `anyone` needs no sign-in. */
  readonly role: Role | 'anyone';
  readonly summary: string;
  /** More words for the document; optional. */
  readonly description?: string;
  /** The glossary's noun, the document's tag: `tasks`. */
  readonly tag: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Whether a body may be left out. */
  readonly bodyOptional?: boolean;
  /** By status: what the answer's body looks like. Problems (4xx, 5xx) are described for all endpoints at once. */
  readonly answers: Readonly<Record<number, { readonly description: string; readonly schema?: z.ZodType }>>;
  /** For the document: a request body and an answer as they are. */
  readonly example?: { readonly body?: unknown; readonly answer?: unknown };
}

type Json = Record<string, unknown>;

/** An OpenAPI 3.1 document. */
export interface ApiDocument {
  readonly openapi: '3.1.0';
  readonly info: Json;
  readonly paths: Readonly<Record<string, Json>>;
  readonly components: { readonly schemas: Json; readonly [more: string]: unknown };
  readonly [more: string]: unknown;
}

const PREFIX = '/api/v1';
const SIGNED_IN = [{ bearer: [] }, { session: [], csrf: [] }];

/** `/tasks/:taskId` → `/api/v1/tasks/{taskId}` */
export const documentPath = (path: string): string => PREFIX + path.replaceAll(/:(\w+)/g, '{$1}');

/**
 * Describes the HTTP API from the declarations that it is served by.
 * @param about.version of the product
 * @param about.errorCodes every `code` that a problem may have
 */
export function describeApi(
  endpoints: readonly Described[],
  about: { version: string; errorCodes: readonly string[] },
): ApiDocument {
  const schemas = createSchemas();
  schemas.add(problem, 'output');
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints)
    (paths[documentPath(endpoint.path)] ??= {})[endpoint.method] = describeOperation(endpoint, schemas);
  const used = new Set(endpoints.map(({ tag }) => tag));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Countersign',
      version: about.version,
      summary: "Hands a platform's tasks to the approval apps a company already uses.",
      license: { name: 'MIT', identifier: 'MIT' },
      description: `Every refusal is a problem document (RFC 9457) with a \`code\`: ${about.errorCodes.join(', ')}.`,
    },
    servers: [{ url: '/' }],
    tags: [...Object.entries(TAGS), ...[...used].filter((tag) => !(tag in TAGS)).map((tag) => [tag, ''])]
      .filter(([name]) => name === 'operations' || used.has(name ?? ''))
      .map(([name, description]) => ({ name, description })),
    paths: { ...paths, ...PATHS_BESIDE_API },
    components: {
      schemas: schemas.all,
      responses: {
        Problem: {
          description: 'Refused; `code` and `detail` say why.',
          content: {
            'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
          },
        },
      },
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'an API token, or the ADMIN_TOKEN of the settings',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'countersign_session',
          description: 'set by signing in; called __Host-countersign_session where PUBLIC_URL is https',
        },
        csrf: {
          type: 'apiKey',
          in: 'header',
          name: 'x-csrf-token',
          description:
            'the csrfToken of GET /api/v1/session; needed beside the cookie for everything but GET',
        },
      },
    },
  };
}

function describeOperation(endpoint: Described, schemas: Schemas): Json {
  const { method, path, role, summary, description, tag, params, query, body, example } = endpoint;
  const needs = role === 'anyone' ? 'No sign-in needed.' : `Least role: ${role}.`;
  const exampleOf = exampleStatus(endpoint);
  return {
    operationId: operationId(method, path),
    tags: [tag],
    summary,
    description: description === undefined ? needs : `${description}\n\n${needs}`,
    security: role === 'anyone' ? [] : SIGNED_IN,
    parameters: [...pathParameters(path, params, schemas), ...queryParameters(query, schemas)],
    ...(body !== undefined && {
      requestBody: {
        required: endpoint.bodyOptional !== true,
        content: { 'application/json': content(schemas.add(body, 'input'), example?.body) },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(endpoint.answers).map(([status, answer]) => [
          status,
          {
            description: answer.description,
            ...(answer.schema !== undefined && {
              content: {
                'application/json': content(
                  schemas.add(answer.schema, 'output'),
                  status === exampleOf ? example?.answer : undefined,
                ),
              },
            }),
          },
        ]),
      ),
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

/** Of several good answers the one that the example is of. */
function exampleStatus({ answers, example }: Described): string | undefined {
  const good = Object.entries(answers).filter(([status]) => status.startsWith('2'));
  const fitting = good.find(([, { schema }]) => schema?.safeParse(example?.answer).success);
  return (fitting ?? good[0])?.[0];
}

const content = (schema: Json, example: unknown): Json => ({
  schema,
  ...(example !== undefined && { example }),
});

/** `post /tasks/:taskId/revoke` → `postTasksTaskIdRevoke` */
const operationId = (method: string, path: string): string =>
  method + path.replaceAll(/[/:.-]+(\w)/g, (_, first: string) => first.toUpperCase());

function pathParameters(path: string, params: z.ZodType | undefined, schemas: Schemas): Json[] {
  const described = params === undefined ? {} : propertiesOf(schemas.add(params, 'input'));
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    ...{ name, in: 'path', required: true },
    schema: described[name] ?? { type: 'string' },
  }));
}

function queryParameters(query: z.ZodType | undefined, schemas: Schemas): Json[] {
  if (query === undefined) return [];
  const object = schemas.add(query, 'input');
  const required = (object['required'] ?? []) as string[];
  return Object.entries(propertiesOf(object)).map(([name, schema]) => ({
    ...{ name, in: 'query', required: required.includes(name), schema },
    ...(schema['description'] !== undefined && { description: schema['description'] }),
  }));
}

const propertiesOf = (object: Json): Record<string, Json> =>
  (object['properties'] ?? {}) as Record<string, Json>;

interface Schemas {
  /** Named parts of it (`.meta({id})`) go to the components. */
  add(schema: z.ZodType, io: 'input' | 'output'): Json;
  readonly all: Json;
}

/**
 * The document's schemas. What is read and what is answered may differ under one name (defaults, further keys), so what is read
 * is called `TaskInput`; parts that refer to themselves without having a name are called `Value`, `Value2` and so on.
 */
function createSchemas(): Schemas {
  const all: Json = {};
  const unnamed = new Map<string, string>();

  const nameOf = (id: string, definition: unknown, io: string): string => {
    if (!id.startsWith('__schema')) return io === 'input' ? `${id}Input` : id;
    const text = io + JSON.stringify(definition);
    const name = unnamed.get(text) ?? (unnamed.size === 0 ? 'Value' : `Value${unnamed.size + 1}`);
    unnamed.set(text, name);
    return name;
  };

  return {
    all,
    add(schema, io) {
      const { $defs = {}, ...own } = z.toJSONSchema(schema, CONVERSION[io]);
      delete own.$schema;
      const names = new Map(Object.entries($defs).map(([id, each]) => [id, nameOf(id, each, io)]));
      const moved = <T>(part: T): T =>
        JSON.parse(
          JSON.stringify(part).replaceAll(
            /"#\/\$defs\/([^"]+)"/g,
            (_whole, id: string) => `"#/components/schemas/${names.get(id) ?? id}"`,
          ),
        ) as T;
      for (const [id, definition] of Object.entries($defs)) all[names.get(id) ?? id] = moved(definition);
      return moved(own);
    },
  };
}

type Conversion = NonNullable<Parameters<typeof z.toJSONSchema>[1]>;

const conversion = (io: 'input' | 'output'): Conversion => ({
  ...{ io, target: 'draft-2020-12', unrepresentable: 'any' },
  override({ zodSchema, jsonSchema }) {
    // A Date leaves as JSON.stringify writes it.
    if (zodSchema._zod.def.type === 'date')
      Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
    // The format says it; zod's own expressions for it fill half a screen.
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  },
});

const CONVERSION = { input: conversion('input'), output: conversion('output') };
