import { z } from 'zod';
import { event, eventFilters, eventReplayed, eventSummary } from '../contract/event.ts';
import type { Db } from '../db/database.ts';
import { notFound } from '../errors.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { cursorId, listOf, pageOf, paging } from '../http/paging.ts';
import type { JobQueue } from '../jobs/queue.ts';
import { listEvents, readEvent } from './read-store.ts';
import { replayEvent } from './replay.ts';
import { showEvent, showSummary } from './show.ts';

const tag = 'events';
const params = z.object({ id: z.string() });

/** The inbox over HTTP (docs/http-api.md): what providers pushed, and what became of it. */
export function eventRoutes({ knex, queue }: { knex: Db; queue: JobQueue }): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/events',
      role: 'viewer',
      tag,
      summary: 'List events, newest first, without their payloads',
      query: z.object({ ...paging, ...eventFilters }),
      answers: { 200: { description: 'A page of events', schema: listOf(eventSummary) } },
      async handle({ query }) {
        const rows = await listEvents(knex, query, cursorId(query), query.limit + 1);
        return { status: 200, body: pageOf(rows, query, showSummary) };
      },
    }),
    endpoint({
      method: 'get',
      path: '/events/:id',
      role: 'viewer',
      tag,
      summary: 'Read an event: as it was pushed, decrypted, and what became of it',
      params,
      answers: { 200: { description: 'The event', schema: event } },
      async handle({ params: { id } }) {
        const found = await readEvent(knex, id);
        if (found === undefined) throw notFound('event', id);
        return { status: 200, body: showEvent(found.row, found.executionIds) };
      },
    }),
    endpoint({
      method: 'post',
      path: '/events/:id/replay',
      role: 'editor',
      tag,
      summary: 'Run the callback stage for an event again',
      description:
        'Runs the version that opened the approval; where that one fails, the version published since, so that a mended script can be tried on the events that it missed. Repeating news does no harm.',
      params,
      answers: { 202: { description: 'It will be worked on again', schema: eventReplayed } },
      async handle({ params: { id }, caller, requestId }) {
        await replayEvent({ knex, queue }, id, { by: caller.name, requestId });
        return { status: 202, body: { id, outcome: 'waiting' } };
      },
    }),
  ];
}
