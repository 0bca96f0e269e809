import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';

/**
 * Runs in a process started exactly as a sandbox child is and tries what such a child must not be able to do.
 * Answers, per try, the code of the refusal, or "allowed".
 */
function attempt(act: () => unknown): string {
  try {
    act();
    return 'allowed';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

function connectTo(port: number): Promise<string> {
  return new Promise((resolve) => {
    try {
      const socket = connect(port, '127.0.0.1', () => resolve('allowed'));
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    } catch (error) {
      resolve((error as NodeJS.ErrnoException).code ?? String(error));
    }
  });
}

process.on('message', (raw) => {
  const { dataDir, port } = raw as { dataDir: string; port: number };
  void connectTo(port).then((socket) => {
    process.send?.({
      environment: Object.keys(process.env).filter((name) => !name.startsWith('NODE_CHANNEL')),
      dataDir: attempt(() => readFileSync(`${dataDir}/secret-key`)),
      write: attempt(() => writeFileSync(`${dataDir}/planted`, 'x')),
      passwd: attempt(() => readFileSync('/etc/passwd')),
      project: attempt(() => readFileSync(new URL('../../README.md', import.meta.url))),
      fork: attempt(() => fork(new URL(import.meta.url))),
      worker: attempt(() => new Worker('0', { eval: true })),
      socket,
    });
  });
});
