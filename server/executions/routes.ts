import { z } from 'zod';
import { executionDetail, executionFilter, executionHead } from '../contract/execution-answers.ts';
import type { Db } from '../db/database.ts';
import { notFound } from '../errors.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { listOf, pageOf, paging } from '../http/paging.ts';
import { showExecution, showHead } from './show.ts';
import { findExecution, listExecutions, openedByTest } from './store.ts';

/** The endpoints of executions. */
export function executionRoutes({ knex }: { readonly knex: Db }): Endpoint[] {
  const tag = 'executions';
  return [
    endpoint({
      ...{ method: 'get', path: '/executions', role: 'viewer', tag },
      summary: 'List runs of stage scripts, tests and live ones',
      query: z.object({ ...paging, ...executionFilter }),
      answers: { 200: { description: 'A page of executions.', schema: listOf(executionHead) } },
      handle: async ({ query }) => ({
        status: 200,
        body: pageOf(await listExecutions(knex, query, query), query, showHead),
      }),
    }),
    endpoint({
      ...{ method: 'get', path: '/executions/:id', role: 'viewer', tag },
      summary: 'Read one run: what it was given, what it answered, its log and its HTTP calls, masked',
      description:
        'Of a test create, `approvalInstanceId` is the approval that it opened and `events` what the provider has told of it since.',
      params: z.object({ id: z.uuid('must be the id of an execution') }),
      answers: { 200: { description: 'The execution.', schema: executionDetail } },
      async handle({ params }) {
        const row = await findExecution(knex, params.id);
        if (row === undefined) throw notFound('execution', params.id);
        const opened =
          row.kind === 'test' && row.stage === 'create' ? await openedByTest(knex, row.id) : undefined;
        return { status: 200, body: showExecution(row, opened) };
      },
    }),
  ];
}
