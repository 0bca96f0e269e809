import { recordAudit } from '../audit/record.ts';
import type { Db, Trx } from '../db/database.ts';
import type { UserRow } from '../db/tables.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Actor, Visit } from './actor.ts';
import type { Attempts } from './attempts.ts';
import { findLinkUser, useUpLink } from './link-store.ts';
import { hashPassword, isPassword } from './password.ts';
import { deleteSessionsOf, insertSession } from './session-store.ts';
import type { Session } from './session-store.ts';
import {
  findUserByName,
  findUserBySubject,
  insertUserNamedLike,
  lockUser,
  markSignedIn,
  updateUser,
} from './user-store.ts';

export interface SignInDeps {
  readonly db: Db;
  readonly attempts: Attempts;
  readonly log: Log;
}

type How = 'password' | 'link' | 'oidc';

const noted = (user: UserRow, how: How, requestId: string) =>
  ({
    ...{ by: user.name, requestId, action: 'sign-in' },
    ...{ objectType: 'user', objectId: user.id, after: { how } },
  }) as const;

/**
 * By name and password.
 * @throws AppError UNAUTHENTICATED (one for unknown names and wrong passwords), TOO_MANY_ATTEMPTS, FORBIDDEN for a disabled user
 */
export async function signInByPassword(
  { db, attempts, log }: SignInDeps,
  { name, password }: { name: string; password: string },
  { address, requestId }: Visit,
): Promise<Session> {
  const attempt = attempts.begin(name, address);
  const user = await findUserByName(db, name).catch((error: unknown) => {
    attempt.takeBack();
    throw error;
  });
  const isRight = await isPassword(password, user?.password_hash);
  if (user === undefined || !isRight) {
    // Not the name: people type passwords into the wrong field.
    log.warn({ address, requestId }, 'sign-in refused');
    throw new AppError('UNAUTHENTICATED', 'The name or the password is wrong.');
  }
  attempt.succeeded();
  return db.transaction(async (trx) => {
    const signedIn = await markSignedIn(trx, user.id, { passwordHash: user.password_hash });
    if (signedIn === undefined) throw refusedAccount();
    await recordAudit(trx, noted(signedIn, 'password', requestId));
    return insertSession(trx, signedIn);
  });
}

const refusedAccount = (): AppError =>
  new AppError('FORBIDDEN', 'This account may not sign in now. Ask an admin.');

const LINK_SPENT =
  'This link was used already, was replaced by a newer one, or is older than 24 hours. Ask an admin for a new one.';

/**
 * By a one-time link; of many who try it at once, one succeeds.
 * @param given.password a new password, which ends the user's other sessions
 * @throws AppError UNAUTHENTICATED when the link cannot be used (any more)
 */
export async function signInByLink(
  { db }: Pick<SignInDeps, 'db'>,
  { token, password }: { token: string; password?: string | undefined },
  { requestId }: Pick<Visit, 'requestId'>,
): Promise<Session> {
  const user = await findLinkUser(db, token);
  if (user === undefined) throw new AppError('UNAUTHENTICATED', LINK_SPENT);
  const password_hash = password === undefined ? undefined : await hashPassword(password);
  return db.transaction(async (trx) => {
    if (!(await useUpLink(trx, token))) throw new AppError('UNAUTHENTICATED', LINK_SPENT);
    const signedIn = await markSignedIn(trx, user.id);
    if (signedIn === undefined) throw refusedAccount();
    await recordAudit(trx, noted(signedIn, 'link', requestId));
    if (password_hash !== undefined) await putPassword(trx, signedIn, password_hash, { requestId });
    return insertSession(trx, signedIn);
  });
}

/**
 * By the company account. Who comes for the first time becomes a viewer; an admin may raise them.
 * @param who.subject the issuer's name for this person, never given to another
 * @param who.name as the issuer tells it
 * @throws AppError FORBIDDEN for a disabled user
 */
export async function signInBySubject(
  { db }: Pick<SignInDeps, 'db'>,
  who: { subject: string; name: string },
  { requestId }: Pick<Visit, 'requestId'>,
): Promise<Session> {
  return db.transaction(async (trx) => {
    const user = (await findUserBySubject(trx, who.subject)) ?? (await welcome(trx, who, requestId));
    const signedIn = await markSignedIn(trx, user.id);
    if (signedIn === undefined) throw refusedAccount();
    await recordAudit(trx, noted(signedIn, 'oidc', requestId));
    return insertSession(trx, signedIn);
  });
}

async function welcome(
  trx: Trx,
  { subject, name }: { subject: string; name: string },
  requestId: string,
): Promise<UserRow> {
  const made = await insertUserNamedLike(trx, { name, role: 'viewer', oidcSubject: subject });
  if (made === undefined) {
    const other = await findUserBySubject(trx, subject);
    if (other === undefined) throw new Error('A user was in the way, and is gone.');
    return other;
  }
  await recordAudit(trx, {
    ...{ by: made.name, requestId, action: 'create', objectType: 'user', objectId: made.id },
    after: { name: made.name, role: made.role, oidc: true },
  });
  return made;
}

/**
 * A signed-in user's new password; their other sessions end.
 * @throws AppError INVALID_INPUT when `current` is not the password, TOO_MANY_ATTEMPTS
 */
export async function changePassword(
  { db, attempts }: SignInDeps,
  session: Session,
  { current, password }: { current?: string | undefined; password: string },
  { address, requestId }: Visit,
): Promise<void> {
  const { user } = session;
  if (user.password_hash !== null) {
    if (current === undefined) throw wrongCurrent('must be given.');
    const attempt = attempts.begin(user.name, address);
    if (!(await isPassword(current, user.password_hash))) throw wrongCurrent('is not your password.');
    attempt.succeeded();
  }
  const password_hash = await hashPassword(password);
  await db.transaction(async (trx) => {
    const row = await lockUser(trx, user.id);
    if (row?.password_hash !== user.password_hash)
      throw new AppError('CONFLICT', 'The password was changed meanwhile. Sign in again.');
    await putPassword(trx, user, password_hash, { requestId }, session.secret);
  });
}

const wrongCurrent = (message: string): AppError =>
  new AppError('INVALID_INPUT', `current ${message}`, { errors: [{ path: 'current', message }] });

/** Stores a new password. Whoever knew the old one is out: their sessions end, but for `except`. */
async function putPassword(
  trx: Trx,
  user: UserRow,
  password_hash: string,
  { requestId }: Pick<Actor, 'requestId'>,
  except?: string,
): Promise<void> {
  await updateUser(trx, user.id, { password_hash });
  await deleteSessionsOf(trx, user.id, except);
  await recordAudit(trx, {
    ...{ by: user.name, requestId, action: 'password', objectType: 'user', objectId: user.id },
  });
}
