import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { DatabaseStartError } from '../../server/db/database.ts';
import { DirectoryLockedError } from '../../server/db/directory-lock.ts';
import { openEmbedded } from '../../server/db/embedded.ts';
import { prepareDataDir } from '../support/databases.ts';
import { start, useFolder } from '../db/support.ts';

// Each test starts some processes and makes databases.
vi.setConfig({ testTimeout: 120_000 });

const newFolder = useFolder();
const newDatabase = (): Promise<string> => prepareDataDir(newFolder());
const MB = 1024 * 1024;

describe('the directory of the embedded database', () => {
  it('is for one process: a second is refused at once, naming the first, until that one is killed', async () => {
    const folder = await newDatabase();
    const holder = start('./hold-directory.ts', [folder]);
    const pid = await holder.ready;

    const refused = await openEmbedded(folder).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DirectoryLockedError);
    expect((refused as Error).message).toContain(`(pid ${pid})`);
    const second = await start('./hold-directory.ts', [folder]).ended;
    expect(second.code).not.toBe(0);
    expect(second.err).toContain(`(pid ${pid})`);

    holder.process.kill('SIGKILL');
    await holder.ended;
    const database = await openEmbedded(folder);
    expect(await database.knex('kept')).toEqual([{ pid: Number(pid) }]);
    await database.close();
  });

  it('is begun anew when the first start was killed while it made the database', async () => {
    const folder = newFolder();
    const first = start('./hold-directory.ts', [folder]);
    await expect
      .poll(() => existsSync(join(folder, 'database.making', 'base')), { timeout: 60_000 })
      .toBe(true);
    first.process.kill('SIGKILL');
    await first.ended;
    expect(existsSync(join(folder, 'database'))).toBe(false);
    const database = await openEmbedded(folder);
    expect(await database.knex.schema.hasTable('kept')).toBe(false);
    await database.close();
    expect(existsSync(join(folder, 'database.making'))).toBe(false);
  });

  it('that cannot be written, or holds something else, is told in one line', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'file'), '');
    await expect(openEmbedded(join(folder, 'file'))).rejects.toThrow(
      /^DATA_DIR .*file cannot be used: .*EEXIST/,
    );
    mkdirSync(join(folder, 'database'));
    writeFileSync(join(folder, 'database', 'PG_VERSION'), '9');
    await expect(openEmbedded(folder)).rejects.toThrow(DatabaseStartError);
  });

  it('is for one opening inside a process too', async () => {
    const folder = await newDatabase();
    const database = await openEmbedded(folder);
    await expect(openEmbedded(folder)).rejects.toThrow(DirectoryLockedError);
    await database.close();
    await (await openEmbedded(folder)).close();
  });

  it('is not held by what a dead process left, even when its pid lives again', async () => {
    const folder = await newDatabase();
    writeFileSync(join(folder, 'countersign.pid'), `${process.pid}\n`);
    writeFileSync(join(folder, 'countersign.lock'), '');
    await (await openEmbedded(folder)).close();
  });
});

describe('the upkeep of the embedded database', () => {
  const sizeOf = (folder: string): number =>
    readdirSync(folder)
      .map((name) => statSync(join(folder, name)))
      .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);

  it('bounds the log of changes while much is written', async () => {
    const folder = await newDatabase();
    const database = await openEmbedded(folder, {
      upkeep: { lookMs: 1, checkpointBytes: 16 * MB, checkpointMs: 1e9 },
    });
    // Kept as it is: PostgreSQL would compress most of it away.
    await database.knex.raw('create table big (text text)');
    await database.knex.raw('alter table big alter text set storage external');
    let largest = 0;
    for (let round = 0; round < 32; round += 1) {
      await database.knex.raw(`insert into big select repeat('x', 10_000) from generate_series(1, 1000)`);
      // Other work has its turn, as between two requests.
      await setImmediate();
      largest = Math.max(largest, sizeOf(join(folder, 'database/pg_wal')));
    }
    // Some 320 MB were written.
    expect(largest / MB).toBeLessThan(160);
    await database.close();
  });

  it('lets go of dead rows', async () => {
    const database = await openEmbedded(await newDatabase(), {
      upkeep: { lookMs: 10, checkpointBytes: 1e12, checkpointMs: 20 },
    });
    await database.knex.raw('create table hot (id int primary key)');
    await database.knex.raw('insert into hot select i from generate_series(1, 1000) i');
    await database.knex('hot').delete();
    const bytes = async (): Promise<unknown> => {
      const { rows } = await database.knex.raw<{ rows: { bytes: string }[] }>(
        `select pg_relation_size('hot') as bytes`,
      );
      return rows[0]?.bytes;
    };
    await expect.poll(bytes, { timeout: 10_000 }).toBe('0');
    await database.close();
  });
});
