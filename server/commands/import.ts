import { access, constants } from 'node:fs/promises';
import { codeOf } from '../errors.ts';
import { withHub } from './open-hub.ts';
import { readPassphrase } from './passphrase.ts';
import type { Output } from './run-stage.ts';
import { UsageError } from './usage-error.ts';

/**
 * `countersign import <file> [--replace]`: puts an export into an empty hub, all of it or nothing; the channels start paused.
 * @throws UsageError
 */
export async function importCommand(
  path: string,
  options: { replace?: boolean },
  output: Output,
): Promise<0> {
  await access(path, constants.R_OK).catch((error: unknown) => {
    throw new UsageError(`${path} cannot be read (${String(codeOf(error))}).`);
  });
  const { rows, channels } = await withHub(async (control, config) =>
    control.import(path, {
      passphrase: await readPassphrase(config.passphrase, { isNew: false }),
      replace: options.replace === true,
    }),
  );
  output.err(
    `${rows} rows were imported. ` +
      (channels === 0
        ? ''
        : `The channels (${channels}) are paused: the old hub must have been stopped before the export; let the providers call this one, then resume each.\n`),
  );
  return 0;
}
