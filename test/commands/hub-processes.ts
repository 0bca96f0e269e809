import { afterAll } from 'vitest';
import { start } from '../db/support.ts';
import type { Child, Ended } from '../db/support.ts';

type Settings = Readonly<Record<string, string>>;

/** Runs `countersign …` with no settings but these. */
export const countersignWith = (env: Settings, ...args: readonly string[]): Promise<Ended> =>
  start('../../server/countersign.js', args, env).ended;

/** Starts processes that hold an embedded hub; what still runs is ended after the file's tests. */
export function useHolders(): (env: Settings) => Promise<Child> {
  const children: Child[] = [];
  afterAll(async () => {
    for (const { process, ended } of children) {
      process.kill('SIGKILL');
      await ended;
    }
  });
  return async (env) => {
    const child = start('../commands/hold-hub.ts', [], env);
    children.push(child);
    await child.ready;
    return child;
  };
}
