import { mappingParams } from '../contract/mapping.ts';
import { shadowAnswer, shadowOrder } from '../contract/shadow.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { runShadow } from './shadow.ts';
import type { TestDeps } from './test-run.ts';
import { whoOf } from './who.ts';

/** The endpoint that holds a draft against the tasks of the past. */
export const shadowRoutes = (deps: TestDeps): Endpoint[] => [
  endpoint({
    ...{ method: 'post', path: '/mappings/:id/shadow', role: 'editor', tag: 'mappings' },
    summary: "Try the draft's create stage on the mapping's last real tasks",
    description:
      "Each task's own recorded answers stand in for the provider, so that nothing leaves and no execution is kept. Answers, newest " +
      'first, what the draft would have sent otherwise. Tasks with a long way to go may be fewer than `limit`: go on with `nextCursor`. ' +
      'Closing the connection ends it.',
    params: mappingParams,
    body: shadowOrder,
    bodyOptional: true,
    answers: { 200: { description: 'What would change, task by task.', schema: shadowAnswer } },
    example: { body: { limit: 10 } },
    async handle(request) {
      const order = (request.body as typeof request.body | undefined) ?? shadowOrder.parse({});
      const asked = { mappingId: request.params.id, order, signal: request.signal };
      return { status: 200, body: await runShadow(deps, asked, whoOf(request)) };
    },
  }),
];
