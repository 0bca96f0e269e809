import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DATABASES } from '../support/databases.ts';
import { childrenOf, isGone } from './children.ts';
import { useData } from './data.ts';
import type { Client } from '../support/hub.ts';
import type { Program } from './program.ts';
import { openWorld } from './world.ts';
import type { World } from './world.ts';

const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 2);
/** Printed with the tests' names: when which hub is killed can be had again. */
const SEED = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000);

const TASKS_A_ROUND = 8;
const EVERY_MS = 50;

/** Repeatable randomness, 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe.each(DATABASES)(
  `hubs that are killed at random while tasks flow, on %s (CRASH_SEED=${SEED})`,
  (kind) => {
    const data = useData(kind);
    /** Of the kills alone, whose order is always the same; and of everybody else. */
    const [random, dice] = [randomFrom(SEED), randomFrom(SEED + 1)];
    /** On PostgreSQL one goes on while the other is dead. */
    const many = kind === 'postgres' ? 2 : 1;
    const hubs: Program[] = [];
    let world: World;

    beforeAll(async () => {
      const { env } = await data();
      world = await openWorld(env);
      hubs.push(await world.programs.start());
      await world.setUp((hubs[0] as Program).api);
      while (hubs.length < many) hubs.push(await world.programs.start());
      lead();
    }, 120_000);
    afterAll(() => world.close());

    const lead = (): void => world.proxy.route(hubs.map(({ url }) => url));

    /** Hands a task in until it is acknowledged, by whichever hub lives. */
    async function insist(taskId: string): Promise<void> {
      for (;;) {
        const hub = hubs[Math.floor(dice() * hubs.length)];
        if (hub !== undefined && (await world.submit(hub.api, taskId))) return;
        await delay(100);
      }
    }

    /** People decide what stands: most approve, some refuse, some take their own back. */
    async function decideAll(): Promise<boolean> {
      const running = (await world.provider.standing()).filter(({ status }) => status === 'RUNNING');
      for (const { instanceId } of running) {
        const eyes = dice();
        if (eyes < 0.5) continue;
        await world.provider.decide(instanceId, eyes < 0.8 ? 'approve' : eyes < 0.95 ? 'refuse' : 'withdraw');
      }
      return running.length === 0;
    }

    async function killOne(): Promise<void> {
      const [victim] = hubs.splice(Math.floor(random() * hubs.length), 1);
      const sandboxes = victim === undefined ? [] : childrenOf(victim.pid);
      await victim?.end('SIGKILL');
      lead();
      await vi.waitFor(() => expect(sandboxes.filter((pid) => !isGone(pid))).toEqual([]), 10_000);
      hubs.push(await world.programs.start());
      lead();
    }

    async function killAll(submitted: (taskId: string) => void): Promise<void> {
      for (let round = 0; round < ROUNDS; round += 1) {
        for (let task = 0; task < TASKS_A_ROUND; task += 1) {
          submitted(`T-${round}-${task}`);
          await delay(EVERY_MS);
        }
        await delay(random() * 1_000);
        await killOne();
      }
    }

    it(
      `loses nothing and opens nothing twice in ${ROUNDS} rounds`,
      async () => {
        const platform: Promise<void>[] = [];
        const flowing = killAll((taskId) => platform.push(insist(taskId)));
        const over = new AbortController();
        const people = (async () => {
          while (!(await decideAll()) || !over.signal.aborted) await delay(100);
        })();
        await flowing;
        await Promise.all(platform);
        // From now on what stands is all that will, but for what a search still finds out.
        await world.settled(hubs[0]?.api as Client, ROUNDS * TASKS_A_ROUND);
        over.abort();
        await people;
        expect(await world.check(hubs[0]?.api as Client)).toEqual([]);
      },
      120_000 + ROUNDS * 30_000,
    );
  },
);
