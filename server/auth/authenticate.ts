import { AppError } from '../errors.ts';
import type { Credentials, RequestHeaders } from '../http/api.ts';
import type { Caller } from '../http/endpoint.ts';
import type { Db } from '../db/database.ts';
import { readCookie } from './cookies.ts';
import type { Cookies } from './cookies.ts';
import { requireCsrfToken } from './csrf.ts';
import { isSame } from './secrets.ts';
import { findSession } from './session-store.ts';
import type { Session } from './session-store.ts';
import type { TokenFinder } from './tokens.ts';

export interface AuthenticateDeps {
  readonly db: Db;
  readonly tokens: TokenFinder;
  readonly cookies: Cookies;
  readonly adminToken: string | undefined;
  readonly publicUrl: string;
}

/**
 * Finds out who calls: by `Authorization: Bearer`, or else by the session's cookie, which for a change needs the CSRF token too.
 * @returns undefined when nothing was given, or the session has ended
 * @throws AppError UNAUTHENTICATED for a wrong token, CSRF_REFUSED
 */
export async function authenticate(
  deps: AuthenticateDeps,
  credentials: Credentials,
): Promise<Caller | undefined> {
  const { authorization } = credentials.headers;
  if (authorization !== undefined) return callerByToken(deps, authorization);
  const session = await sessionOf(deps, credentials.headers);
  if (session === undefined) return undefined;
  requireCsrfToken(credentials, { publicUrl: deps.publicUrl, sessionSecret: session.secret });
  const { id, name, role } = session.user;
  return { kind: 'user', id, name, role };
}

/** The running session of a request's cookie. */
export async function sessionOf(
  { db, cookies }: Pick<AuthenticateDeps, 'db' | 'cookies'>,
  headers: RequestHeaders,
): Promise<Session | undefined> {
  const secret = readCookie(headers['cookie'], cookies.session);
  return secret === undefined ? undefined : findSession(db, secret);
}

async function callerByToken(
  { tokens, adminToken }: AuthenticateDeps,
  authorization: string,
): Promise<Caller> {
  const [, given] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  if (given !== undefined) {
    if (adminToken !== undefined && isSame(given, adminToken))
      return { kind: 'setting', id: 'ADMIN_TOKEN', name: 'ADMIN_TOKEN', role: 'admin' };
    const token = await tokens.find(given);
    if (token !== undefined)
      return { kind: 'token', id: token.id, name: `token ${token.name}`, role: token.role };
  }
  throw new AppError(
    'UNAUTHENTICATED',
    'The token is not known, or was revoked. Send Authorization: Bearer <token> with one that is.',
  );
}
