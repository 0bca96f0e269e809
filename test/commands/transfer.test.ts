import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { openPostgres } from '../../server/db/database.ts';
import type { Database } from '../../server/db/database.ts';
import { openEmbedded } from '../../server/db/embedded.ts';
import { openSealer } from '../../server/secrets/keys.ts';
import { aboutChannel } from '../../server/secrets/sealed-store.ts';
import type { Sealer } from '../../server/secrets/seal.ts';
import { LEFT_BEHIND, TRANSFERRED } from '../../server/transfer/tables.ts';
import { fillHub } from '../db/rows.ts';
import { useFolder } from '../db/support.ts';
import type { Ended } from '../db/support.ts';
import { DATABASES, prepareDataDir, usePostgres } from '../support/databases.ts';
import type { DatabaseKind } from '../support/databases.ts';
import { countersignWith, useHolders } from './hub-processes.ts';

// Each test starts some processes and makes databases.
vi.setConfig({ testTimeout: 120_000 });

const newFolder = useFolder();
const hold = useHolders();
const PASSPHRASE = 'correct horse battery';

/** A hub of its own: the settings that commands get, and how a test looks inside while no process holds it. */
interface TestHub {
  readonly env: Record<string, string>;
  look<T>(use: (database: Database, sealer: Sealer) => Promise<T>): Promise<T>;
}

function hubOn(env: Record<string, string>, open: () => Promise<Database>): TestHub {
  const { SECRET_KEY: secretKey, DATA_DIR: dataDir = '' } = env;
  return {
    env,
    async look(use) {
      const database = await open();
      try {
        return await use(
          database,
          await openSealer(database.knex, { secretKey, secretKeyPrevious: undefined, dataDir }),
        );
      } finally {
        await database.close();
      }
    },
  };
}

async function embeddedHub(): Promise<TestHub> {
  const dataDir = await prepareDataDir(newFolder());
  return hubOn({ DATA_DIR: dataDir, COUNTERSIGN_PASSPHRASE: PASSPHRASE }, () => openEmbedded(dataDir));
}

const postgresHub = (url: string, secretKey: string): TestHub =>
  hubOn({ DATABASE_URL: url, SECRET_KEY: secretKey, COUNTERSIGN_PASSPHRASE: PASSPHRASE }, () =>
    Promise.resolve(openPostgres(url)),
  );

const fill = (hub: TestHub): Promise<void> => hub.look(({ knex }, sealer) => fillHub(knex, sealer));

/** All that travels, as texts; secrets in clear, and without what an import means to change. */
const contentOf = (hub: TestHub): Promise<Record<string, string[]>> =>
  hub.look(async ({ knex }, sealer) => {
    const content: Record<string, string[]> = {};
    for (const table of TRANSFERRED) {
      const { rows } = await knex.raw<{ rows: { row: string }[] }>(
        `select row_to_json(t)::text as row from ?? t order by 1`,
        [table],
      );
      content[table] = rows.map(({ row }) => row);
    }
    content['channels'] = (content['channels'] ?? []).map((row) => {
      const { secrets, paused_at, ...channel } = JSON.parse(row) as Record<string, string>;
      return JSON.stringify([
        channel,
        sealer.open(secrets ?? '', aboutChannel(channel['id'] ?? '')),
        !paused_at,
      ]);
    });
    content['audit'] = (content['audit'] ?? []).filter((row) => !row.includes('command line'));
    return content;
  });

const paused = (hub: TestHub): Promise<boolean[]> =>
  hub.look(async ({ knex }) => (await knex('channels')).map(({ paused_at }) => paused_at !== null));

const exportTo = (hub: TestHub, file: string): Promise<Ended> => countersignWith(hub.env, 'export', file);
const importFrom = (hub: TestHub, file: string, ...more: readonly string[]): Promise<Ended> =>
  countersignWith(hub.env, 'import', file, ...more);

