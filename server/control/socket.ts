import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { codeOf } from '../errors.ts';

const SOCKET = 'countersign.sock';
/** Says where the socket is when DATA_DIR's path is too long for one. */
const ELSEWHERE = 'countersign.sock.path';

/** sun_path less the final NUL: 108 bytes on Linux, 104 on macOS (unix(7)). */
const LONGEST = 103;

const own = (dataDir: string): string => resolve(dataDir, SOCKET);
const fits = (path: string): boolean => Buffer.byteLength(path) <= LONGEST;

/**
 * Where to listen: DATA_DIR/countersign.sock, or in a new private folder of the system's when that path is too long.
 * What a killed process left is removed: only who holds DATA_DIR may call this.
 */
export function makeSocketPath(dataDir: string): string {
  removeSocket(dataDir);
  if (fits(own(dataDir))) return own(dataDir);
  const folder = mkdtempSync(join(tmpdir(), 'countersign-'));
  chmodSync(folder, 0o700);
  const path = join(folder, SOCKET);
  writeFileSync(join(dataDir, ELSEWHERE), path, { mode: 0o600 });
  return path;
}

/** Where the server of DATA_DIR listens, if there is one. */
export const socketPathOf = (dataDir: string): string => elsewhere(dataDir) ?? own(dataDir);

/** Removes the socket and what points to it. */
export function removeSocket(dataDir: string): void {
  const path = elsewhere(dataDir);
  if (path !== undefined) {
    rmSync(path, { force: true });
    if (path.startsWith(join(tmpdir(), 'countersign-')))
      rmSync(dirname(path), { recursive: true, force: true });
    rmSync(join(dataDir, ELSEWHERE), { force: true });
  }
  rmSync(own(dataDir), { force: true });
}

function elsewhere(dataDir: string): string | undefined {
  try {
    return readFileSync(join(dataDir, ELSEWHERE), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
