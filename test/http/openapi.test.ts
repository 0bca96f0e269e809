import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { auditEndpoints } from '../../server/audit/routes.ts';
import { describeApi } from '../../server/contract/openapi.ts';
import type { ApiDocument } from '../../server/contract/openapi.ts';
import { endpoint } from '../../server/http/endpoint.ts';
import type { Endpoint } from '../../server/http/endpoint.ts';
import { answerChecker, wrongExamples } from '../support/openapi.ts';
import { smallApi } from './endpoints.ts';

const describeAll = (endpoints = smallApi()): ApiDocument =>
  describeApi(endpoints, { version: '1.2.3', errorCodes: ['NOT_FOUND'] });

/** Everything that a document refers to. */
const referencesOf = (document: ApiDocument): string[] =>
  [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/([^"]+)"/g)].map(([, path = '']) => path);

describe('the document', () => {
  it('is valid to a public validator, with every reference in it', async () => {
    const document = describeAll([...smallApi(), ...auditEndpoints(undefined as never)]);
    const result = await new Validator().validate(structuredClone(document));
    expect(result).toMatchObject({ valid: true });
    const components = document.components as Record<string, Record<string, unknown>>;
    for (const reference of referencesOf(document)) {
      const [kind = '', name = ''] = reference.split('/');
      expect(components[kind], reference).toHaveProperty(name);
    }
  });

  it('describes input as it may be sent and answers as they are', () => {
    const { paths, components } = describeAll();
    expect(paths['/api/v1/things']).toMatchObject({
      post: {
        operationId: 'postThings',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { required: ['name'] }, example: { name: 'a' } } },
        },
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
          default: { $ref: '#/components/responses/Problem' },
        },
      },
      get: {
        parameters: [{ name: 'limit', in: 'query', required: false }, { name: 'cursor' }, { name: 'q' }],
      },
    });
    expect(paths['/api/v1/things/{name}']).toMatchObject({
      get: { parameters: [{ name: 'name', in: 'path', required: true }] },
    });
    expect(components.schemas['Thing']).toMatchObject({
      additionalProperties: false,
      required: ['name', 'tags'],
    });
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/healthz', '/callbacks/{channelId}']));
  });

  it('shows the example with the answer that it is of', () => {
    const full = z.object({ id: z.string(), more: z.string() });
    const document = describeAll([
      endpoint({
        ...{ method: 'post', path: '/orders', role: 'anyone', tag: 'x', summary: 's' },
        answers: {
          200: { description: 'there already', schema: full },
          202: { description: 'taken', schema: z.object({ id: z.string() }) },
        },
        example: { answer: { id: 'a' } },
        handle: () => ({ status: 202, body: { id: 'a' } }),
      }),
    ]);
    expect(wrongExamples(document)).toEqual([]);
    expect(JSON.stringify(document.paths['/api/v1/orders'])).toContain('"example":{"id":"a"}');
  });

  it('keeps what may be sent and what is answered apart under one name, and finds dates', () => {
    const shared = z.object({ at: z.date(), inner: z.json(), n: z.int().default(1) }).meta({ id: 'Shared' });
    const { components } = describeAll([
      endpoint({
        ...{ method: 'put', path: '/shared', role: 'anyone', tag: 'x', summary: 's' },
        body: z.object({ one: shared }),
        answers: { 200: { description: 'ok', schema: z.array(shared) } },
        handle: () => ({ status: 200, body: [] }),
      }),
    ]);
    expect(components.schemas).toMatchObject({
      Shared: { required: ['at', 'inner', 'n'], properties: { at: { type: 'string', format: 'date-time' } } },
      SharedInput: { required: ['at', 'inner'] },
    });
  });
});

describe('the checker of examples', () => {
  it('finds the wrong ones', () => {
    expect(wrongExamples(describeAll())).toEqual([]);
    const [first, ...others] = smallApi();
    const wrong = { ...first, example: { body: { name: '' }, answer: { name: 'a' } } } as Endpoint;
    expect(wrongExamples(describeAll([wrong, ...others]))).toEqual([
      expect.stringMatching(/^post .*things requestBody: .*fewer than 1 char/),
      expect.stringMatching(/^post .*things responses 200: .*tags/),
    ]);
  });
});

describe('the checker of answers', () => {
  const check = answerChecker(describeAll());
  const things = { method: 'post', path: '/things' };

  it('lets what is described pass', () => {
    check(things, 200, { name: 'a', tags: [], size: undefined });
    check({ method: 'post', path: '/waits' }, 204, undefined);
  });

  it.each([
    ['a field too many', things, 200, { name: 'a', tags: [], color: 'red' }],
    ['a field too few', things, 200, { name: 'a' }],
    ['another status', things, 201, { name: 'a', tags: [] }],
    ['a body where there is none', { method: 'post', path: '/waits' }, 204, {}],
  ])('refuses %s', (_, operation, status, body) => {
    expect(() => check(operation, status, body)).toThrow();
  });
});
