import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProtocolError, readFromChild } from './protocol.ts';
import type { FromChild, ToChild } from './protocol.ts';
import { capResident } from './resident-cap.ts';
import type { ResidentCap } from './resident-cap.ts';

const require = createRequire(import.meta.url);
const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const packageFolder = (name: string): string => dirname(require.resolve(`${name}/package.json`));

const STDERR_KEPT = 4096;

/** The files that a child may read: its program. No broader folder, since DATA_DIR is in the project's root. */
const READABLE = [
  ...[
    'child.ts',
    'run-script.ts',
    'isolate.ts',
    'compile.ts',
    'stack.ts',
    'prelude.ts',
    'protocol.ts',
    'turns.ts',
    'fair-queue.ts',
  ].map(path),
  path('./prelude'),
  path('../contract/convert.ts'),
  path('../contract/convert'),
  path('../contract/execution.ts'),
  path('../../package.json'),
  packageFolder('acorn'),
  packageFolder('isolated-vm'),
  packageFolder('node-gyp-build'),
  // node-gyp-build looks here to tell musl from glibc.
  '/etc/alpine-release',
];

/**
 * Node's flags for a child: isolated-vm needs --no-node-snapshot (see its README; without it failures come late), and the
 * permission model denies files, sockets, processes and workers.
 * @param alsoReadable further files, for a test's own entry
 */
export function childFlags(alsoReadable: readonly string[] = []): string[] {
  return [
    '--no-node-snapshot',
    '--no-warnings',
    // The child's own heap is small. Its young generation would grow to tens of megabytes under load and never shrink.
    '--max-semi-space-size=2',
    '--permission',
    '--allow-addons',
    ...[...READABLE, ...alsoReadable].map((file) => `--allow-fs-read=${file}`),
  ];
}

/** Why a child ended. */
export type Death =
  /** The parent killed it, for this reason. */
  | { readonly by: 'us'; readonly reason: string }
  /** The kernel killed it for its memory. */
  | { readonly by: 'memory' }
  | { readonly by: 'itself'; readonly detail: string };

export interface ChildListener {
  message(message: FromChild): void;
  died(death: Death): void;
}

export interface ChildSettings {
  /** Clients by name: the texts that scripts find in scope as `dingtalk` and the like. */
  readonly clients: Readonly<Record<string, string>>;
  /** Isolates kept ready. */
  readonly ready: number;
  readonly memoryMiB: number;
  /** Entries into isolates that may run at once. */
  readonly turns: number;
  /** Cap on resident memory, bytes. */
  readonly residentBytes: number;
  /** How long a child may take until it can run scripts. */
  readonly startMs: number;
}

/** A child did not start. The message contains what it printed. */
export class ChildStartError extends Error {
  override readonly name = 'ChildStartError';
}

/** One supervised child process. Passes on its messages and its death; decides nothing. */
export class SandboxChild {
  private readonly process: ChildProcess;
  private readonly listener: ChildListener;
  private readonly cap: ResidentCap | undefined;
  private killedFor: string | undefined;
  private isDead = false;
  private stderr = '';

  private constructor(settings: ChildSettings, listener: ChildListener) {
    this.listener = listener;
    this.process = fork(path('./child.ts'), {
      execArgv: childFlags(),
      env: {},
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'json',
    });
    this.cap =
      this.process.pid === undefined ? undefined : capResident(this.process.pid, settings.residentBytes);
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-STDERR_KEPT);
    });
    this.process.on('message', (raw) => this.read(raw));
    this.process.on('error', (error) => this.ended(error.message));
    this.process.on('exit', (code, signal) => this.ended(signal ?? `exit code ${String(code)}`));
    this.send({
      type: 'configure',
      clients: settings.clients,
      ready: settings.ready,
      memoryMiB: settings.memoryMiB,
      turns: settings.turns,
    });
  }

  /** Starts a child and waits until it can run scripts. @throws ChildStartError */
  static start(settings: ChildSettings, listener: ChildListener): Promise<SandboxChild> {
    return new Promise((resolve, reject) => {
      let up = false;
      const fail = (why: string): void => {
        const said = child.stderr.trim();
        reject(
          new ChildStartError(
            `A sandbox process did not start: ${why}.${said === '' ? '' : ` It said: ${said}`}`,
          ),
        );
      };
      const child: SandboxChild = new SandboxChild(settings, {
        message: (message) => {
          if (message.type !== 'up') listener.message(message);
          else {
            up = true;
            clearTimeout(patience);
            resolve(child);
          }
        },
        died: (death) => {
          clearTimeout(patience);
          if (up) listener.died(death);
          else
            fail(
              death.by === 'itself'
                ? death.detail
                : `it was killed (${death.by === 'us' ? death.reason : death.by})`,
            );
        },
      });
      const patience = setTimeout(
        () => child.kill(`no answer within ${settings.startMs} ms`),
        settings.startMs,
      );
    });
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  get alive(): boolean {
    return !this.isDead && this.killedFor === undefined;
  }

  send(message: ToChild): void {
    // Messages to a dead child are dropped; its runs are handled when its death is reported.
    if (this.alive && this.process.connected) this.process.send(message, () => undefined);
  }

  /** SIGKILL: a hung isolate survives anything gentler. Its death is reported like any other. */
  kill(reason: string): void {
    if (!this.alive) return;
    this.killedFor = reason;
    this.process.kill('SIGKILL');
  }

  /** Whether the child keeps this process alive: while it runs something, not while it is idle. */
  set holdsUs(held: boolean) {
    const verb = held ? 'ref' : 'unref';
    this.process[verb]();
    this.process.channel?.[verb]();
  }

  /** Resident memory in bytes; undefined where the system does not tell. */
  residentBytes(): number | undefined {
    try {
      const status = readFileSync(`/proc/${String(this.process.pid)}/status`, 'utf8');
      const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
      return kib === undefined ? undefined : Number(kib) * 1024;
    } catch {
      return undefined; // no /proc (macOS, Windows), or the child has just ended
    }
  }

  private read(raw: unknown): void {
    if (this.isDead) return;
    let message: FromChild;
    try {
      message = readFromChild(raw);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.kill(`it spoke out of turn: ${error.message}`);
      return;
    }
    // A run that ended before the kill reached its child has ended; calls of the others must not leave.
    if (this.alive || message.type === 'end') this.listener.message(message);
  }

  private ended(detail: string): void {
    if (this.isDead) return;
    this.isDead = true;
    const byMemory = this.killedFor === undefined && this.cap?.wasHit() === true;
    this.cap?.close();
    if (this.killedFor !== undefined) this.listener.died({ by: 'us', reason: this.killedFor });
    else if (byMemory) this.listener.died({ by: 'memory' });
    else this.listener.died({ by: 'itself', detail });
  }
}
