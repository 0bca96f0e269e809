import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { childFlags } from '../../server/sandbox/child-process.ts';

it('denies a child process files, writing, sockets, forks and workers, and gives it no environment', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-data-'));
  writeFileSync(join(dataDir, 'secret-key'), 'a key nobody else may read');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const probe = fileURLToPath(new URL('./permission-probe.ts', import.meta.url));
  const child = fork(probe, {
    execArgv: childFlags([probe]),
    env: {},
    cwd: '/',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    child.send({ dataDir, port: (server.address() as AddressInfo).port });
    const [answer] = (await once(child, 'message')) as [Record<string, unknown>];
    expect(answer).toEqual({
      environment: [],
      dataDir: 'ERR_ACCESS_DENIED',
      write: 'ERR_ACCESS_DENIED',
      passwd: 'ERR_ACCESS_DENIED',
      project: 'ERR_ACCESS_DENIED',
      fork: 'ERR_ACCESS_DENIED',
      worker: 'ERR_ACCESS_DENIED',
      socket: 'ERR_ACCESS_DENIED',
    });
  } finally {
    child.kill('SIGKILL');
    server.close();
    rmSync(dataDir, { recursive: true });
  }
});
