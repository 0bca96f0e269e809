import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clientOf } from '../support/hub.ts';
import type { Client } from '../support/hub.ts';
import type { Order, Told } from './hub-entry.ts';
import type { Point } from './points.ts';

/** A hub in a process of its own. */
export interface Program {
  readonly url: string;
  readonly pid: number;
  /** Below /api/v1, as administrator. */
  readonly api: Client;
  /** What its start cost, in milliseconds of one core. */
  readonly cpuMs: number;
  /** From now on it kills itself when it comes to this point. */
  arm(point: Point): Promise<void>;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** kill -9, or as an operator ends it. Resolves when the process is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | NodeJS.Signals>;
}

export interface Programs {
  /** Starts one and waits until it is ready. @throws Error with its last words when it ends before */
  start(): Promise<Program>;
  /** Starts one that is killed at a point of its start; resolves when it is gone. */
  startAndDie(point: Point): Promise<number | NodeJS.Signals>;
  /** Everything that all of them wrote, log and stderr. */
  written(): string;
  endAll(): Promise<void>;
}

/** @param env the settings, beside PATH nothing else */
export function programsWith(env: Readonly<Record<string, string>>): Programs {
  let written = '';
  const all = new Set<ChildProcess>();
  const cache = mkdtempSync(join(tmpdir(), 'countersign-compiled-'));

  function spawn(point?: Point): { child: ChildProcess; ended: Promise<number | NodeJS.Signals> } {
    const entry = fileURLToPath(new URL('hub-entry.ts', import.meta.url));
    const child = fork(entry, point === undefined ? [] : [point], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: cache, PORT: '0', ...env },
      execArgv: [],
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (written += text));
    all.add(child);
    const ended = once(child, 'exit').then(([code, signal]: unknown[]) => {
      all.delete(child);
      return (signal ?? code) as number | NodeJS.Signals;
    });
    return { child, ended };
  }

  return {
    async start() {
      const { child, ended } = spawn();
      const told = await Promise.race([once(child, 'message'), ended]);
      if (!Array.isArray(told)) throw new Error(`It ended with ${told}: ${written.slice(-2_000)}`);
      const { ready: url, cpuMs } = told[0] as Extract<Told, { ready: string }>;
      return {
        url,
        pid: child.pid ?? 0,
        cpuMs,
        api: clientOf(`${url}/api/v1`),
        async arm(point) {
          child.send({ arm: point } satisfies Order);
          await once(child, 'message');
        },
        ended,
        async end(signal) {
          child.kill(signal);
          return ended;
        },
      };
    },
    async startAndDie(point) {
      const { child, ended } = spawn(point);
      child.once('message', () => child.kill('SIGTERM'));
      return ended;
    },
    written: () => written,
    async endAll() {
      const ends = [...all].map((child) => once(child, 'exit'));
      for (const child of all) child.kill('SIGKILL');
      await Promise.all(ends);
      rmSync(cache, { recursive: true, force: true });
    },
  };
}
