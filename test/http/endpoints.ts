import { z } from 'zod';
import { AppError } from '../../server/errors.ts';
import { endpoint } from '../../server/http/endpoint.ts';
import type { Endpoint } from '../../server/http/endpoint.ts';
import { paging } from '../../server/http/paging.ts';

const thing = z
  .object({ name: z.string(), tags: z.array(z.string()), size: z.int().optional() })
  .meta({ id: 'Thing' });

const answers = { 200: { description: 'The thing.', schema: thing } };

/** A small API with one endpoint of every sort. `waiting` is told of the caller's signal. */
export function smallApi(
  waiting: (signal: AbortSignal) => Promise<void> = () => Promise.resolve(),
): Endpoint[] {
  return [
    endpoint({
      ...{ method: 'post', path: '/things', role: 'editor', tag: 'things', summary: 'Echo a thing', answers },
      body: z.strictObject({
        name: z.string().min(1),
        tags: z.array(z.string()).default([]),
        size: z.int().max(9).optional(),
        extra: z.json().optional(),
      }),
      example: { body: { name: 'a' }, answer: { name: 'a', tags: [] } },
      handle: ({ body: { name, tags, size } }) => ({
        status: 200,
        body: { name, tags, ...(size !== undefined && { size }) },
      }),
    }),
    endpoint({
      ...{ method: 'get', path: '/things', role: 'viewer', tag: 'things', summary: 'List' },
      query: z.object({ ...paging, q: z.string().optional() }),
      answers: {
        200: {
          description: 'What was asked.',
          schema: z.object({ limit: z.int(), q: z.string().optional() }),
        },
      },
      handle: ({ query: { limit, q } }) => ({ status: 200, body: { limit, q } }),
    }),
    endpoint({
      ...{ method: 'get', path: '/things/:name', role: 'viewer', tag: 'things', summary: 'Read', answers },
      params: z.object({ name: z.string() }),
      handle: ({ params: { name } }) => ({ status: 200, body: { name, tags: [] } }),
    }),
    endpoint({
      ...{ method: 'get', path: '/things/latest', role: 'viewer', tag: 'things', summary: 'Latest', answers },
      handle: () => ({ status: 200, body: { name: 'the latest', tags: [] } }),
    }),
    endpoint({
      ...{
        method: 'post',
        path: '/things/:name/rest',
        role: 'viewer',
        tag: 'things',
        summary: 'Optional body',
      },
      params: z.object({ name: z.string() }),
      body: z.strictObject({ reason: z.string() }),
      bodyOptional: true,
      answers: { 202: { description: 'Accepted.' } },
      handle: ({ body }) => {
        if ((body as unknown) !== undefined && body.reason === 'bug') throw new Error('a bug');
        if ((body as unknown) !== undefined && body.reason === 'busy')
          throw new AppError('SANDBOX_BUSY', 'Busy.', { retryAfter: 1.2, more: { queue: 7 } });
        return { status: 202 };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/faults/:kind', role: 'viewer', tag: 'things', summary: 'Fail', answers },
      params: z.object({ kind: z.string() }),
      handle: ({ params: { kind } }) => {
        if (kind === 'away') throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
        if (kind === 'undescribed') return { status: 200, body: { surprise: true } };
        throw new Error('password=hunter2');
      },
    }),
    endpoint({
      ...{ method: 'post', path: '/doors', role: 'anyone', tag: 'things', summary: 'Knock' },
      body: z.strictObject({ name: z.string() }),
      answers: { 204: { description: 'Heard.' } },
      handle: () => ({ status: 204 }),
    }),
    endpoint({
      ...{ method: 'post', path: '/waits', role: 'viewer', tag: 'things', summary: 'Wait' },
      answers: { 204: { description: 'Done.' } },
      handle: async ({ signal }) => {
        await waiting(signal);
        return { status: 204 };
      },
    }),
  ];
}
