import { spawn, execFileSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The folder of the machine's newest PostgreSQL server programs; undefined when there is none. */
export function postgresPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ].find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** PostgreSQL refuses to run as root: then it runs as another user. Nothing: as who we are. */
function otherUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const user = ['postgres', 'nobody'].find((name) => {
    try {
      execFileSync('id', ['-u', name], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
  if (user === undefined) throw new Error('PostgreSQL must not run as root, and there is no user "nobody".');
  const idOf = (flag: string): number =>
    Number(execFileSync('id', [flag, user], { encoding: 'utf8' }).trim());
  return { uid: idOf('-u'), gid: idOf('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts `postgres` and waits for its word that it is ready. @throws Error with its log when it ends instead */
async function start(programs: string, data: string, port: number, user: object): Promise<ChildProcess> {
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-c', 'max_connections=200'],
    { stdio: ['ignore', 'ignore', 'pipe'], cwd: tmpdir(), ...user },
  );
  let log = '';
  const lines = createInterface({ input: server.stderr });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      log += `${line}\n`;
      if (line.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)));
    server.once('error', reject);
  });
  // It keeps talking; a full pipe would stop it.
  lines.removeAllListeners('line').resume();
  return server;
}

export interface Cluster {
  /** postgres://… of its database "postgres". */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A PostgreSQL of its own in a new folder on a free port of 127.0.0.1, with fsync as in production.
 * @throws Error when the machine has no PostgreSQL
 */
export async function startCluster(): Promise<Cluster> {
  const programs = postgresPrograms();
  if (programs === undefined) throw new Error('There is no PostgreSQL: apt-get install postgresql');
  const user = otherUser();
  const folder = mkdtempSync(join(tmpdir(), 'countersign-postgres-'));
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  for (const each of [folder, data]) chownSync(each, user.uid ?? -1, user.gid ?? -1);
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(programs, 'initdb'), initdb, {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: folder,
    ...user,
  });
  const port = await freePort();
  const server = await start(programs, data, port, user);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      // SIGQUIT: at once; nobody will read this data again.
      if (server.exitCode === null && server.kill('SIGQUIT')) await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The same, but in a process that ends the server when we are gone, kill -9 included: it watches a pipe that we hold.
 */
export async function startWatchedCluster(): Promise<Cluster> {
  const watcher = spawn(process.execPath, [fileURLToPath(import.meta.url)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(watcher, 'exit');
  const first = await Promise.race([once(createInterface({ input: watcher.stdout }), 'line'), ended]);
  if (typeof first[0] !== 'string') throw new Error('PostgreSQL could not be started for the tests.');
  return {
    url: first[0],
    async stop() {
      watcher.stdin.end();
      await ended;
    },
  };
}

// `node test/support/postgres.ts`: prints the URL and serves until stdin ends, or SIGINT or SIGTERM comes.
if (import.meta.main) {
  const cluster = await startCluster();
  process.stdout.write(`${cluster.url}\n`);
  await new Promise<void>((resolve) => {
    process.stdin.resume().once('end', resolve);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await cluster.stop();
  process.exit();
}
