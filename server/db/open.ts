import type { Config } from '../config.ts';
import { codeOf } from '../errors.ts';
import type { Log } from '../log.ts';
import { isDatabaseAway } from './away.ts';
import { DatabaseStartError, openPostgres } from './database.ts';
import type { Database } from './database.ts';
import { openEmbedded } from './embedded.ts';

// Who opens a database has to tell its errors.
export { DatabaseStartError };

const OLDEST = 14;

/**
 * Opens the database of the settings: PostgreSQL by DATABASE_URL, else the embedded one in DATA_DIR, which this process
 * then holds alone.
 * @throws DatabaseStartError when PostgreSQL cannot be reached or is too old
 * @throws DirectoryLockedError when another process has the embedded database
 */
export async function openDatabase(
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
  log: Log,
): Promise<Database> {
  if (databaseUrl === undefined) return openEmbedded(dataDir, { log });
  const database = openPostgres(databaseUrl, log);
  try {
    await checkVersion(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function checkVersion(database: Database): Promise<void> {
  const { rows } = await askVersion(database).catch((error: unknown) => {
    const { message } = error as Error;
    throw new DatabaseStartError(
      isDatabaseAway(error)
        ? `The database of DATABASE_URL cannot be reached: ${message || String(codeOf(error))}.`
        : `The database of DATABASE_URL refuses us: ${message}.`,
      { cause: error },
    );
  });
  const version = rows[0]?.server_version_num ?? '';
  const major = Math.floor(Number(version) / 10_000);
  if (!(major >= OLDEST))
    throw new DatabaseStartError(
      `The database of DATABASE_URL is PostgreSQL ${major}: Countersign needs ${OLDEST} or newer.`,
    );
}

const askVersion = (database: Database): Promise<{ rows: { server_version_num: string }[] }> =>
  // The type of raw answers is not known to knex.
  database.knex.raw<{ rows: { server_version_num: string }[] }>('show server_version_num');
