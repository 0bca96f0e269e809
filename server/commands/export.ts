import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { codeOf } from '../errors.ts';
import { withHub } from './open-hub.ts';
import { readPassphrase } from './passphrase.ts';
import type { Output } from './run-stage.ts';
import { UsageError } from './usage-error.ts';

/**
 * `countersign export <file>`: everything of the hub in one file (0600), secrets under a passphrase. The file appears when
 * it is whole and on the disk.
 * @throws UsageError
 */
export async function exportCommand(path: string, output: Output): Promise<0> {
  if (await exists(path)) throw new UsageError(`${path} exists already: choose another name.`);
  const part = `${path}.part`;
  const rows = await withHub(async (control, config) => {
    const passphrase = await readPassphrase(config.passphrase, { isNew: true });
    const out = createWriteStream(part, { mode: 0o600, flush: true });
    try {
      const count = await control.export(out, passphrase);
      await rename(part, path);
      return count;
    } catch (error) {
      out.destroy();
      await rm(part, { force: true });
      throw told(error, path);
    }
  });
  output.err(`${rows} rows are in ${path}. Whoever has it and the passphrase has every secret of the hub.\n`);
  return 0;
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

function told(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOSPC' || code === 'EROFS' || code === 'ENOTDIR')
    return new UsageError(`${path} cannot be written (${code}).`);
  return error;
}
