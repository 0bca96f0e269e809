import type { Db, Trx } from '../db/database.ts';
import type { Sealer } from './seal.ts';

/** A sealed text in the database. */
export interface Sealed {
  readonly sealed: string;
  /** What it is bound to, as `Sealer.open` wants it. */
  readonly about: string;
  /** Puts another in its place, unless it was changed meanwhile. */
  replace(db: Db | Trx, sealed: string): Promise<void>;
}

const PAGE = 200;
const NIL = '00000000-0000-0000-0000-000000000000';

/** What binds a channel's secrets to their place. */
export const aboutChannel = (channelId: string): string => `channel:${channelId}:secrets`;
/** What binds a cached access token to its place. */
export const aboutToken = (channelId: string, scriptHash: string): string =>
  `channel:${channelId}:token:${scriptHash}`;
/** What binds the text by which a start knows its SECRET_KEY. */
export const ABOUT_KEY_CHECK = 'installation:key-check';

/** All that is sealed but the key check, in pages, so that memory stays bounded. */
export async function* sealedPages(db: Db | Trx): AsyncGenerator<Sealed[]> {
  yield* channelSecrets(db);
  yield* accessTokens(db);
}

async function* channelSecrets(db: Db | Trx): AsyncGenerator<Sealed[]> {
  for (let after = NIL; ;) {
    const rows = await db('channels')
      .select('id', 'secrets')
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE);
    yield rows.map(({ id, secrets }) => ({
      sealed: secrets,
      about: aboutChannel(id),
      async replace(trx, sealed) {
        await trx('channels').where({ id, secrets }).update({ secrets: sealed });
      },
    }));
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) return;
    after = last.id;
  }
}

async function* accessTokens(db: Db | Trx): AsyncGenerator<Sealed[]> {
  for (let after = [NIL, '']; ;) {
    const rows = await db('channel_tokens')
      .select('channel_id', 'script_hash', 'access_token')
      .whereRaw('(channel_id, script_hash) > (?, ?)', after)
      .orderBy(['channel_id', 'script_hash'])
      .limit(PAGE);
    yield rows.flatMap(({ channel_id, script_hash, access_token }) =>
      access_token === null
        ? []
        : {
            sealed: access_token,
            about: aboutToken(channel_id, script_hash),
            async replace(trx: Db | Trx, sealed: string) {
              await trx('channel_tokens')
                .where({ channel_id, script_hash, access_token })
                .update({ access_token: sealed });
            },
          },
    );
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) return;
    after = [last.channel_id, last.script_hash];
  }
}

/** The text by which a start knows its key; made by the first start. */
export async function keyCheck(db: Db | Trx, sealer: Sealer): Promise<string> {
  await db('installation')
    .insert({ id: 1, key_check: sealer.seal('countersign', ABOUT_KEY_CHECK) })
    .onConflict('id')
    .ignore();
  const row = await db('installation').first('key_check');
  if (row === undefined) throw new Error('The row of the installation cannot be written.');
  return row.key_check;
}

/** Seals that text anew. */
export async function renewKeyCheck(db: Db | Trx, sealer: Sealer): Promise<void> {
  await db('installation').update({ key_check: sealer.seal('countersign', ABOUT_KEY_CHECK) });
}
