import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { codeOf } from '../errors.ts';
import { MADE_OF } from './paths.ts';

/** How a file may be sent; what is first is wanted most. */
export const ENCODINGS = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const ENDINGS: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz', identity: '' };

/** One built file, as it may be asked for. */
export interface BuiltFile {
  /** Of the plain contents. */
  readonly etag: string;
  /** Where it lies, and how long it is, in each encoding that it was stored in. */
  readonly stored: Readonly<Partial<Record<Encoding, { readonly path: string; readonly bytes: number }>>>;
}

/** Every built file by its URL's path (`/assets/index-B7f….js`). What is not in it is not served: no path leads elsewhere. */
export type BuiltFiles = ReadonlyMap<string, BuiltFile>;

/** The page that every address of the editor shows. */
export const INDEX = '/index.html';

/**
 * Lists a built editor.
 * @returns undefined when there is none in `folder`, or it is just being replaced
 */
export async function listFiles(folder: string): Promise<BuiltFiles | undefined> {
  try {
    return await listAll(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function listAll(folder: string): Promise<BuiltFiles | undefined> {
  const names = await namesBelow(folder);
  const files = new Map<string, BuiltFile>();
  for (const name of names) {
    if (name === MADE_OF || /\.(br|gz)$/.test(name)) continue;
    const path = join(folder, name);
    const stored: BuiltFile['stored'] = Object.fromEntries(
      await Promise.all(
        ENCODINGS.filter((encoding) => names.includes(name + ENDINGS[encoding])).map(async (encoding) => {
          const at = path + ENDINGS[encoding];
          return [encoding, { path: at, bytes: (await stat(at)).size }] as const;
        }),
      ),
    );
    const etag = createHash('sha256')
      .update(await readFile(path))
      .digest('base64url')
      .slice(0, 22);
    files.set(`/${name.split(sep).join('/')}`, { etag, stored });
  }
  return files.has(INDEX) ? files : undefined;
}

async function namesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
