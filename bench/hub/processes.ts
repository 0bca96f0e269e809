import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of this bench: what it told when it was ready, and its end. */
export interface Started<T> {
  readonly told: T;
  /** SIGKILL: nobody will read its data again. */
  end(): Promise<void>;
}

/**
 * Starts a file of this folder in a process of its own and waits for its first message.
 * @param env its settings; beside PATH it has no others
 * @throws Error when it ends instead
 */
export async function startProcess<T>(
  file: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Started<T>> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    // The log goes where a service's would, and costs what it costs there.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { PATH: process.env['PATH'], ...env },
    execArgv: ['--no-warnings'],
  });
  const ended = once(child, 'exit');
  const first = await Promise.race([once(child, 'message'), ended.then(() => undefined)]);
  if (first === undefined) throw new Error(`${file} ended before it was ready`);
  return {
    told: first[0] as T,
    async end() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** For the process that was started: tells that it is ready, and ends when whoever started it has gone. */
export function tell(ready: unknown): void {
  process.once('disconnect', () => process.exit());
  process.send?.(ready);
}
