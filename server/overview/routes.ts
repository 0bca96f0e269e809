import { found, findQuery } from '../contract/find.ts';
import { overview } from '../contract/overview.ts';
import type { Overview } from '../contract/overview.ts';
import type { Db } from '../db/database.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { findById } from './find-store.ts';
import { countEvents, countTasks, failingStages, findDemo, waitingTasks } from './store.ts';

/** The overview for the home page, and where an id leads. @param deps.simulators the pages of those that run in this process */
export function overviewRoutes({
  knex,
  simulators,
}: {
  readonly knex: Db;
  readonly simulators: Overview['simulators'];
}): Endpoint[] {
  return [
    endpoint({
      ...{ method: 'get', path: '/overview', role: 'viewer', tag: 'overview' },
      summary: 'What needs attention, and how many tasks there are',
      answers: { 200: { description: 'As things stand now.', schema: overview } },
      async handle() {
        const body: Overview = {
          now: new Date().toISOString(),
          tasks: await countTasks(knex),
          waiting: await waitingTasks(knex),
          failingStages: await failingStages(knex),
          events: await countEvents(knex),
          simulators: [...simulators],
          demo: await findDemo(knex),
        };
        return { status: 200, body };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/find', role: 'viewer', tag: 'overview' },
      summary: 'What has this id',
      description:
        "For an id that somebody comes with: a taskId, an approval's instance id as the provider shows it, an execution's or an event's id. " +
        'It is compared exactly; nothing found is an empty list.',
      query: findQuery,
      answers: { 200: { description: 'All that has it.', schema: found } },
      async handle({ query }) {
        return { status: 200, body: { items: await findById(knex, query.id) } };
      },
    }),
  ];
}
