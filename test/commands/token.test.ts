import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openEmbedded } from '../../server/db/embedded.ts';
import { openPostgres } from '../../server/db/database.ts';
import type { Database } from '../../server/db/database.ts';
import { DATABASES, prepareDataDir, usePostgres } from '../support/databases.ts';
import { useFolder } from '../db/support.ts';
import { countersignWith, useHolders } from './hub-processes.ts';

// Each test starts some processes and makes databases.
vi.setConfig({ testTimeout: 120_000 });

const newFolder = useFolder();
const hold = useHolders();
const CREATE = ['token', 'create', '--role', 'submitter', '--name', 'release platform'];
const TOKEN = /^cs_[\w-]{43}\n$/;

async function expectStored(database: Database, printed: string): Promise<void> {
  const token_hash = createHash('sha256').update(printed.trim()).digest();
  const rows = await database.knex('api_tokens').where({ token_hash }).select('name', 'role');
  expect(rows).toEqual([{ name: 'release platform', role: 'submitter' }]);
}

describe('countersign token create', () => {
  it('prints a token once when nobody holds the embedded database', async () => {
    const env = { DATA_DIR: newFolder() };
    const { code, out } = await countersignWith(env, ...CREATE);
    expect(code).toBe(0);
    expect(out).toMatch(TOKEN);
    const database = await openEmbedded(env.DATA_DIR);
    await expectStored(database, out);
    await database.close();
  });

  it('asks the server that holds the database, through a socket for its own user only', async () => {
    const env = { DATA_DIR: await prepareDataDir(newFolder()) };
    const holder = await hold(env);
    const socket = join(env.DATA_DIR, 'countersign.sock');
    expect((statSync(socket).mode & 0o777).toString(8)).toBe('600');
    expect((statSync(join(env.DATA_DIR, 'secret.key')).mode & 0o777).toString(8)).toBe('600');
    const { code, out } = await countersignWith(env, ...CREATE);
    expect(code).toBe(0);
    expect(out).toMatch(TOKEN);

    holder.process.kill('SIGTERM');
    expect(await holder.ended).toMatchObject({ code: 0 });
    expect(existsSync(socket)).toBe(false);
    const database = await openEmbedded(env.DATA_DIR);
    await expectStored(database, out);
    await database.close();
  });

  it('reaches the server where the path of DATA_DIR is too long for a socket, and after one was killed', async () => {
    const dataDir = join(newFolder(), 'a-folder-with-a-long-name'.repeat(5));
    mkdirSync(dataDir);
    const env = { DATA_DIR: await prepareDataDir(dataDir) };
    const killed = await hold(env);
    killed.process.kill('SIGKILL');
    await killed.ended;
    await hold(env);
    expect((await countersignWith(env, ...CREATE)).out).toMatch(TOKEN);
    expect(readdirSync(dataDir)).not.toContain('countersign.sock');
  });

  it('says what is wrong in one line', async () => {
    const env = { DATA_DIR: newFolder() };
    expect(await countersignWith(env, 'token', 'create', '--role', 'boss', '--name', 'x')).toMatchObject({
      code: 2,
      out: '',
      err: 'countersign: --role boss: must be one of viewer, submitter, editor, admin.\n',
    });
    const away = await countersignWith(
      { DATABASE_URL: 'postgres://127.0.0.1:1/none', SECRET_KEY: 'k'.repeat(32) },
      ...CREATE,
    );
    expect(away).toMatchObject({ code: 2, out: '' });
    expect(away.err).toMatch(
      /^countersign: The database of DATABASE_URL cannot be reached: .*ECONNREFUSED.*\n$/,
    );
  });
});

describe.runIf(DATABASES.includes('postgres'))('countersign token create on PostgreSQL', () => {
  const empty = usePostgres({ empty: true });

  it('makes the tables when there are none', async () => {
    const url = empty().url ?? '';
    const { code, out } = await countersignWith({ DATABASE_URL: url, SECRET_KEY: 'k'.repeat(32) }, ...CREATE);
    expect(code).toBe(0);
    const database = openPostgres(url);
    await expectStored(database, out);
    await database.close();
  });
});
