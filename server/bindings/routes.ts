import { z } from 'zod';
import { binding, bindingInput, bindingParams, savedBinding } from '../contract/binding.ts';
import type { Binding } from '../contract/binding.ts';
import type { Db } from '../db/database.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { listOf, pageOf, paging } from '../http/paging.ts';
import { putBinding, removeBinding } from './put.ts';
import { listBindings } from './store.ts';
import type { BindingOfMapping } from './store.ts';

/** The endpoints of bindings. */
export function bindingRoutes({ knex }: { readonly knex: Db }): Endpoint[] {
  const tag = 'bindings';
  return [
    endpoint({
      ...{ method: 'put', path: '/bindings', role: 'editor', tag },
      summary: 'Bind a task type, or one of its subtypes, to a mapping',
      description:
        'In place of an earlier binding of the same type and subtype. A binding of a subtype wins over that of its type. A mapping that is not published yet may be bound; tasks are refused until it is.',
      body: bindingInput,
      answers: { 200: { description: 'The binding.', schema: savedBinding } },
      example: {
        body: {
          taskType: 'Data export',
          taskSubtype: null,
          mappingId: '019aa8d0-3f5c-7b1e-8f62-0c1d2e3f4a5b',
        },
      },
      async handle({ body, caller, requestId }) {
        const row = await putBinding(knex, body, { by: caller.name, requestId });
        return { status: 200, body: { ...showBinding(row), warnings: warningsOf(row) } };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/bindings', role: 'viewer', tag },
      summary: 'List bindings',
      query: z.object(paging),
      answers: { 200: { description: 'A page of bindings.', schema: listOf(binding) } },
      handle: async ({ query }) => ({
        status: 200,
        body: pageOf(await listBindings(knex, query), query, showBinding),
      }),
    }),
    endpoint({
      ...{ method: 'delete', path: '/bindings/:id', role: 'editor', tag },
      summary: 'Remove a binding',
      params: bindingParams,
      answers: { 204: { description: 'It is gone. Tasks that were submitted by it go on.' } },
      async handle({ params, caller, requestId }) {
        await removeBinding(knex, params.id, { by: caller.name, requestId });
        return { status: 204 };
      },
    }),
  ];
}

function showBinding(row: BindingOfMapping): Binding {
  return {
    id: row.id,
    taskType: row.task_type,
    taskSubtype: row.task_subtype,
    mappingId: row.mapping_id,
    mappingName: row.mapping_name,
    channelId: row.channel_id,
    channelName: row.channel_name,
    publishedVersion: row.published_version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** What still keeps tasks from being opened by a binding. */
function warningsOf(row: BindingOfMapping): string[] {
  return [
    ...(row.published_version === null
      ? [`"${row.mapping_name}" is not published: tasks of this type are refused until it is.`]
      : []),
    ...(row.channel_paused
      ? [`The channel "${row.channel_name}" is paused: tasks wait until it is resumed.`]
      : []),
  ];
}
