import { z } from 'zod';
import { apiToken, createdApiToken, newApiToken } from '../contract/auth.ts';
import type { Db } from '../db/database.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { cursorId, listOf, pageOf, paging } from '../http/paging.ts';
import { actorOf } from './actor.ts';
import { listTokens, showToken } from './token-store.ts';
import { createToken, revokeToken } from './tokens.ts';
import type { TokenFinder } from './tokens.ts';

const tag = 'tokens';
const role = 'admin';

/** /tokens */
export function tokenEndpoints({ db, tokens }: { db: Db; tokens: TokenFinder }): Endpoint[] {
  return [
    endpoint({
      ...{ method: 'get', path: '/tokens', role, tag },
      summary: 'API tokens, newest first',
      query: z.object(paging),
      answers: { 200: { description: 'A page of tokens, without what they are.', schema: listOf(apiToken) } },
      async handle({ query }) {
        const rows = await listTokens(db, { limit: query.limit + 1, after: cursorId(query) });
        return { status: 200, body: pageOf(rows, query, showToken) };
      },
    }),
    endpoint({
      ...{ method: 'post', path: '/tokens', role, tag },
      summary: 'Make an API token',
      body: newApiToken,
      answers: { 201: { description: 'The token, shown this once.', schema: createdApiToken } },
      example: { body: { name: 'release-platform', role: 'submitter' } },
      async handle({ body, caller, requestId }) {
        const made = await createToken(db, { ...body, createdBy: caller.name }, requestId);
        return { status: 201, body: made };
      },
    }),
    endpoint({
      ...{ method: 'delete', path: '/tokens/:id', role, tag },
      summary: 'Revoke an API token',
      params: z.object({ id: z.string() }),
      answers: { 204: { description: 'Revoked; other server processes follow within a second.' } },
      async handle({ params: { id }, ...request }) {
        await revokeToken(db, id, actorOf(request));
        tokens.forget();
        return { status: 204 };
      },
    }),
  ];
}
