import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Db, Trx } from '../db/database.ts';
import { aboutChannel } from '../secrets/sealed-store.ts';
import type { Sealer } from '../secrets/seal.ts';
import { columnsOf, demoChannelOf, migrationsOf, readRows } from './export-store.ts';
import { ABOUT_CHECK, FORMAT, passkeyOf, VERSION } from './format.ts';
import type { Header, Passkey } from './format.ts';
import { TRANSFERRED } from './tables.ts';

/**
 * Writes everything of a hub, as it is at one moment, into `out` and ends it. Memory stays bounded whatever the size. The
 * transaction stands until `out` has taken all: give it something local that does not wait for anybody.
 * @param sealer opens the stored secrets
 * @param passphrase what the file's secrets are encrypted under
 * @returns the number of rows
 */
export async function exportHub(db: Db, sealer: Sealer, passphrase: string, out: Writable): Promise<number> {
  const salt = randomBytes(16).toString('base64url');
  const passkey = await passkeyOf(passphrase, salt);
  return db.transaction(
    async (trx) => {
      const head: Header = {
        format: FORMAT,
        version: VERSION,
        salt,
        check: passkey.sealer.seal('countersign', ABOUT_CHECK),
        migrations: await migrationsOf(trx),
        demoChannelId: await demoChannelOf(trx),
      };
      const counted = { rows: 0 };
      const lines = sign(passkey, counted, linesOf(trx, head, sealer, passkey, counted));
      await pipeline(Readable.from(lines, { objectMode: false }), createGzip(), out);
      return counted.rows;
    },
    { isolationLevel: 'repeatable read', readOnly: true },
  );
}

async function* linesOf(
  trx: Trx,
  head: Header,
  sealer: Sealer,
  passkey: Passkey,
  counted: { rows: number },
): AsyncGenerator<string> {
  yield `${JSON.stringify(head)}\n`;
  for (const table of TRANSFERRED) {
    yield `${JSON.stringify({ table, columns: await columnsOf(trx, table) })}\n`;
    for await (const rows of readRows(trx, table)) {
      counted.rows += rows.length;
      const shown = table === 'channels' ? rows.map((row) => reseal(row, sealer, passkey)) : rows;
      yield shown.map((row) => `${row}\n`).join('');
    }
  }
}

/** A channel's row with its secrets under the passphrase. */
function reseal(row: string, sealer: Sealer, passkey: Passkey): string {
  const channel = JSON.parse(row) as { id: string; secrets: string };
  const about = aboutChannel(channel.id);
  return JSON.stringify({
    ...channel,
    secrets: passkey.sealer.seal(sealer.open(channel.secrets, about), about),
  });
}

/** Passes text on as bytes and ends it with the line that proves it whole. */
async function* sign(
  passkey: Passkey,
  counted: { readonly rows: number },
  texts: AsyncIterable<string>,
): AsyncGenerator<Buffer> {
  const mac = passkey.mac();
  for await (const text of texts) {
    const bytes = Buffer.from(text);
    mac.update(bytes);
    yield bytes;
  }
  yield Buffer.from(`${JSON.stringify({ end: true, rows: counted.rows, mac: mac.digest('base64url') })}\n`);
}
