import type { Db, Trx } from '../db/database.ts';
import type { ChannelTokenRow } from '../db/tables.ts';

/** Which token: the channel's, as fetched by one token script. */
export interface TokenKey {
  readonly channelId: string;
  readonly scriptHash: string;
}

const where = ({ channelId, scriptHash }: TokenKey): Pick<ChannelTokenRow, 'channel_id' | 'script_hash'> => ({
  channel_id: channelId,
  script_hash: scriptHash,
});

/** The sealed token that may still be used, by the database's clock; undefined when there is none. */
export async function findToken(db: Db | Trx, key: TokenKey): Promise<string | undefined> {
  const row = await db('channel_tokens')
    .where(where(key))
    .where('expires_at', '>', db.fn.now())
    .whereNotNull('access_token')
    .first('access_token');
  return row?.access_token ?? undefined;
}

/**
 * Takes the lease on fetching a token, unless somebody holds it or a token is there.
 * @param by a UUID of the fetch; all later writes are fenced by it
 * @returns whether it was taken. Throws the database's error 23503 when the channel is gone.
 */
export async function takeLease(db: Db, key: TokenKey, by: string, leaseMs: number): Promise<boolean> {
  const { rows } = await db.raw<{ rows: unknown[] }>(
    `insert into channel_tokens (channel_id, script_hash, lease_by, lease_until)
     values (?, ?, ?, now() + ? * interval '1 millisecond')
     on conflict (channel_id, script_hash)
     do update set lease_by = excluded.lease_by, lease_until = excluded.lease_until
     where (channel_tokens.lease_until is null or channel_tokens.lease_until <= now())
       and (channel_tokens.access_token is null or channel_tokens.expires_at <= now())
     returning 1`,
    [key.channelId, key.scriptHash, by, leaseMs],
  );
  return rows.length > 0;
}

/** Keeps the lease while the fetch goes on. */
export async function renewLease(db: Db, key: TokenKey, by: string, leaseMs: number): Promise<void> {
  await db('channel_tokens')
    .where({ ...where(key), lease_by: by })
    .update({ lease_until: db.raw("now() + ? * interval '1 millisecond'", [leaseMs]) });
}

/** Stores what was fetched and gives the lease back. Writes nothing when the lease is somebody else's by now. */
export async function storeToken(
  db: Db,
  key: TokenKey,
  by: string,
  token: { readonly sealed: string; readonly usableMs: number },
): Promise<void> {
  await db('channel_tokens')
    .where({ ...where(key), lease_by: by })
    .update({
      access_token: token.sealed,
      expires_at: db.raw("now() + ? * interval '1 millisecond'", [token.usableMs]),
      lease_by: null,
      lease_until: null,
    });
}

/** Gives the lease back after a fetch that failed. */
export async function giveLeaseBack(db: Db, key: TokenKey, by: string): Promise<void> {
  await db('channel_tokens')
    .where({ ...where(key), lease_by: by })
    .update({ lease_by: null, lease_until: null });
}

/** Forgets a token, if it is still the one that is stored. */
export async function dropToken(db: Db | Trx, key: TokenKey, sealed: string): Promise<void> {
  await db('channel_tokens')
    .where({ ...where(key), access_token: sealed })
    .update({ access_token: null, expires_at: null });
}

/** Forgets all tokens of a channel, those under way included. */
export async function forgetTokens(db: Db | Trx, channelId: string): Promise<void> {
  await db('channel_tokens').where({ channel_id: channelId }).delete();
}

/** Until when the newest token of each channel is used, by channel id; channels without one are left out. */
export async function tokensUntil(db: Db | Trx, channelIds: readonly string[]): Promise<Map<string, Date>> {
  const rows = await db('channel_tokens')
    .whereIn('channel_id', channelIds)
    .whereNotNull('access_token')
    .where('expires_at', '>', db.fn.now())
    .groupBy('channel_id')
    .select<{ channel_id: string; until: Date }[]>('channel_id', db.raw('max(expires_at) as until'));
  return new Map(rows.map(({ channel_id: id, until }) => [id, until]));
}
