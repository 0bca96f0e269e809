import type { Db, Trx } from '../db/database.ts';
import type { UserRow } from '../db/tables.ts';
import { hashOf, newSecret } from './secrets.ts';

/** How long a sign-in link can be used. */
const VALID = '24 hours';

export interface Link {
  readonly token: string;
  readonly expiresAt: Date;
}

/** A new one-time link for a user. */
export async function insertLink(trx: Trx, userId: string): Promise<Link> {
  const token = newSecret();
  const [row] = await trx('sign_in_links')
    .insert({
      token_hash: hashOf(token),
      user_id: userId,
      expires_at: trx.raw(`now() + interval '${VALID}'`),
    })
    .returning('expires_at');
  if (row === undefined) throw new Error('The insert returned nothing.');
  return { token, expiresAt: row.expires_at };
}

/** Whose link this is; undefined when it cannot be used (any more). Does not use it up. */
export async function findLinkUser(db: Db | Trx, token: string): Promise<UserRow | undefined> {
  return db('sign_in_links')
    .join('users', 'users.id', 'sign_in_links.user_id')
    .where({ token_hash: hashOf(token), used_at: null, disabled_at: null })
    .where('expires_at', '>', db.fn.now())
    .first<UserRow | undefined>('users.*');
}

/** Uses a link up. @returns whether it was this call that did */
export async function useUpLink(trx: Trx, token: string): Promise<boolean> {
  const used = await trx('sign_in_links')
    .where({ token_hash: hashOf(token), used_at: null })
    .where('expires_at', '>', trx.fn.now())
    .update({ used_at: trx.fn.now() });
  return used === 1;
}

/** Takes back a user's links that nobody has used. */
export async function deleteLinksOf(trx: Trx, userId: string): Promise<void> {
  await trx('sign_in_links').where({ user_id: userId, used_at: null }).delete();
}
