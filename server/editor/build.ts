import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { BUILT } from './paths.ts';
import { builtOf, fingerprint } from './sources.ts';

/** The build ended without a built editor; the message is the builder's own, for people. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}

const PROGRAM = join(import.meta.dirname, 'build-program.ts');
/** As much of a builder's complaint as anybody reads. */
const LONGEST_COMPLAINT = 20_000;

/** Whether what lies built is made of the sources as they are. */
export const isBuilt = async (): Promise<boolean> => (await builtOf(BUILT)) === (await fingerprint());

/**
 * Builds the editor in a process of its own, of low priority: the hub has work to do meanwhile.
 * @param signal ends the build; nothing half is left of it
 * @throws BuildError; the signal's reason when it ended the build
 */
export async function build(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, [PROGRAM], {
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  giveWay(child);
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, LONGEST_COMPLAINT);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code !== 0)
    throw new BuildError(
      complaint.trim() || `The builder ended with ${code ?? child.signalCode ?? 'nothing'}.`,
    );
}

function giveWay({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // The system does not let us, or the child has ended: it goes on as it is.
  }
}
