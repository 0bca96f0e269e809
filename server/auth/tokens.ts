import { recordAudit } from '../audit/record.ts';
import type { Role } from '../contract/role.ts';
import type { Db, Trx } from '../db/database.ts';
import { notFound } from '../errors.ts';
import { isId } from '../ids.ts';
import type { Actor } from './actor.ts';
import { newSecret } from './secrets.ts';
import { findToken, insertToken, markRevoked, showToken } from './token-store.ts';
import type { ApiTokenRow } from '../db/tables.ts';

/** So that people, and programs that look for leaked secrets, know what it is. */
const PREFIX = 'cs_';

/**
 * Makes an API token.
 * @returns the token itself, which is stored nowhere: this is the one time that it can be shown
 */
export async function createToken(
  db: Db | Trx,
  token: { name: string; role: Role; createdBy: string },
  requestId?: string,
): Promise<{ id: string; token: string }> {
  const secret = PREFIX + newSecret();
  const id = await db.transaction(async (trx) => {
    const made = await insertToken(trx, { ...token, secret });
    await recordAudit(trx, {
      ...{ by: token.createdBy, requestId },
      ...{ action: 'create', objectType: 'token', objectId: made },
      after: { name: token.name, role: token.role },
    });
    return made;
  });
  return { id, token: secret };
}

/**
 * Makes a token worthless.
 * @throws AppError NOT_FOUND when there is none, or it is revoked already
 */
export async function revokeToken(db: Db, id: string, { by, requestId }: Actor): Promise<void> {
  if (!isId(id)) throw notFound('token', id);
  await db.transaction(async (trx) => {
    const row = await markRevoked(trx, id);
    if (row === undefined) throw notFound('token', id);
    const { name, role } = showToken(row);
    const about = { action: 'delete', objectType: 'token', objectId: id };
    await recordAudit(trx, { by, requestId, ...about, before: { name, role } });
  });
}

/** Finds tokens by what callers send. */
export interface TokenFinder {
  find(secret: string): Promise<ApiTokenRow | undefined>;
  /** After a revocation in this process. */
  forget(): void;
}

/** So long one process may take a token that another has revoked. */
const REMEMBERED_MS = 1_000;

/**
 * A platform submits hundreds of tasks a second under one token; it is looked up once a second.
 * @param now milliseconds
 */
export function createTokenFinder(db: Db, now: () => number): TokenFinder {
  let found = new Map<string, { row: Promise<ApiTokenRow | undefined>; until: number }>();
  return {
    async find(secret) {
      if (!secret.startsWith(PREFIX)) return undefined;
      const kept = found.get(secret);
      if (kept !== undefined && kept.until > now()) return kept.row;
      const row = findToken(db, secret);
      found.set(secret, { row, until: now() + REMEMBERED_MS });
      // Only what is a token stays, so that guesses do not fill the memory.
      const drop = (): unknown => found.delete(secret);
      row.then((token) => token ?? drop(), drop);
      return row;
    },
    forget() {
      found = new Map();
    },
  };
}
