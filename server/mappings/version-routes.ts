import { z } from 'zod';
import {
  compared,
  comparison,
  mappingDetail,
  mappingParams,
  publication,
  published,
  restoration,
  version,
  versionDetail,
  versionParams,
} from '../contract/mapping.ts';
import { recordOf } from '../contract/record.ts';
import { STAGES } from '../contract/stage.ts';
import { invalid } from '../errors.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { listOf, paging } from '../http/paging.ts';
import { compareStates, stateOf } from './compare.ts';
import type { Pair } from './compare.ts';
import type { MappingDeps } from './create.ts';
import { publishMapping, restoreVersion } from './publish.ts';
import { mappingInFull } from './read.ts';
import { showVersion, sightOf } from './show.ts';
import type { Sight } from './show.ts';
import { getMapping } from './store.ts';
import { findVersion, listVersions, openTasksByVersion } from './version-store.ts';
import { whoOf } from './who.ts';

/** The endpoints of published versions. */
export function versionRoutes(deps: MappingDeps): Endpoint[] {
  const { knex, channels } = deps;
  const tag = 'mappings';
  return [
    endpoint({
      ...{ method: 'post', path: '/mappings/:id/publish', role: 'editor', tag },
      summary: 'Make an immutable version of the draft; new tasks get it',
      description:
        'Only a syntax error refuses it (422, per stage in `errors`, with places in `stages`). Publishing an unchanged draft makes a new version too. Tasks in flight stay on the version that opened them.',
      params: mappingParams,
      body: publication,
      bodyOptional: true,
      answers: { 201: { description: 'The new version.', schema: published } },
      async handle(request) {
        const { note } = (request.body as typeof request.body | undefined) ?? {};
        const number = await publishMapping(deps, request.params.id, note ?? '', whoOf(request));
        return { status: 201, body: { version: number } };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/mappings/:id/versions', role: 'viewer', tag },
      summary: "List a mapping's versions",
      params: mappingParams,
      query: z.object(paging),
      answers: { 200: { description: 'A page of versions.', schema: listOf(version) } },
      async handle({ params, query }) {
        const { published_version } = await getMapping(knex, params.id);
        const open = await openTasksByVersion(knex, params.id);
        const rows = await listVersions(knex, params.id, {
          limit: query.limit,
          below: versionCursor(query.cursor),
        });
        const items = rows.slice(0, query.limit).map((row) =>
          showVersion(row, {
            openTasks: open.get(row.version) ?? 0,
            current: row.version === published_version,
          }),
        );
        const last = rows.length > query.limit ? items.at(-1) : undefined;
        return { status: 200, body: { items, nextCursor: last === undefined ? null : String(last.version) } };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/mappings/:id/versions/:version', role: 'viewer', tag },
      summary: 'Read a version with its scripts',
      params: versionParams,
      answers: { 200: { description: 'The version.', schema: versionDetail } },
      async handle({ params, caller }) {
        const row = await findVersion(knex, params.id, params.version);
        const { published_version } = await getMapping(knex, params.id);
        const open = await openTasksByVersion(knex, params.id);
        const sight = sightOf(caller.role, await channels.get(knex, row.channel_id));
        const facts = { openTasks: open.get(row.version) ?? 0, current: row.version === published_version };
        return {
          status: 200,
          body: {
            ...showVersion(row, facts),
            sources: recordOf(STAGES, (stage) => sight(row.sources[stage])),
          },
        };
      },
    }),
    endpoint({
      ...{ method: 'post', path: '/mappings/:id/versions/:version/restore', role: 'editor', tag },
      summary: "Put a version's scripts into the draft",
      description:
        'Definition and limits stay as they are, and nothing is published. With `etags` (by stage, as last read) the answer is 412 when a draft was saved since.',
      params: versionParams,
      body: restoration,
      bodyOptional: true,
      answers: { 200: { description: 'The mapping with its new draft.', schema: mappingDetail } },
      async handle(request) {
        const { id: mappingId, version: number } = request.params;
        const { etags: expected = {} } = (request.body as typeof request.body | undefined) ?? {};
        await restoreVersion(deps, { mappingId, version: number, expected }, whoOf(request));
        return { status: 200, body: await mappingInFull(deps, mappingId, request.caller.role) };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/mappings/:id/compare', role: 'viewer', tag },
      summary: 'Read two states of a mapping side by side',
      description: '`from` and `to` are `draft` or the number of a version.',
      params: mappingParams,
      query: comparison,
      answers: { 200: { description: 'The pairs of texts.', schema: compared } },
      async handle({ params, query, caller }) {
        const { channel_id } = await getMapping(knex, params.id);
        const sight = sightOf(caller.role, await channels.get(knex, channel_id));
        const { from, to } = query;
        const { stages, ...rest } = compareStates(
          await stateOf(knex, params.id, from),
          await stateOf(knex, params.id, to),
        );
        const body = {
          from,
          to,
          ...rest,
          stages: recordOf(STAGES, (stage) => seenPair(stages[stage], sight)),
        };
        return { status: 200, body };
      },
    }),
  ];
}

/** Whether two texts differ is told before anything in them is hidden. */
const seenPair = ({ from, to, changed }: Pair<string>, sight: Sight): Pair<string> => ({
  ...{ from: sight(from), to: sight(to), changed },
});

/** @throws AppError INVALID_INPUT for a cursor that no list gave out */
function versionCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(cursor)) throw invalid('cursor', 'must be the nextCursor of an earlier page.');
  return Number(cursor);
}
