import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KeyError, openSealer, rotateKey, secretKeyOf } from '../../server/secrets/keys.ts';
import { aboutChannel } from '../../server/secrets/sealed-store.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { insertPlace } from './rows.ts';
import { useFolder } from './support.ts';

const newFolder = useFolder();
const [A, B] = ['a'.repeat(32), 'b'.repeat(32)];
const keys = (
  secretKey: string | undefined,
  secretKeyPrevious?: string,
): { secretKey: string | undefined; secretKeyPrevious: string | undefined; dataDir: string } => ({
  secretKey,
  secretKeyPrevious,
  dataDir: 'data',
});

describe('the key of the embedded database', () => {
  it('is made once, readable by its owner only, and kept', () => {
    const dataDir = join(newFolder(), 'new');
    const key = secretKeyOf({ secretKey: undefined, dataDir });
    expect(key.length).toBeGreaterThanOrEqual(43);
    expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(secretKeyOf({ secretKey: undefined, dataDir })).toBe(key);
    expect(readFileSync(join(dataDir, 'secret.key'), 'utf8')).toBe(`${key}\n`);
    expect(secretKeyOf({ secretKey: A, dataDir })).toBe(A);
  });

  it('is never made anew over a damaged one', () => {
    const dataDir = newFolder();
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, 'secret.key'), 'short');
    expect(() => secretKeyOf({ secretKey: undefined, dataDir })).toThrow(KeyError);
  });
});

describe.each(DATABASES)('the SECRET_KEY on %s', (kind) => {
  const database = useDatabase(kind);

  it('must be the one of the first start, whether secrets are stored yet or not', async () => {
    const { knex } = database();
    const sealer = await openSealer(knex, keys(A));
    await expect(openSealer(knex, keys(B))).rejects.toThrow(KeyError);
    await insertPlace(knex, sealer);
    await openSealer(knex, keys(A));
    await expect(openSealer(knex, keys(B))).rejects.toThrow(/^SECRET_KEY is not the key/);
  });

  it('is changed by a rotation that may be interrupted and repeated, while both keys work', async () => {
    const { knex } = database();
    const { channelId } = await insertPlace(knex, await openSealer(knex, keys(A)));
    const both = await openSealer(knex, keys(B, A));
    // Interrupted after one channel: neither key alone is enough now, and both together are.
    const { secrets } = await knex('channels')
      .where({ id: channelId })
      .first('secrets')
      .then((row) => row ?? expect.unreachable());
    const about = aboutChannel(channelId);
    await knex('channels')
      .where({ id: channelId })
      .update({ secrets: both.seal(both.open(secrets, about), about) });
    await expect(openSealer(knex, keys(A))).rejects.toThrow(KeyError);
    await expect(openSealer(knex, keys(B))).rejects.toThrow(KeyError);

    expect(await rotateKey(knex, both)).toBeGreaterThan(0);
    expect(await rotateKey(knex, both)).toBe(0);
    const alone = await openSealer(knex, keys(B));
    const row = await knex('channels').where({ id: channelId }).first('secrets');
    expect(alone.open(row?.secrets ?? '', about)).toContain('secret of');
    await expect(openSealer(knex, keys(A))).rejects.toThrow(KeyError);
  });

  it('is asked for in full: one value that does not open stops the start', async () => {
    const { knex } = database();
    const { channelId } = await insertPlace(knex, await openSealer(knex, keys(B)));
    const other = await knex('channels').whereNot({ id: channelId }).first('secrets');
    // A secret copied to another channel.
    await knex('channels')
      .where({ id: channelId })
      .update({ secrets: other?.secrets ?? '' });
    await expect(openSealer(knex, keys(B))).rejects.toThrow(KeyError);
  });
});
