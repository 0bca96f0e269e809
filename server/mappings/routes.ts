import { z } from 'zod';
import {
  approvalForm,
  channelFormParams,
  duplication,
  mapping,
  mappingChange,
  mappingDetail,
  mappingParams,
  newMapping,
} from '../contract/mapping.ts';
import { mayDo } from '../contract/role.ts';
import { AppError } from '../errors.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { listOf, paging } from '../http/paging.ts';
import { changeMapping, removeMapping } from './change.ts';
import { createMapping, duplicateMapping } from './create.ts';
import { draftRoutes } from './draft-routes.ts';
import { createForms } from './form.ts';
import { mappingInFull, mappingsPage } from './read.ts';
import { shadowRoutes } from './shadow-routes.ts';
import type { TestDeps } from './test-run.ts';
import { versionRoutes } from './version-routes.ts';
import { whoOf } from './who.ts';

/** The endpoints of mappings, their drafts, tests and versions. */
export function mappingRoutes(deps: TestDeps): Endpoint[] {
  const { knex } = deps;
  const forms = createForms(deps);
  const tag = 'mappings';
  const inFull = { description: 'The mapping.', schema: mappingDetail };
  return [
    endpoint({
      ...{ method: 'post', path: '/mappings', role: 'editor', tag },
      summary: "Make a mapping with the provider's default scripts as its draft",
      body: newMapping,
      answers: { 201: inFull },
      async handle(request) {
        const id = await createMapping(deps, request.body, whoOf(request));
        return { status: 201, body: await mappingInFull(deps, id, request.caller.role) };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/mappings', role: 'viewer', tag },
      summary: 'List mappings',
      query: z.object({ ...paging, channelId: z.uuid('must be the id of a channel').optional() }),
      answers: { 200: { description: 'A page of mappings.', schema: listOf(mapping) } },
      async handle({ query, caller }) {
        return { status: 200, body: await mappingsPage(deps, query, caller.role) };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/mappings/:id', role: 'viewer', tag },
      summary: 'Read a mapping with its draft and what each stage was last tried with',
      description: 'Viewers and submitters see texts that look like secrets as bullets.',
      params: mappingParams,
      answers: { 200: inFull },
      handle: async ({ params, caller }) => ({
        status: 200,
        body: await mappingInFull(deps, params.id, caller.role),
      }),
    }),
    endpoint({
      ...{ method: 'patch', path: '/mappings/:id', role: 'editor', tag },
      summary: "Change a mapping's name, approval definition or limits",
      description:
        'Published versions keep the definition and limits that they were published with. `limits` replaces all limits of the mapping.',
      params: mappingParams,
      body: mappingChange,
      answers: { 200: inFull },
      example: { body: { name: 'SQL release', limits: { wallMs: 30_000 } } },
      async handle(request) {
        await changeMapping(knex, request.params.id, request.body, whoOf(request));
        return { status: 200, body: await mappingInFull(deps, request.params.id, request.caller.role) };
      },
    }),
    endpoint({
      ...{ method: 'delete', path: '/mappings/:id', role: 'editor', tag },
      summary: 'Delete a mapping that neither bindings nor tasks need',
      params: mappingParams,
      answers: { 204: { description: 'It is gone, with its versions and executions.' } },
      async handle(request) {
        await removeMapping(knex, request.params.id, whoOf(request));
        return { status: 204 };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/mappings/:id/form', role: 'viewer', tag },
      summary: "Read the provider's own form",
      description: 'Kept for ten minutes; `refresh=true` (editors) asks the provider now.',
      params: mappingParams,
      query: z.object({ refresh: z.enum(['true', 'false'], 'must be true or false').default('false') }),
      answers: { 200: { description: 'The fields of the form.', schema: approvalForm } },
      async handle({ params, query, caller, signal }) {
        const refresh = query.refresh === 'true';
        const isReader = !mayDo(caller.role, 'editor');
        if (refresh && isReader)
          throw new AppError(
            'FORBIDDEN',
            'refresh asks the provider and is for editors: read the kept form without it.',
          );
        const asked = { mappingId: params.id, refresh, isReader, by: caller.name, signal };
        return { status: 200, body: await forms.ofMapping(asked) };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/channels/:id/forms/:definitionId', role: 'editor', tag },
      summary: "Read the provider's own form before a mapping of it is made",
      description:
        'Asks the provider each time, which counts against the calls of the month. A definition that the provider does not know is PROVIDER_FAILED with its words.',
      params: channelFormParams,
      answers: { 200: { description: 'The fields of the form.', schema: approvalForm } },
      async handle({ params: { id, definitionId }, caller, signal }) {
        const asked = { channelId: id, definitionId, by: caller.name, signal };
        return { status: 200, body: await forms.ofChannel(asked) };
      },
    }),
    endpoint({
      ...{ method: 'post', path: '/mappings/:id/duplicate', role: 'editor', tag },
      summary: "Copy a mapping's draft into a new mapping",
      params: mappingParams,
      body: duplication,
      answers: { 201: inFull },
      async handle(request) {
        const id = await duplicateMapping(deps, request.params.id, request.body, whoOf(request));
        return { status: 201, body: await mappingInFull(deps, id, request.caller.role) };
      },
    }),
    ...draftRoutes({ ...deps, forms }),
    ...versionRoutes(deps),
    ...shadowRoutes(deps),
  ];
}
