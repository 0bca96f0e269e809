import { createHmac, scrypt } from 'node:crypto';
import type { Hmac } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { createSealer, deriveKey } from '../secrets/seal.ts';
import type { Sealer } from '../secrets/seal.ts';

/**
 * An export is gzipped lines of JSON:
 *
 *     {"format":"countersign-export","version":1,"salt":"…","check":"v1.…","migrations":["0001-hub"],"demoChannelId":null}
 *     {"table":"users","columns":["id","name",…]}
 *     {"id":"…","name":"Li Lei",…}            a row as PostgreSQL's row_to_json writes it; a channel's secrets under the passphrase
 *     {"table":"api_tokens","columns":[…]}
 *     …
 *     {"end":true,"rows":1234,"mac":"…"}      HMAC-SHA256 over all bytes before this line, under the passphrase
 *
 * The rows' own texts never pass through JavaScript's numbers or dates, so nothing is rounded.
 */
export const FORMAT = 'countersign-export';
export const VERSION = 1;

export const header = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  salt: z.string(),
  check: z.string(),
  migrations: z.array(z.string()),
  demoChannelId: z.uuid().nullable(),
});
export type Header = z.infer<typeof header>;

export const tableStart = z.object({ table: z.string(), columns: z.array(z.string()) });
export const end = z.object({ end: z.literal(true), rows: z.number(), mac: z.string() });

/** An export that cannot be made or used; the message says why and what to do. */
export class TransferError extends Error {
  override readonly name = 'TransferError';
}

/** What binds the text by which a passphrase is known to be right. */
export const ABOUT_CHECK = 'export:check';

/** About 0.4 s and 128 MiB for each guess (RFC 7914). Changing it makes a new VERSION. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 };

/** What a passphrase gives: what seals the secrets, and what proves that the file is whole and nobody changed it. */
export interface Passkey {
  readonly sealer: Sealer;
  mac(): Hmac;
}

/** Derives the keys of one export. @param salt 16 random bytes, base64url, of the header */
export async function passkeyOf(passphrase: string, salt: string): Promise<Passkey> {
  const derive = promisify<string, Buffer, number, typeof COST, Buffer>(scrypt);
  const secret = (
    await derive(passphrase.normalize('NFC'), Buffer.from(salt, 'base64url'), 32, COST)
  ).toString('base64url');
  return {
    sealer: createSealer(secret),
    mac: () => createHmac('sha256', deriveKey(secret, 'export mac')),
  };
}
