import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { build } from 'vite';
import { codeOf } from '../errors.ts';
import { compressFiles } from './compress.ts';
import { BUILT, MADE_OF, ROOT } from './paths.ts';
import { builtOf, fingerprint } from './sources.ts';

/**
 * A program of its own: builds the editor into editor/dist unless what lies there was made of the same sources. The build is
 * made in a folder beside it, which takes its name when it is whole: a build that is killed leaves nothing half.
 * What goes wrong goes to stderr in plain words, and the exit code is 1.
 */
async function main(): Promise<void> {
  const made = await fingerprint();
  if ((await builtOf(BUILT)) === made) return;
  process.stdout.write('Building the editor (some 20 seconds) …\n');
  const beside = dirname(BUILT);
  await removeLeftovers(beside);
  const folder = `${BUILT}.${process.pid}`;
  await mkdir(folder);
  try {
    await build({
      root: join(ROOT, 'editor'),
      configFile: join(ROOT, 'editor/vite.config.ts'),
      // As Node reads it: bundling the settings first would write beside them, and node_modules may be read-only.
      configLoader: 'native',
      logLevel: 'silent',
      build: { outDir: folder, emptyOutDir: false },
    });
    await compressFiles(folder);
    await writeFile(join(folder, MADE_OF), `${JSON.stringify({ fingerprint: made })}\n`);
    await takePlace(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Two renames, for a folder cannot be renamed over one that has files; killed in between, the next start builds again. */
async function takePlace(folder: string): Promise<void> {
  const old = `${folder}.old`;
  try {
    await rename(BUILT, old);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  try {
    await rename(folder, BUILT);
  } catch (error) {
    // Another process has built the same at the same time, and was faster.
    if ((await builtOf(BUILT)) === undefined) throw error;
  }
  await rm(old, { recursive: true, force: true });
}

/** Builds that were killed; those under way, of other processes, stay. */
async function removeLeftovers(beside: string): Promise<void> {
  const prefix = `${basename(BUILT)}.`;
  for (const name of await readdir(beside)) {
    const pid = name.startsWith(prefix) ? parseInt(name.slice(prefix.length), 10) : NaN;
    if (!Number.isNaN(pid) && !isAlive(pid)) await rm(join(beside, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

// Vite takes over what is set, and any other value makes React's version for developers: larger, slower, each effect run twice.
process.env['NODE_ENV'] = 'production';

try {
  await main();
} catch (error) {
  // Vite colours its words whoever reads them.
  process.stderr.write(
    `${stripVTControlCharacters(error instanceof Error ? error.message : String(error))}\n`,
  );
  process.exitCode = 1;
}
