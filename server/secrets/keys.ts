import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Db } from '../db/database.ts';
import { codeOf } from '../errors.ts';
import { createSealer, UnsealError } from './seal.ts';
import type { Sealer } from './seal.ts';
import { ABOUT_KEY_CHECK, keyCheck, renewKeyCheck, sealedPages } from './sealed-store.ts';

/** The SECRET_KEY is not the one that the stored secrets were encrypted with; the message is the one clear line. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
}

const KEY_FILE = 'secret.key';

/**
 * The SECRET_KEY: of the settings, else the one kept in DATA_DIR, made at the first start (readable by its owner only).
 * Call it while this process holds DATA_DIR, so that no two make one.
 * @throws KeyError when the file's text is no key
 */
export function secretKeyOf({ secretKey, dataDir }: Pick<Config, 'secretKey' | 'dataDir'>): string {
  if (secretKey !== undefined) return secretKey;
  const path = join(dataDir, KEY_FILE);
  const kept = readKey(path);
  if (kept !== undefined) return kept;
  const made = randomBytes(32).toString('base64url');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(path, `${made}\n`, { mode: 0o600, flag: 'wx', flush: true });
  return made;
}

function readKey(path: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  if (text.length < 32)
    throw new KeyError(`${path} is damaged: put the key back from a backup, or set SECRET_KEY.`);
  return text;
}

/**
 * The sealer of the settings' keys, once it is proved that these open everything that is stored.
 * @throws KeyError when they do not: then nothing must run, for it would work with half of its secrets
 */
export async function openSealer(
  db: Db,
  config: Pick<Config, 'secretKey' | 'secretKeyPrevious' | 'dataDir'>,
): Promise<Sealer> {
  const sealer = createSealer(secretKeyOf(config), config.secretKeyPrevious);
  const given =
    config.secretKey === undefined ? `the key in ${join(config.dataDir, KEY_FILE)}` : 'SECRET_KEY';
  opens(sealer, await keyCheck(db, sealer), ABOUT_KEY_CHECK, given);
  for await (const page of sealedPages(db))
    for (const { sealed, about } of page) opens(sealer, sealed, about, given);
  return sealer;
}

function opens(sealer: Sealer, sealed: string, about: string, given: string): void {
  try {
    sealer.open(sealed, about);
  } catch (error) {
    if (!(error instanceof UnsealError)) throw error;
    throw new KeyError(
      `${given[0]?.toUpperCase() ?? ''}${given.slice(1)} is not the key that this database's secrets were encrypted with (${about}): ` +
        'start with that one, or give it as SECRET_KEY_PREVIOUS and run "countersign rotate-key".',
      { cause: error },
    );
  }
}

/**
 * Seals everything anew that is still sealed with SECRET_KEY_PREVIOUS. Safe to repeat, and while servers run that have both
 * keys. The key check comes last, so that an interrupted rotation still wants both.
 * @returns how many values were sealed anew
 */
export async function rotateKey(db: Db, sealer: Sealer): Promise<number> {
  let count = 0;
  for await (const page of sealedPages(db)) {
    const old = page.filter(({ sealed }) => !sealer.isCurrent(sealed));
    await db.transaction(async (trx) => {
      for (const each of old)
        await each.replace(trx, sealer.seal(sealer.open(each.sealed, each.about), each.about));
    });
    count += old.length;
  }
  await renewKeyCheck(db, sealer);
  return count;
}
