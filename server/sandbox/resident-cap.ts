import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A cap on what a child process may keep in memory, held by the kernel: a memory cgroup of its own, where this process
 * may make one (root in a container or on a server; version 1 or 2). Elsewhere the pool samples the child's resident size.
 * Not RLIMIT_AS: isolates reserve gigabytes of addresses that they never touch.
 */
export interface ResidentCap {
  /** Whether the kernel has killed the child for its memory. */
  wasHit(): boolean;
  /** Takes the group away; the child must have ended. */
  close(): void;
}

const PREFIX = 'countersign-';
let made = 0;

/** The memory group this process is in, and whether its files are those of version 1. */
function ownGroup(): { folder: string; v1: boolean } | undefined {
  let lines: string[];
  try {
    lines = readFileSync('/proc/self/cgroup', 'utf8').trim().split('\n');
  } catch {
    return undefined; // no Linux, no cgroups
  }
  for (const line of lines) {
    const [, controllers = '', path = '/'] = line.split(':');
    if (controllers.split(',').includes('memory'))
      return { folder: join('/sys/fs/cgroup/memory', path), v1: true };
  }
  const unified = lines.find((line) => line.startsWith('0::'));
  return unified === undefined ? undefined : { folder: join('/sys/fs/cgroup', unified.slice(3)), v1: false };
}

function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}

/** A parent that was killed could not clear up: its groups are empty now, and carry its pid. */
function removeLeftOver(folder: string): void {
  for (const name of readdirSync(folder)) {
    const owner = Number(/^countersign-(\d+)-\d+$/.exec(name)?.[1]);
    if (Number.isInteger(owner) && !isRunning(owner)) removeGroup(join(folder, name));
  }
}

function removeGroup(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody is still in it, or it went meanwhile: the next start tries again (removeLeftOver).
  }
}

/** Puts a process under a cap of `bytes`; undefined where this process may not make groups. */
export function capResident(pid: number, bytes: number): ResidentCap | undefined {
  const own = ownGroup();
  if (own === undefined) return undefined;
  made += 1;
  const folder = join(own.folder, `${PREFIX}${process.pid}-${made}`);
  try {
    if (made === 1) removeLeftOver(own.folder);
    mkdirSync(folder);
  } catch {
    return undefined; // read-only or not ours: the pool's own sampling holds the cap
  }
  try {
    // Opening a file that is not there would make none in a cgroup: a group without the memory controller throws here.
    writeFileSync(join(folder, own.v1 ? 'memory.limit_in_bytes' : 'memory.max'), String(bytes), {
      flag: 'r+',
    });
    writeFileSync(join(folder, 'cgroup.procs'), String(pid), { flag: 'r+' });
  } catch {
    removeGroup(folder);
    return undefined;
  }
  return { wasHit: () => wasHit(folder, own.v1), close: () => removeGroup(folder) };
}

function wasHit(folder: string, v1: boolean): boolean {
  try {
    const events = readFileSync(join(folder, v1 ? 'memory.oom_control' : 'memory.events'), 'utf8');
    return /^oom_kill [1-9]/m.test(events);
  } catch {
    return false; // the group is gone: nothing is known, and the caller calls it a crash
  }
}
