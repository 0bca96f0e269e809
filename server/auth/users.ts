import { recordAudit } from '../audit/record.ts';
import type { NewUser, SessionsEnded, SignInLink, User, UserChange } from '../contract/auth.ts';
import type { Db, Trx } from '../db/database.ts';
import type { UserRow } from '../db/tables.ts';
import { AppError, notFound } from '../errors.ts';
import { isId } from '../ids.ts';
import type { Actor } from './actor.ts';
import { deleteLinksOf, insertLink } from './link-store.ts';
import type { Link } from './link-store.ts';
import { hashPassword } from './password.ts';
import { deleteSessionsOf } from './session-store.ts';
import {
  deleteUser,
  insertUser,
  lockAdmins,
  lockUser,
  nameTaken,
  showUser,
  updateUser,
} from './user-store.ts';

const about = (action: string, id: string, { by, requestId }: Actor) =>
  ({ by, requestId, action, objectType: 'user', objectId: id }) as const;

/** @throws AppError CONFLICT when the name is taken */
export async function createUser(db: Db, { password, ...user }: NewUser, actor: Actor): Promise<User> {
  const passwordHash = password === undefined ? undefined : await hashPassword(password);
  return db.transaction(async (trx) => {
    const row = await insertUser(trx, { ...user, passwordHash });
    if (row === undefined) throw nameTaken(user.name);
    await recordAudit(trx, { ...about('create', row.id, actor), after: user });
    return showUser(row);
  });
}

/**
 * Renames, disables or enables a user, or gives another role. Who is disabled loses sessions and links at once.
 * @throws AppError NOT_FOUND; CONFLICT when the name is taken, or no admin would be left
 */
export async function changeUser(db: Db, id: string, change: UserChange, actor: Actor): Promise<User> {
  if (!isId(id)) throw notFound('user', id);
  return db.transaction(async (trx) => {
    const staysAdmin = (change.role ?? 'admin') === 'admin' && change.disabled !== true;
    const before = await lockWithAdmins(trx, id, { staysAdmin });
    const after = await updateUser(trx, id, change);
    if (change.disabled === true) {
      await deleteSessionsOf(trx, id);
      await deleteLinksOf(trx, id);
    }
    await recordAudit(trx, {
      ...about('update', id, actor),
      before: facts(before, change),
      after: facts(after, change),
    });
    return showUser(after);
  });
}

/**
 * Signs a user out everywhere: all of their sessions end at once.
 * @throws AppError NOT_FOUND
 */
export async function endSessions(db: Db, id: string, actor: Actor): Promise<SessionsEnded> {
  if (!isId(id)) throw notFound('user', id);
  return db.transaction(async (trx) => {
    // A sign-in that is under way holds the row: its session is there then, and ends with the others.
    if ((await lockUser(trx, id)) === undefined) throw notFound('user', id);
    const ended = await deleteSessionsOf(trx, id);
    await recordAudit(trx, { ...about('sign-out', id, actor), after: { sessions: ended } });
    return { ended };
  });
}

/** @throws AppError NOT_FOUND; CONFLICT when no admin would be left */
export async function removeUser(db: Db, id: string, actor: Actor): Promise<void> {
  if (!isId(id)) throw notFound('user', id);
  await db.transaction(async (trx) => {
    const before = await lockWithAdmins(trx, id, { staysAdmin: false });
    await deleteUser(trx, id);
    const { name, role } = before;
    await recordAudit(trx, { ...about('delete', id, actor), before: { name, role } });
  });
}

/** @throws AppError NOT_FOUND; CONFLICT when this is the last admin and would not stay one */
async function lockWithAdmins(
  trx: Trx,
  id: string,
  { staysAdmin }: { staysAdmin: boolean },
): Promise<UserRow> {
  const admins = await lockAdmins(trx);
  const user = await lockUser(trx, id);
  if (user === undefined) throw notFound('user', id);
  if (!staysAdmin && admins.length === 1 && admins[0]?.id === id)
    throw new AppError('CONFLICT', `${user.name} is the last admin. Make somebody else admin first.`);
  return user;
}

/** What of a user a change speaks of. */
function facts(row: UserRow, change: UserChange): Partial<User> {
  const shown = showUser(row);
  return Object.fromEntries(Object.keys(change).map((key) => [key, shown[key as keyof User]]));
}

/**
 * A link by which a user may sign in once; earlier ones lose their worth.
 * @throws AppError NOT_FOUND; CONFLICT for a disabled user
 */
export async function createSignInLink(
  db: Db,
  id: string,
  publicUrl: string,
  actor: Actor,
): Promise<SignInLink> {
  if (!isId(id)) throw notFound('user', id);
  const link = await db.transaction(async (trx) => {
    const user = await lockUser(trx, id);
    if (user === undefined) throw notFound('user', id);
    if (user.disabled_at !== null)
      throw new AppError('CONFLICT', `${user.name} is disabled. Enable the user first.`);
    await deleteLinksOf(trx, id);
    await recordAudit(trx, about('sign-in-link', id, actor));
    return insertLink(trx, id);
  });
  return showLink(link, publicUrl);
}

export const showLink = ({ token, expiresAt }: Link, publicUrl: string): SignInLink => ({
  url: `${publicUrl}/sign-in/link/${token}`,
  token,
  expiresAt: expiresAt.toISOString(),
});
