import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { taskIdIn } from '../crash/provider.ts';
import type { Program } from '../crash/program.ts';
import { openWorld } from '../crash/world.ts';
import type { World } from '../crash/world.ts';
import { DATABASES, usePostgres } from '../support/databases.ts';
import { openDatabaseProxy } from '../support/database-proxy.ts';
import type { DatabaseProxy } from '../support/database-proxy.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };

/** One event as the provider's journal has it. */
interface Sent {
  readonly subject: string;
  readonly outcome: string;
  readonly detail: string;
}

describe.runIf(DATABASES.includes('postgres'))(
  'events over connections, with two hubs on one database',
  () => {
    const made = usePostgres();
    let databaseProxy: DatabaseProxy;
    let world: World;
    let hubs: [Program, Program];
    let tasks = 0;

    beforeAll(async () => {
      databaseProxy = await openDatabaseProxy(new URL(made().url ?? ''));
      world = await openWorld({ DATABASE_URL: databaseProxy.url });
      hubs = [await world.programs.start(), await world.programs.start()];
      await world.setUp(hubs[0].api);
      const { body } = await hubs[0].api('GET', '/channels');
      const [channel] = (body as { items: { id: string }[] }).items;
      const persistent = { callbackType: 'persistent', token: '', aesKey: '' };
      await hubs[0].api('PATCH', `/channels/${channel?.id ?? ''}`, persistent);
      await world.provider.control('POST', '/apps', { appKey: 'ding-demo', appSecret: 'demo-secret' });
      await held(2);
    }, 120_000);
    afterAll(async () => {
      await world.close();
      await databaseProxy.close();
    });

    /** Waits until the provider sees so many connections that it gives events. */
    async function held(many: number): Promise<void> {
      await vi.waitFor(async () => {
        const { body } = await world.provider.control('GET', '/connections');
        const open = (body as { items: { state: string }[] }).items.filter(({ state }) => state === 'open');
        expect(open).toHaveLength(many);
      }, PATIENCE);
    }
    async function pending(): Promise<{ taskId: string; instanceId: string }> {
      const taskId = `T-${(tasks += 1)}`;
      expect(await world.submit(hubs[0].api, taskId)).toBe(true);
      return { taskId, instanceId: await world.instanceOf(hubs[0].api, taskId) };
    }
    /** What became of the newest events at the provider. */
    async function sent(instanceIds: readonly string[]): Promise<Sent[]> {
      const { body } = await world.provider.control('GET', '/board');
      return (body as { events: Sent[] }).events.filter(({ subject }) => instanceIds.includes(subject));
    }

    /** Waits until all four events of a decided task are there, each once, and decided on; one approval stands for it. */
    async function isWhole(taskId: string): Promise<void> {
      await vi.waitFor(async () => {
        const { body } = await hubs[0].api('GET', `/events?taskId=${taskId}`);
        const outcomes = (body as { items: { outcome: string }[] }).items.map(({ outcome }) => outcome);
        expect(outcomes.filter((outcome) => ['applied', 'unchanged'].includes(outcome))).toHaveLength(4);
        expect(outcomes).toHaveLength(4);
      }, PATIENCE);
      const standing = (await world.provider.standing()).filter((each) => taskIdIn(each) === taskId);
      expect(standing).toHaveLength(1);
    }

    it('loses none and keeps each once: doubled, rotated, cut, and a process killed', async () => {
      const all = await Promise.all(Array.from({ length: 8 }, pending));
      await world.provider.control('PUT', '/faults', { duplicateEvents: true });
      for (const [n, { instanceId }] of all.entries()) {
        if (n === 2) await world.provider.control('POST', '/connections/rotate', {});
        if (n === 4) await hubs[1].end('SIGKILL');
        if (n === 6) await world.provider.control('POST', '/connections/cut', {});
        await world.provider.decide(instanceId, 'approve');
      }
      for (const { taskId } of all) await world.becomes(hubs[0].api, taskId, 'approved');
      await vi.waitFor(async () => {
        const outcomes = await sent(all.map(({ instanceId }) => instanceId));
        expect(outcomes.filter(({ outcome }) => outcome !== 'delivered')).toEqual([]);
      }, PATIENCE);
      await world.provider.control('PUT', '/faults', {});
      for (const { taskId } of all) await isWhole(taskId);
      hubs[1] = await world.programs.start();
      await held(2);
    }, 180_000);

    it('puts them off while the database is away, and takes them when it is back', async () => {
      const { taskId, instanceId } = await pending();
      await vi.waitFor(async () => {
        const before = await sent([instanceId]);
        expect(before.every(({ outcome }) => outcome === 'delivered')).toBe(true);
      }, PATIENCE);
      await databaseProxy.cut();
      await world.provider.decide(instanceId, 'approve');
      await vi.waitFor(async () => {
        const putOff = (await sent([instanceId])).filter(({ detail }) => detail === 'acknowledged as LATER');
        expect(putOff.length).toBeGreaterThan(0);
      }, PATIENCE);
      await databaseProxy.mend();
      await world.becomes(hubs[0].api, taskId, 'approved');
      await isWhole(taskId);
      await held(2);
    }, 120_000);

    it('are let through to their end when a hub is told to end', async () => {
      const { taskId, instanceId } = await pending();
      await world.provider.decide(instanceId, 'refuse');
      expect(await hubs[1].end('SIGTERM')).toBe(0);
      await world.becomes(hubs[0].api, taskId, 'rejected');
      await held(1);
      await isWhole(taskId);
    }, 90_000);
  },
);
