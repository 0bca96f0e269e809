import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

/** A new folder for DATA_DIR, removed after the file's tests. */
export function useFolder(): () => string {
  const made: string[] = [];
  afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-data-'));
    made.push(folder);
    return folder;
  };
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A process of ours: `ready` is its first line of output, `ended` how it ended. */
export interface Child {
  readonly process: ChildProcess;
  readonly ready: Promise<string>;
  readonly ended: Promise<Ended>;
}

/** Starts a program of this folder, or a command line, with nothing in its environment but PATH and `env`. */
export function start(
  program: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Child {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...env },
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    out,
    err,
  }));
  const ready = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void ended.then((end) => reject(new Error(`It ended before it was ready: ${end.err}`)));
  });
  // Not everybody waits for the first line.
  ready.catch(() => undefined);
  return { process: child, ready, ended };
}