it('every table either travels or is left behind on purpose', async () => {
  const hub = await embeddedHub();
  const tables = await hub.look(async ({ knex }) => {
    const { rows } = await knex.raw<{ rows: { name: string }[] }>(
      `select table_name as name from information_schema.tables
       where table_schema = 'public' and table_name not like 'knex_%'`,
    );
    return rows.map(({ name }) => name);
  });
  expect(tables.sort()).toEqual([...TRANSFERRED, ...LEFT_BEHIND].sort());
});

const ways: [DatabaseKind, DatabaseKind][] = DATABASES.includes('postgres')
  ? [
      ['embedded', 'postgres'],
      ['postgres', 'embedded'],
    ]
  : [['embedded', 'embedded']];

describe.each(ways)('an export from %s into %s', (from, to) => {
  const databases = {
    from: from === 'postgres' ? usePostgres() : undefined,
    to: to === 'postgres' ? usePostgres() : undefined,
  };
  const hub = (side: 'from' | 'to'): Promise<TestHub> => {
    const url = databases[side]?.().url;
    return url === undefined ? embeddedHub() : Promise.resolve(postgresHub(url, side.padEnd(32, '.')));
  };

  it('brings everything as it was, the channels paused, and nothing into a hub that has something', async () => {
    const [source, target] = [await hub('from'), await hub('to')];
    const file = join(newFolder(), 'hub.export');
    await fill(source);
    expect(await exportTo(source, file)).toMatchObject({ code: 0, out: '' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = gunzipSync(readFileSync(file)).toString('utf8');
    expect(text).not.toContain('secret of');
    expect(await importFrom(target, file)).toMatchObject({ code: 0 });

    expect(await paused(target)).toEqual([true]);
    const [there, here] = [await contentOf(target), await contentOf(source)];
    const unpause = (rows: string[] | undefined): string[] =>
      (rows ?? []).map((row) => row.replace(/(true|false)\]$/, ''));
    expect({ ...there, channels: unpause(there['channels']) }).toEqual({
      ...here,
      channels: unpause(here['channels']),
    });

    const again = await importFrom(target, file);
    expect(again).toMatchObject({ code: 2, out: '' });
    expect(again.err).toMatch(/^countersign: The hub is not empty \(users: 1, .*--replace.*\n$/);
    await target.look(({ knex }) => knex('tasks').delete());
    expect(await importFrom(target, file, '--replace')).toMatchObject({ code: 0 });
    expect((await contentOf(target))['tasks']).toEqual(here['tasks']);
  });
});

describe('an export', () => {
  it('is not begun without a passphrase worth its name, nor over an existing file', async () => {
    const hub = await embeddedHub();
    const file = join(newFolder(), 'hub.export');
    const short = await countersignWith({ ...hub.env, COUNTERSIGN_PASSPHRASE: 'short' }, 'export', file);
    expect(short).toMatchObject({ code: 2 });
    expect(short.err).toContain('at least 12 characters');
    const nobody = await countersignWith({ ...hub.env, COUNTERSIGN_PASSPHRASE: '' }, 'export', file);
    expect(nobody.err).toContain('set COUNTERSIGN_PASSPHRASE');
    writeFileSync(file, 'mine');
    expect((await exportTo(hub, file)).err).toContain('exists already');
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});

describe('an export while servers hold both databases', () => {
  it('goes from socket to socket, and tells refusals in the same words', async () => {
    const [source, target] = [await embeddedHub(), await embeddedHub()];
    await fill(source);
    const before = await contentOf(source);
    const holders = [await hold(source.env), await hold(target.env)];
    const file = join(newFolder(), 'hub.export');
    expect(await exportTo(source, file)).toMatchObject({ code: 0 });
    const wrong = { ...target, env: { ...target.env, COUNTERSIGN_PASSPHRASE: 'another passphrase' } };
    expect(await importFrom(wrong, file)).toMatchObject({
      code: 2,
      err: 'countersign: The passphrase is not the one that this export was made with.\n',
    });
    expect(await importFrom(target, file)).toMatchObject({ code: 0 });
    for (const { process, ended } of holders) {
      process.kill('SIGTERM');
      await ended;
    }
    expect((await contentOf(target))['executions']).toEqual(before['executions']);
  });
});
