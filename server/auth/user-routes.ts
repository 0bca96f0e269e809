import { z } from 'zod';
import { newUser, sessionsEnded, signInLink, user, userChange } from '../contract/auth.ts';
import type { Db } from '../db/database.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { cursorId, listOf, pageOf, paging } from '../http/paging.ts';
import { actorOf } from './actor.ts';
import { listUsers, showUser } from './user-store.ts';
import { changeUser, createSignInLink, createUser, endSessions, removeUser } from './users.ts';

const tag = 'users';
const role = 'admin';
const params = z.object({ id: z.string() });

/** /users */
export function userEndpoints({ db, publicUrl }: { db: Db; publicUrl: string }): Endpoint[] {
  return [
    endpoint({
      ...{ method: 'get', path: '/users', role, tag },
      summary: 'People who may sign in, newest first',
      query: z.object(paging),
      answers: { 200: { description: 'A page of users.', schema: listOf(user) } },
      async handle({ query }) {
        const rows = await listUsers(db, { limit: query.limit + 1, after: cursorId(query) });
        return { status: 200, body: pageOf(rows, query, showUser) };
      },
    }),
    endpoint({
      ...{ method: 'post', path: '/users', role, tag },
      summary: 'Add a user',
      description: 'Without a password, hand them a sign-in link.',
      body: newUser,
      answers: { 201: { description: 'The user.', schema: user } },
      example: { body: { name: 'Li Lei', role: 'editor' } },
      async handle({ body, ...request }) {
        return { status: 201, body: await createUser(db, body, actorOf(request)) };
      },
    }),
    endpoint({
      ...{ method: 'patch', path: '/users/:id', role, tag },
      summary: 'Rename a user, give another role, disable or enable',
      description: "A disabled user's sessions and links end at once. The last admin stays one (409).",
      params,
      body: userChange,
      answers: { 200: { description: 'The user.', schema: user } },
      example: { body: { role: 'admin' } },
      async handle({ params: { id }, body, ...request }) {
        return { status: 200, body: await changeUser(db, id, body, actorOf(request)) };
      },
    }),
    endpoint({
      ...{ method: 'delete', path: '/users/:id', role, tag },
      summary: 'Remove a user',
      description: 'The audit record keeps the name. The last admin cannot be removed (409).',
      params,
      answers: { 204: { description: 'Removed.' } },
      async handle({ params: { id }, ...request }) {
        await removeUser(db, id, actorOf(request));
        return { status: 204 };
      },
    }),
    endpoint({
      ...{ method: 'post', path: '/users/:id/sign-out', role, tag },
      summary: 'Sign a user out everywhere',
      description: 'They may sign in again at once; disable a user who may not. API tokens go on.',
      params,
      answers: { 200: { description: 'All of their sessions have ended.', schema: sessionsEnded } },
      async handle({ params: { id }, ...request }) {
        return { status: 200, body: await endSessions(db, id, actorOf(request)) };
      },
    }),
    endpoint({
      ...{ method: 'post', path: '/users/:id/sign-in-link', role, tag },
      summary: 'Make a link by which a user may sign in once, within 24 hours',
      description: 'Earlier links of the user lose their worth.',
      params,
      answers: { 201: { description: 'The link, shown this once.', schema: signInLink } },
      async handle({ params: { id }, ...request }) {
        return { status: 201, body: await createSignInLink(db, id, publicUrl, actorOf(request)) };
      },
    }),
  ];
}
