import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../errors.ts';
import { MADE_OF, ROOT } from './paths.ts';

/** What the editor is made of: its own files, the API's schemas, the sandbox's declarations, each package's exact version, and how it is built. */
const FOLDERS = ['editor', 'server/contract', 'server/editor', 'scripts'];
const FILES = ['package-lock.json', 'tsconfig.json'];
const IS_BUILT = /^dist(\.|$)/;
/** The scripts that integrators start from come to the editor by the API. */
const BY_THE_API = /^scripts\/(?!.*\.d\.ts$)/;

/**
 * A fingerprint of everything that the built editor depends on: another one means that it is to be built anew.
 * By contents, not by times: those differ after every checkout and in every image.
 */
export async function fingerprint(root: string = ROOT): Promise<string> {
  const below = await Promise.all(FOLDERS.map((folder) => filesBelow(root, folder)));
  const files = [...FILES, ...below.flat().filter((file) => !BY_THE_API.test(file))].toSorted();
  const contents = await Promise.all(files.map((file) => readFile(join(root, file))));
  const hash = createHash('sha256');
  for (const [index, file] of files.entries()) {
    const content = contents[index] ?? Buffer.alloc(0);
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

async function filesBelow(root: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isFile()) found.push(path);
    else if (entry.isDirectory() && !IS_BUILT.test(entry.name)) found.push(...(await filesBelow(root, path)));
  }
  return found;
}

/** The fingerprint of what the built files in `folder` were made of; undefined when there are none. */
export async function builtOf(folder: string): Promise<string | undefined> {
  try {
    const made = JSON.parse(await readFile(join(folder, MADE_OF), 'utf8')) as { fingerprint?: unknown };
    return typeof made.fingerprint === 'string' ? made.fingerprint : undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
