import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openEmbedded } from '../../server/db/embedded.ts';
import { openSealer } from '../../server/secrets/keys.ts';
import { insertPlace } from '../db/rows.ts';
import { useFolder } from '../db/support.ts';
import { prepareDataDir } from '../support/databases.ts';
import { countersignWith, useHolders } from './hub-processes.ts';

// Each test starts some processes and makes databases.
vi.setConfig({ testTimeout: 120_000 });

const newFolder = useFolder();
const hold = useHolders();
const NEW = 'n'.repeat(32);

describe('countersign rotate-key', () => {
  it('moves a hub from the key made for it to one of its own, with the server stopped or running', async () => {
    const dataDir = await prepareDataDir(newFolder());
    const database = await openEmbedded(dataDir);
    const sealer = await openSealer(database.knex, {
      ...{ secretKey: undefined, secretKeyPrevious: undefined, dataDir },
    });
    await insertPlace(database.knex, sealer);
    await database.close();
    const old = readFileSync(join(dataDir, 'secret.key'), 'utf8').trim();

    const wrong = await countersignWith({ DATA_DIR: dataDir, SECRET_KEY: NEW }, 'rotate-key');
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err).toMatch(
      /^countersign: SECRET_KEY is not the key that this database's secrets were encrypted with .*\n$/,
    );

    const both = { DATA_DIR: dataDir, SECRET_KEY: NEW, SECRET_KEY_PREVIOUS: old };
    const holder = await hold(both);
    const done = await countersignWith({ DATA_DIR: dataDir }, 'rotate-key');
    expect(done).toMatchObject({ code: 0 });
    expect(done.err).toContain('2 secrets were encrypted anew');
    holder.process.kill('SIGTERM');
    await holder.ended;
    expect((await countersignWith(both, 'rotate-key')).err).toContain('0 secrets were encrypted anew');
    expect(await countersignWith({ DATA_DIR: dataDir, SECRET_KEY: NEW }, 'rotate-key')).toMatchObject({
      code: 0,
    });
    expect(await countersignWith({ DATA_DIR: dataDir }, 'rotate-key')).toMatchObject({ code: 2 });
  });
});
