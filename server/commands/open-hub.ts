import { ConfigError, readConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { callControl, ControlError } from '../control/call.ts';
import { controlOf } from '../control/control.ts';
import type { Control } from '../control/control.ts';
import { DatabaseStartError } from '../db/database.ts';
import type { Database } from '../db/database.ts';
import { DirectoryLockedError } from '../db/directory-lock.ts';
import { migrate } from '../db/migrate.ts';
import { openDatabase } from '../db/open.ts';
import { AppError } from '../errors.ts';
import { createLog } from '../log.ts';
import { KeyError, openSealer } from '../secrets/keys.ts';
import { UnsealError } from '../secrets/seal.ts';
import { TransferError } from '../transfer/format.ts';
import { UsageError } from './usage-error.ts';

/** What a command says in one line instead of with a stack. */
const TOLD = [
  ConfigError,
  ControlError,
  DatabaseStartError,
  DirectoryLockedError,
  KeyError,
  UnsealError,
  TransferError,
  AppError,
];

/**
 * Runs a command on the hub of the settings: on its database when nobody holds it, else through the server that does.
 * @throws UsageError with one line for everything that a person can mend
 */
export async function withHub<T>(command: (control: Control, config: Config) => Promise<T>): Promise<T> {
  try {
    const config = readConfig();
    const database = await openUnlessHeld(config);
    if (database === undefined) return await command(callControl(config.dataDir), config);
    try {
      await migrate(database);
      return await command(controlOf(database, await openSealer(database.knex, config)), config);
    } finally {
      await database.close();
    }
  } catch (error) {
    if (TOLD.some((each) => error instanceof each)) throw new UsageError((error as Error).message);
    throw error;
  }
}

async function openUnlessHeld(config: Config): Promise<Database | undefined> {
  try {
    // stdout is for what the command prints.
    return await openDatabase(config, createLog('silent'));
  } catch (error) {
    if (error instanceof DirectoryLockedError) return undefined;
    throw error;
  }
}
