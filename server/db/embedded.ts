import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import knex from 'knex';
import type { ClientBase } from 'pg';
import type { Log } from '../log.ts';
import { DatabaseStartError, knexLog } from './database.ts';
import type { Database } from './database.ts';
import { DirectoryLockedError, lockDirectory } from './directory-lock.ts';
import type { DirectoryLock } from './directory-lock.ts';
import { createPrepare } from './prepare.ts';
import { startUpkeep } from './upkeep.ts';
import type { UpkeepPlan } from './upkeep.ts';
import { wholeQueries } from './whole-queries.ts';

/** PostgreSQL as WebAssembly in this process, with its directory locked. */
export interface EmbeddedEngine {
  /** The `connection` for knex's `pg` client. The engine has one connection: the pool must have at most one. */
  connect(): object;
  /** Everything as one tar, for `template`. */
  dump(): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * Starts the engine on DATA_DIR/database, made when missing (some seconds).
 * @param dataDir DATA_DIR; undefined keeps everything in memory
 * @param template a dump to begin with instead of an empty database
 * @throws DirectoryLockedError when another process has the directory
 * @throws DatabaseStartError when the folder cannot be used, or what is in it
 */
export async function openEmbeddedEngine(
  dataDir: string | undefined,
  template?: Blob,
): Promise<EmbeddedEngine> {
  const lock = dataDir === undefined ? undefined : takeFolder(dataDir);
  try {
    const pglite =
      dataDir === undefined ? await startEngine(undefined, template) : await openFolder(dataDir, template);
    return {
      connect: () => createPgConfig(wholeQueries(pglite)),
      dump: async () => new Uint8Array(await (await pglite.dumpDataDir('none')).arrayBuffer()),
      async close() {
        await pglite.close();
        lock?.release();
      },
    };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

function takeFolder(dataDir: string): DirectoryLock {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return lockDirectory(dataDir);
  } catch (error) {
    if (error instanceof DirectoryLockedError) throw error;
    throw new DatabaseStartError(`DATA_DIR ${dataDir} cannot be used: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

/** Opens DATA_DIR/database. A new one gets that name only once it is complete, so a kill meanwhile does no harm. */
async function openFolder(dataDir: string, template: Blob | undefined): Promise<PGlite> {
  const folder = join(dataDir, 'database');
  if (!existsSync(folder)) {
    const making = `${folder}.making`;
    rmSync(making, { recursive: true, force: true });
    await (await startEngine(making, template)).close();
    renameSync(making, folder);
  }
  try {
    return await startEngine(folder, undefined);
  } catch (error) {
    throw new DatabaseStartError(
      `The database in ${folder} cannot be opened (${(error as Error).message}): put the folder back from a copy, or move it away to begin anew.`,
      { cause: error },
    );
  }
}

const startEngine = (folder: string | undefined, template: Blob | undefined): Promise<PGlite> =>
  PGlite.create({
    ...(folder === undefined ? {} : { dataDir: folder }),
    ...(template === undefined ? {} : { loadDataDir: template }),
  });

/**
 * Opens the embedded database. Safe when the process is killed, not on power loss: the engine cannot fsync.
 * @param dataDir DATA_DIR, which is locked for this process; undefined keeps everything in memory
 * @param options.template a dump to begin with instead of an empty database
 * @param options.log told when the upkeep fails
 * @throws DirectoryLockedError when another process has the directory
 */
export async function openEmbedded(
  dataDir: string | undefined,
  { template, log, upkeep: plan }: { template?: Blob; log?: Log; upkeep?: UpkeepPlan } = {},
): Promise<Database> {
  const engine = await openEmbeddedEngine(dataDir, template);
  const prepare = createPrepare();
  const db = knex({
    client: 'pg',
    connection: () => engine.connect(),
    pool: {
      ...{ min: 0, max: 1 },
      afterCreate(connection: ClientBase, done: (error: null, connection: ClientBase) => void) {
        prepare(connection);
        done(null, connection);
      },
    },
    acquireConnectionTimeout: 10_000,
    log: knexLog(log),
  });
  const upkeep = dataDir === undefined ? undefined : startUpkeep(db, log, plan);
  return {
    knex: db,
    kind: 'embedded',
    url: undefined,
    async close() {
      await upkeep?.stop();
      await db.destroy();
      await engine.close();
    },
  };
}
