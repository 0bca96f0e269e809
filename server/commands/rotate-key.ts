import { withHub } from './open-hub.ts';
import type { Output } from './run-stage.ts';

/**
 * `countersign rotate-key`: encrypts every stored secret anew with SECRET_KEY that is still encrypted with
 * SECRET_KEY_PREVIOUS (while a server holds the embedded database: with the keys that this one was started with).
 * @throws UsageError when the keys at hand do not open everything
 */
export async function rotateKeyCommand(output: Output): Promise<0> {
  const count = await withHub((control) => control.rotateKey());
  output.err(
    `${count} secrets were encrypted anew; all are under SECRET_KEY now. Restart the servers without SECRET_KEY_PREVIOUS.\n`,
  );
  return 0;
}
