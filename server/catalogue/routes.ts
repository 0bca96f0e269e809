import { providers as providersAnswer, taskTypes, variables } from '../contract/catalogue.ts';
import type { Db } from '../db/database.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { Providers } from '../providers/load.ts';
import { changeTaskTypes, changeVariables } from './change.ts';
import { readDeclarations, showProvider } from './providers.ts';
import { readTaskTypes, readVariables } from './read.ts';

export interface CatalogueDeps {
  readonly knex: Db;
  readonly providers: Providers;
  /** Where this server's simulators are, without a slash at the end; undefined when none run. */
  readonly simulatorsAt: string | undefined;
}

/** The endpoints of the catalogue: what the editor suggests and explains. */
export function catalogueRoutes({ knex, providers, simulatorsAt }: CatalogueDeps): Endpoint[] {
  const tag = 'catalogue';
  // The same for as long as the program runs.
  const items = [...providers.values()].map(({ provider }) => showProvider(provider, simulatorsAt));
  const shown = { items, declarations: readDeclarations() };
  return [
    endpoint({
      ...{ method: 'get', path: '/catalogue/variables', role: 'viewer', tag },
      summary: 'Read the 31 task variables with meanings and samples',
      answers: { 200: { description: 'The variables.', schema: variables } },
      handle: async () => ({ status: 200, body: { items: await readVariables(knex) } }),
    }),
    endpoint({
      ...{ method: 'put', path: '/catalogue/variables', role: 'admin', tag },
      summary: 'Explain the variables in other words',
      description: 'All 31 must be given: scripts count on every one of them.',
      body: variables,
      answers: { 200: { description: 'The variables.', schema: variables } },
      async handle({ body, caller, requestId }) {
        const items = await changeVariables(knex, body.items, { by: caller.name, requestId });
        return { status: 200, body: { items } };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/catalogue/task-types', role: 'viewer', tag },
      summary: 'Read the suggested task types and subtypes',
      answers: { 200: { description: 'The task types.', schema: taskTypes } },
      handle: async () => ({ status: 200, body: { items: await readTaskTypes(knex) } }),
    }),
    endpoint({
      ...{ method: 'put', path: '/catalogue/task-types', role: 'admin', tag },
      summary: 'Suggest other task types',
      body: taskTypes,
      answers: { 200: { description: 'The task types.', schema: taskTypes } },
      example: { body: { items: [{ name: 'Release', subtypes: ['Hotfix', 'Regular'] }] } },
      async handle({ body, caller, requestId }) {
        const items = await changeTaskTypes(knex, body.items, { by: caller.name, requestId });
        return { status: 200, body: { items } };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/catalogue/providers', role: 'viewer', tag },
      summary: 'Read the providers: their fields, help, client, declarations and default scripts',
      answers: { 200: { description: 'The providers.', schema: providersAnswer } },
      handle: () => ({ status: 200, body: shown }),
    }),
  ];
}
