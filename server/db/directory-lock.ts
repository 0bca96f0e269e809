import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another process has the embedded database; the message names it and says what to do. */
export class DirectoryLockedError extends Error {
  override readonly name = 'DirectoryLockedError';
}

export interface DirectoryLock {
  release(): void;
}

const SQLITE_BUSY = 5;

/**
 * Takes a data directory for this process alone: two programs on one embedded database silently lose each other's
 * rows. The lock is the operating system's, on a file that SQLite holds for us (Node has no flock): it ends with the
 * process, however that ends, so that no lock is ever stale, no reused pid and no reboot mistaken, and two containers on one
 * volume see each other.
 * @param dataDir an existing folder
 * @throws DirectoryLockedError when a living process has it
 */
export function lockDirectory(dataDir: string): DirectoryLock {
  const holderFile = join(dataDir, 'countersign.pid');
  const file = new DatabaseSync(join(dataDir, 'countersign.lock'));
  try {
    // In memory: the journal would be one more file beside the lock.
    file.exec('pragma journal_mode = memory; pragma busy_timeout = 0; begin exclusive');
  } catch (error) {
    file.close();
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    throw new DirectoryLockedError(
      `The data in ${dataDir} is in use by another Countersign process${holderOf(holderFile)}. ` +
        'Stop that one first, give this one a DATA_DIR of its own, or use DATABASE_URL to run several.',
      { cause: error },
    );
  }
  // Only for that message: a leftover number means nothing.
  writeFileSync(holderFile, `${process.pid}\n`, { mode: 0o600 });
  let isHeld = true;
  return {
    release() {
      if (!isHeld) return;
      isHeld = false;
      rmSync(holderFile, { force: true });
      file.close();
    },
  };
}

function holderOf(holderFile: string): string {
  try {
    return ` (pid ${readFileSync(holderFile, 'utf8').trim()})`;
  } catch {
    // It is just starting, or runs as another user.
    return '';
  }
}
