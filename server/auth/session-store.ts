import type { Db, Trx } from '../db/database.ts';
import type { UserRow } from '../db/tables.ts';
import { hashOf, newSecret } from './secrets.ts';

/** A session ends when it was not used for so long … */
const IDLE = '12 hours';
/** … and in any case this long after it began. */
const LONGEST = '7 days';
export const LONGEST_SECONDS = 7 * 24 * 3600;

export interface Session {
  /** What the cookie holds; the database has its hash. */
  readonly secret: string;
  readonly user: UserRow;
  readonly expiresAt: Date;
}

/** Begins a session. */
export async function insertSession(trx: Trx, user: UserRow): Promise<Session> {
  const secret = newSecret();
  const [row] = await trx('sessions')
    .insert({
      id_hash: hashOf(secret),
      user_id: user.id,
      expires_at: trx.raw(`now() + interval '${IDLE}'`),
    })
    .returning('expires_at');
  if (row === undefined) throw new Error('The insert returned nothing.');
  return { secret, user, expiresAt: row.expires_at };
}

/**
 * The running session of a cookie, with its user as they are now; using it puts off its end (written once a minute).
 * @returns undefined when it has ended or its user is disabled
 */
export async function findSession(db: Db, secret: string): Promise<Session | undefined> {
  const id_hash = hashOf(secret);
  const found = (await db('sessions')
    .join('users', 'users.id', 'sessions.user_id')
    .where('sessions.id_hash', id_hash)
    .whereNull('users.disabled_at')
    .where('sessions.expires_at', '>', db.fn.now())
    .select('users.*', 'sessions.expires_at')
    .select(db.raw("sessions.last_used_at < now() - interval '1 minute' as is_stale"))
    .first()) as (UserRow & { expires_at: Date; is_stale: boolean }) | undefined;
  if (found === undefined) return undefined;
  const { expires_at, is_stale, ...user } = found;
  if (!is_stale) return { secret, user, expiresAt: expires_at };
  const [used] = await db('sessions')
    .where({ id_hash })
    .update({
      last_used_at: db.fn.now(),
      expires_at: db.raw(`least(now() + interval '${IDLE}', created_at + interval '${LONGEST}')`),
    })
    .returning('expires_at');
  return { secret, user, expiresAt: used?.expires_at ?? expires_at };
}

export async function deleteSession(db: Db | Trx, secret: string): Promise<void> {
  await db('sessions')
    .where({ id_hash: hashOf(secret) })
    .delete();
}

/**
 * Ends a user's sessions.
 * @param except the secret of the one that goes on
 * @returns how many have ended that were still running
 */
export async function deleteSessionsOf(trx: Trx, userId: string, except?: string): Promise<number> {
  const query = trx('sessions').where({ user_id: userId });
  if (except !== undefined) void query.whereNot({ id_hash: hashOf(except) });
  const gone = await query.delete().returning(trx.raw<boolean>('expires_at > now() as ran'));
  return (gone as unknown as { ran: boolean }[]).filter(({ ran }) => ran).length;
}
