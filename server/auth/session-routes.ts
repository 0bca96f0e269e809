import * as contract from '../contract/auth.ts';
import { AppError } from '../errors.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Answer, Caller, Endpoint } from '../http/endpoint.ts';
import { sessionOf } from './authenticate.ts';
import type { AuthenticateDeps } from './authenticate.ts';
import { csrfTokenOf } from './csrf.ts';
import { refuseForeign } from './foreign.ts';
import { LONGEST_SECONDS, deleteSession } from './session-store.ts';
import type { Session } from './session-store.ts';
import { changePassword, signInByLink, signInByPassword } from './sign-in.ts';
import type { SignInDeps } from './sign-in.ts';
import { endSessions } from './users.ts';

type Deps = AuthenticateDeps & SignInDeps;

/** /session, /sign-in, /sign-out */
export function sessionEndpoints(deps: Deps): Endpoint[] {
  const { db, cookies, publicUrl } = deps;

  const show = ({ user, secret, expiresAt }: Session): contract.Session => ({
    user: { id: user.id, name: user.name, kind: 'user' },
    role: user.role,
    csrfToken: csrfTokenOf(secret),
    expiresAt: expiresAt.toISOString(),
  });
  const begun = (session: Session): Answer => ({
    status: 200,
    body: show(session),
    headers: { 'set-cookie': cookies.set(cookies.session, session.secret, LONGEST_SECONDS) },
  });
  const answers = {
    200: { description: 'Signed in; the answer sets the cookie.', schema: contract.session },
  };

  return [
    endpoint({
      method: 'get',
      path: '/session',
      role: 'viewer',
      summary: 'Who is signed in',
      tag: 'session',
      answers: {
        200: { description: 'The caller, and what a page needs to make changes.', schema: contract.session },
      },
      async handle({ caller, headers }) {
        if (caller.kind !== 'user') return { status: 200, body: showToken(caller) };
        const session = await sessionOf(deps, headers);
        if (session === undefined) throw new AppError('UNAUTHENTICATED', 'The session has just ended.');
        return { status: 200, body: show(session) };
      },
    }),
    endpoint({
      method: 'post',
      path: '/sign-in',
      role: 'anyone',
      summary: 'Sign in by name and password',
      description: 'Ten wrong passwords in 15 minutes for a name or from an address are answered 429.',
      tag: 'session',
      body: contract.signIn,
      answers,
      example: { body: { name: 'admin', password: 'correct horse battery staple' } },
      async handle({ body, headers, ...visit }) {
        refuseForeign(headers, publicUrl);
        return begun(await signInByPassword(deps, body, visit));
      },
    }),
    endpoint({
      method: 'post',
      path: '/sign-in/link',
      role: 'anyone',
      summary: 'Sign in by a one-time link, and set a password if wished',
      tag: 'session',
      body: contract.signInByLink,
      answers,
      async handle({ body, headers, ...visit }) {
        refuseForeign(headers, publicUrl);
        return begun(await signInByLink(deps, body, visit));
      },
    }),
    endpoint({
      method: 'post',
      path: '/sign-out',
      role: 'viewer',
      summary: 'End the session',
      tag: 'session',
      answers: { 204: { description: 'Signed out.' } },
      async handle({ headers }) {
        const session = await sessionOf(deps, headers);
        if (session !== undefined) await deleteSession(db, session.secret);
        return { status: 204, headers: { 'set-cookie': cookies.set(cookies.session, '', 0) } };
      },
    }),
    endpoint({
      method: 'post',
      path: '/sign-out/everywhere',
      role: 'viewer',
      summary: "End all of one's own sessions, this one too",
      tag: 'session',
      answers: { 200: { description: 'Signed out in every browser.', schema: contract.sessionsEnded } },
      async handle({ caller, requestId }) {
        // A token has no sessions.
        if (caller.kind !== 'user') return { status: 200, body: { ended: 0 } };
        const body = await endSessions(db, caller.id, { by: caller.name, requestId });
        return { status: 200, body, headers: { 'set-cookie': cookies.set(cookies.session, '', 0) } };
      },
    }),
    endpoint({
      method: 'post',
      path: '/session/password',
      role: 'viewer',
      summary: "Set or change one's own password",
      description: "Ends the user's other sessions.",
      tag: 'session',
      body: contract.passwordChange,
      answers: { 204: { description: 'Changed.' } },
      async handle({ body, caller, headers, ...visit }) {
        const session = caller.kind === 'user' ? await sessionOf(deps, headers) : undefined;
        if (session === undefined)
          throw new AppError('FORBIDDEN', 'Only who is signed in as a user has a password to change.');
        await changePassword(deps, session, body, visit);
        return { status: 204 };
      },
    }),
  ];
}

const showToken = ({ id, name, role, kind }: Caller): contract.Session => ({
  user: { id, name, kind: kind === 'token' ? 'token' : 'setting' },
  role,
  csrfToken: null,
  expiresAt: null,
});
