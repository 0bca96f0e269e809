import { overview } from '../contract/overview.ts';
import type { Overview } from '../contract/overview.ts';
import type { Db } from '../db/database.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { countEvents, countTasks, failingStages, findDemo, waitingTasks } from './store.ts';

/** The overview for the home page. @param deps.simulators the pages of those that run in this process */
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
  ];
}
