import type { ApiToken } from '../contract/auth.ts';
import type { Role } from '../contract/role.ts';
import type { Db, Trx } from '../db/database.ts';
import type { ApiTokenRow } from '../db/tables.ts';
import { newId } from '../ids.ts';
import { hashOf } from './secrets.ts';

/** A token as the API shows it. */
export const showToken = (row: ApiTokenRow): ApiToken => ({
  id: row.id,
  name: row.name,
  role: row.role,
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});

export async function insertToken(
  trx: Trx,
  token: { name: string; role: Role; createdBy: string; secret: string },
): Promise<string> {
  const id = newId();
  const { name, role } = token;
  await trx('api_tokens').insert({
    ...{ id, name, role },
    token_hash: hashOf(token.secret),
    created_by: token.createdBy,
  });
  return id;
}

/** The token that is not revoked; its last use is written once a minute. */
export async function findToken(db: Db, secret: string): Promise<ApiTokenRow | undefined> {
  const stale = "last_used_at is null or last_used_at < now() - interval '1 minute'";
  const found = await db('api_tokens')
    .where({ token_hash: hashOf(secret), revoked_at: null })
    .first<(ApiTokenRow & { is_stale: boolean }) | undefined>('*', db.raw(`(${stale}) as is_stale`));
  if (found?.is_stale === true)
    await db('api_tokens')
      .where({ id: found.id })
      .whereRaw(`(${stale})`)
      .update({ last_used_at: db.fn.now() });
  return found;
}

/** Newest first, without the revoked ones. @param page.after the id of the last one already seen */
export async function listTokens(
  db: Db,
  page: { limit: number; after: string | undefined },
): Promise<ApiTokenRow[]> {
  const query = db('api_tokens').where({ revoked_at: null }).orderBy('id', 'desc').limit(page.limit);
  if (page.after !== undefined) void query.where('id', '<', page.after);
  return query;
}

/** @returns what it was; undefined when there is none, or none any more */
export async function markRevoked(trx: Trx, id: string): Promise<ApiTokenRow | undefined> {
  const [row] = await trx('api_tokens')
    .where({ id, revoked_at: null })
    .update({ revoked_at: trx.fn.now() })
    .returning('*');
  return row;
}
