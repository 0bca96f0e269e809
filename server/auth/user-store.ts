import type { Role } from '../contract/role.ts';
import type { User, UserChange } from '../contract/auth.ts';
import type { Db, Trx } from '../db/database.ts';
import type { UserRow } from '../db/tables.ts';
import { AppError, codeOf } from '../errors.ts';
import { newId } from '../ids.ts';

/** A user as the API shows them. */
export const showUser = (row: UserRow): User => ({
  id: row.id,
  name: row.name,
  role: row.role,
  disabled: row.disabled_at !== null,
  hasPassword: row.password_hash !== null,
  oidc: row.oidc_subject !== null,
  createdAt: row.created_at.toISOString(),
  lastSignInAt: row.last_sign_in_at?.toISOString() ?? null,
});

/** Names are compared without regard to case. */
export async function findUserByName(db: Db | Trx, name: string): Promise<UserRow | undefined> {
  return db('users').whereRaw('lower(name) = lower(?)', [name]).first();
}

/** Newest first. @param page.after the id of the last one already seen */
export async function listUsers(
  db: Db,
  page: { limit: number; after: string | undefined },
): Promise<UserRow[]> {
  const query = db('users').orderBy('id', 'desc').limit(page.limit);
  if (page.after !== undefined) void query.where('id', '<', page.after);
  return query;
}

interface NewRow {
  readonly name: string;
  readonly role: Role;
  readonly passwordHash?: string | undefined;
  readonly oidcSubject?: string | undefined;
}

/** @returns undefined when the name, or the OIDC subject, is taken */
export async function insertUser(trx: Trx, user: NewRow): Promise<UserRow | undefined> {
  const [row] = await trx('users')
    .insert({
      id: newId(),
      name: user.name,
      role: user.role,
      password_hash: user.passwordHash ?? null,
      oidc_subject: user.oidcSubject ?? null,
    })
    .onConflict()
    .ignore()
    .returning('*');
  return row;
}

/**
 * Makes a user whose wished-for name may be taken: then `Li Lei 2`, `Li Lei 3` and so on.
 * @returns undefined when the OIDC subject has a user already
 */
export async function insertUserNamedLike(trx: Trx, user: NewRow): Promise<UserRow | undefined> {
  for (let number = 1; ; number++) {
    const name = number === 1 ? user.name : `${user.name} ${number}`;
    if ((await findUserByName(trx, name)) !== undefined) continue;
    const row = await insertUser(trx, { ...user, name });
    if (row !== undefined) return row;
    const { oidcSubject } = user;
    if (oidcSubject !== undefined && (await findUserBySubject(trx, oidcSubject)) !== undefined)
      return undefined;
  }
}

export async function findUserBySubject(db: Db | Trx, oidcSubject: string): Promise<UserRow | undefined> {
  return db('users').where({ oidc_subject: oidcSubject }).first();
}

type Change = UserChange & { readonly password_hash?: string };

const UNIQUE_VIOLATION = '23505';

/** @throws AppError CONFLICT when the new name is somebody else's */
export async function updateUser(trx: Trx, id: string, change: Change): Promise<UserRow> {
  const { disabled, name, role, password_hash } = change;
  const given = Object.entries({ name, role, password_hash }).filter(([, value]) => value !== undefined);
  // Disabled twice, somebody stays disabled since the first time.
  const disabled_at = disabled === true ? trx.raw<Date>('coalesce(disabled_at, now())') : null;
  try {
    const [row] = await trx('users')
      .where({ id })
      .update({ ...Object.fromEntries(given), ...(disabled !== undefined && { disabled_at }) })
      .returning('*');
    if (row === undefined) throw new Error(`The row of user ${id} was locked, and is gone.`);
    return row;
  } catch (error) {
    if (name !== undefined && codeOf(error) === UNIQUE_VIOLATION) throw nameTaken(name);
    throw error;
  }
}

export const nameTaken = (name: string): AppError =>
  new AppError('CONFLICT', `There is a user named "${name}" already.`, {
    errors: [{ path: 'name', message: 'is taken.' }],
  });

/**
 * Writes down that somebody signs in.
 * @param verified what the password was checked against: who changed it meanwhile meant that the old one should not do any more
 * @returns undefined when they may not (any more)
 */
export async function markSignedIn(
  trx: Trx,
  id: string,
  verified?: { passwordHash: string | null },
): Promise<UserRow | undefined> {
  const query = trx('users').where({ id, disabled_at: null });
  if (verified !== undefined) void query.where({ password_hash: verified.passwordHash });
  const [row] = await query.update({ last_sign_in_at: trx.fn.now() }).returning('*');
  return row;
}

/** The admins who may sign in, locked: whoever takes one away waits for others who do. */
export async function lockAdmins(trx: Trx): Promise<UserRow[]> {
  return trx('users').where({ role: 'admin', disabled_at: null }).orderBy('id').forUpdate();
}

/** One user's row, locked. Take after `lockAdmins`, never before. */
export async function lockUser(trx: Trx, id: string): Promise<UserRow | undefined> {
  return trx('users').where({ id }).forUpdate().first();
}

export async function deleteUser(trx: Trx, id: string): Promise<void> {
  await trx('users').where({ id }).delete();
}
