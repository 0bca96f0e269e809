import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES } from '../support/databases.ts';
import { useData } from './data.ts';
import type { Point } from './points.ts';
import type { Program } from './program.ts';
import { openWorld } from './world.ts';
import type { World } from './world.ts';

describe.each(DATABASES)('a hub that is killed, on %s', (kind) => {
  const data = useData(kind);
  let world: World;
  let stepTime: () => Promise<void>;
  let hub: Program;
  let tasks = 0;

  beforeAll(async () => {
    const { env, stepTime: step } = await data();
    stepTime = step;
    world = await openWorld(env);
    hub = await world.programs.start();
    world.proxy.route([hub.url]);
    await world.setUp(hub.api);
    // The access token is there from now on.
    const taskId = await submitted();
    await world.becomes(hub.api, taskId, 'pending');
    await world.provider.decide(await world.instanceOf(hub.api, taskId), 'approve');
    await world.becomes(hub.api, taskId, 'approved');
  }, 120_000);
  afterEach(async () => {
    expect(await world.check(hub.api)).toEqual([]);
  }, 60_000);
  afterAll(() => world.close());

  /**
   * What was sent to the embedded database goes down with it: there that point is the one before. Each point on one of the two
   * databases, in turns; with CRASH_POINTS=all (as .ci/run has it) each on both.
   */
  const pointsHere = <T extends string>(points: readonly (readonly [Point, T])[]): (readonly [Point, T])[] =>
    points.filter(([point], index) => {
      const isSent = / (commit|intent) .*was sent$/.test(point);
      if (process.env['CRASH_POINTS'] === 'all' || isSent) return kind === 'postgres' || !isSent;
      return !DATABASES.includes('postgres') || (index % 2 === 0) === (kind === 'embedded');
    });

  const newTask = (): string => `T-${(tasks += 1)}`;

  async function submitted(): Promise<string> {
    const taskId = newTask();
    expect(await world.submit(hub.api, taskId)).toBe(true);
    return taskId;
  }

  /** Waits until it is dead, and starts it again. */
  async function again(): Promise<void> {
    const tooLate = delay(30_000, 'it never came to that point', { ref: false });
    expect(await Promise.race([hub.ended, tooLate])).toBe('SIGKILL');
    await stepTime();
    hub = await world.programs.start();
    world.proxy.route([hub.url]);
  }

  it.each(
    pointsHere([
      ['before a submission is committed', 'T-before'],
      ['when the commit of a submission was sent', 'T-sent'],
      ['after a submission was committed, before its answer', 'T-after'],
    ]),
  )(
    '%s takes the task when it is handed in again, once',
    async (point, taskId) => {
      await hub.arm(point);
      expect(await world.submit(hub.api, taskId)).toBe(false);
      await again();
      expect(await world.submit(hub.api, taskId)).toBe(true);
      await world.becomes(hub.api, taskId, 'pending');
    },
    90_000,
  );

  it.each(
    pointsHere([
      ['before the intent is committed', 'approve'],
      ['when the intent was sent', 'refuse'],
      ['after the intent, before the create call leaves', 'approve'],
      ['when the create call was sent', 'refuse'],
      ['when the create call was answered', 'approve'],
      ['before the link is committed', 'refuse'],
      ['when the commit of the link was sent', 'approve'],
      ['after the link was committed', 'refuse'],
    ]),
  )(
    '%s opens the approval all the same, once',
    async (point, verb) => {
      await hub.arm(point);
      const taskId = await submitted();
      await again();
      await world.provider.decide(await world.instanceOf(hub.api, taskId), verb);
      await world.becomes(hub.api, taskId, verb === 'approve' ? 'approved' : 'rejected');
    },
    90_000,
  );

  it.each(
    pointsHere([
      ['after a callback was verified, before it is committed', 'approve'],
      ['after a callback was committed, before it is acknowledged', 'refuse'],
      ['right after a callback was acknowledged', 'approve'],
      ['before the outcome of a callback is committed', 'refuse'],
      ['when the commit of a callback’s outcome was sent', 'approve'],
      ['in the sync that follows the end', 'refuse'],
    ]),
  )(
    '%s hears of the decision all the same',
    async (point, verb) => {
      const taskId = await submitted();
      const instanceId = await world.instanceOf(hub.api, taskId);
      expect(await world.check(hub.api)).toEqual([]);
      await hub.arm(point);
      await world.provider.decide(instanceId, verb);
      await again();
      await world.becomes(hub.api, taskId, verb === 'approve' ? 'approved' : 'rejected');
    },
    90_000,
  );

  it('in the revoke call goes on until the provider agrees', async () => {
    const taskId = await submitted();
    await world.instanceOf(hub.api, taskId);
    await hub.arm('in the revoke call');
    expect(await hub.api('POST', `/tasks/${taskId}/revoke`, {})).toMatchObject({ status: 202 });
    await again();
    await world.becomes(hub.api, taskId, 'revoked');
  }, 90_000);
});

describe.each(DATABASES)('a hub that is killed in its first start, on %s', (kind) => {
  const data = useData(kind, { empty: true });
  let world: World;
  afterAll(() => world.close());

  it('makes its tables at the next one', async () => {
    const { env } = await data();
    world = await openWorld(env);
    for (const point of ['in the middle of the migration', 'while the queue makes its tables'] as const)
      expect({ point, end: await world.programs.startAndDie(point) }).toEqual({ point, end: 'SIGKILL' });
    // Where several may be: two at the same moment.
    const [hub] = await Promise.all(
      Array.from({ length: kind === 'postgres' ? 2 : 1 }, () => world.programs.start()),
    );
    if (hub === undefined) throw new Error('There is one.');
    world.proxy.route([hub.url]);
    await world.setUp(hub.api);
    expect(await world.submit(hub.api, 'T-1')).toBe(true);
    await world.becomes(hub.api, 'T-1', 'pending');
    expect(await world.check(hub.api)).toEqual([]);
  }, 120_000);
});
