import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { programsWith } from '../crash/program.ts';
import type { Programs } from '../crash/program.ts';
import { openWorld } from '../crash/world.ts';
import type { World } from '../crash/world.ts';
import type { Program } from '../crash/program.ts';
import { useFolder } from '../db/support.ts';
import { openDatabaseProxy } from '../support/database-proxy.ts';
import type { DatabaseProxy } from '../support/database-proxy.ts';
import { DATABASES, prepareDataDir, usePostgres } from '../support/databases.ts';
import { useData } from '../crash/data.ts';
import type { Answered } from '../support/hub.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };

describe.runIf(DATABASES.includes('postgres'))('when PostgreSQL goes away', () => {
  const made = usePostgres();
  let proxy: DatabaseProxy;
  let world: World;
  let hub: Program;
  let tasks = 0;

  beforeAll(async () => {
    proxy = await openDatabaseProxy(new URL(made().url ?? ''));
    world = await openWorld({ DATABASE_URL: proxy.url });
    hub = await world.programs.start();
    world.proxy.route([hub.url]);
    await world.setUp(hub.api);
  }, 120_000);
  afterEach(() => proxy.mend());
  afterAll(async () => {
    await world.close();
    await proxy.close();
  });

  const newTask = (): string => `T-${(tasks += 1)}`;

  const statusAt = async (path: string): Promise<number> => (await fetch(hub.url + path)).status;

  const refused = async (asked: Promise<Answered>): Promise<void> => {
    const { status, body, headers } = await asked;
    expect({ status, body }).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  };

  it.each([
    ['is cut off', () => proxy.cut(), 'at once'],
    ['hangs', () => proxy.swallow(), 'in the end'],
  ] as const)(
    'and %s: refuses tasks and callbacks, lives, and goes on when it is back',
    async (_, breaks, when) => {
      const taskId = newTask();
      expect(await world.submit(hub.api, taskId)).toBe(true);
      const instanceId = await world.instanceOf(hub.api, taskId);
      expect(await world.check(hub.api)).toEqual([]);
      const before = world.proxy.pushed.length;

      await breaks();
      const body = { taskId: newTask(), taskType: 'SQL task', variables: {} };
      const asked = Promise.all([
        refused(hub.api('POST', '/tasks', body)),
        refused(hub.api('GET', '/tasks')),
      ]);
      if (when === 'at once') await asked;
      await world.provider.decide(instanceId, 'approve');
      await vi.waitFor(() => expect(world.proxy.pushed.length).toBeGreaterThan(before), PATIENCE);
      expect(world.proxy.pushed.slice(before).filter(({ status }) => status === 200)).toEqual([]);
      expect([await statusAt('/healthz'), await statusAt('/readyz')]).toEqual([200, 503]);

      await proxy.mend();
      await asked;
      await vi.waitFor(async () => expect(await statusAt('/readyz')).toBe(200), PATIENCE);
      await world.becomes(hub.api, taskId, 'approved');
      const later = newTask();
      expect(await world.submit(hub.api, later)).toBe(true);
      await world.becomes(hub.api, later, 'pending');
    },
    120_000,
  );

  it('between a submission’s commit and its answer: the same submission is answered with the task', async () => {
    const body = { taskId: newTask(), taskType: 'SQL task', variables: {} };
    proxy.loseCommits(1, /insert into "?tasks"?\b/);
    const first = await hub.api('POST', '/tasks', body);
    expect(first).toMatchObject({ status: 503 });
    expect(proxy.commitsToLose).toBe(0);
    expect(await hub.api('POST', '/tasks', body)).toMatchObject({
      status: 200,
      body: { taskId: body.taskId },
    });
  }, 90_000);

  it('at commit after commit: every task stands once and ends right', async () => {
    const taskIds = Array.from({ length: 4 }, newTask);
    proxy.loseCommits(25);
    for (const taskId of taskIds)
      await vi.waitFor(async () => expect(await world.submit(hub.api, taskId)).toBe(true), PATIENCE);
    for (const taskId of taskIds)
      await world.provider.decide(await world.instanceOf(hub.api, taskId), 'refuse');
    for (const taskId of taskIds) await world.becomes(hub.api, taskId, 'rejected');
    proxy.loseCommits(0);
    expect(await world.check(hub.api)).toEqual([]);
  }, 120_000);
});

describe.each(DATABASES)('a hub that is told to end in the middle of its work, on %s', (kind) => {
  const data = useData(kind);
  let world: World;
  afterAll(() => world.close());

  it('ends with 0, and the next one goes on with everything at once', async () => {
    world = await openWorld((await data()).env);
    let hub = await world.programs.start();
    world.proxy.route([hub.url]);
    await world.setUp(hub.api);
    await world.provider.control('PUT', '/faults', { latencyMs: 400 });
    const taskIds = Array.from({ length: 5 }, (_, index) => `T-${index}`);
    for (const taskId of taskIds) expect(await world.submit(hub.api, taskId)).toBe(true);
    expect(await hub.end('SIGTERM')).toBe(0);
    await world.provider.control('PUT', '/faults', {});
    hub = await world.programs.start();
    world.proxy.route([hub.url]);
    for (const taskId of taskIds) await world.becomes(hub.api, taskId, 'pending');
    expect(await world.check(hub.api)).toEqual([]);
  }, 120_000);
});

describe('the embedded database', () => {
  const folder = useFolder();
  const ends: Programs[] = [];
  afterAll(() => Promise.all(ends.map((programs) => programs.endAll())));

  async function directory(): Promise<{ DATA_DIR: string; programs: Programs }> {
    const DATA_DIR = await prepareDataDir(folder());
    const programs = programsWith({ DATA_DIR, SIMULATOR: 'off', ADMIN_TOKEN: 'a-token-for-this-test' });
    ends.push(programs);
    return { DATA_DIR, programs };
  }

  it('is refused to a second server, in one line and with exit code 2', async () => {
    const { DATA_DIR, programs } = await directory();
    const first = await programs.start();
    const command = fileURLToPath(new URL('../../server/countersign.js', import.meta.url));
    const second = spawn(process.execPath, [command, 'start'], {
      env: { PATH: process.env['PATH'], DATA_DIR, PORT: '0', LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [second.stdout, second.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [code] = (await once(second, 'close')) as [number];
    expect({ code, said: said.trim().split('\n').at(-1) }).toEqual({
      code: 2,
      said: expect.stringMatching(/^countersign: .*in use by another Countersign process/) as string,
    });
    expect((await fetch(`${first.url}/healthz`)).status).toBe(200);
  }, 90_000);

  it('is open again soon after its server was killed', async () => {
    const { programs } = await directory();
    await (await programs.start()).end('SIGKILL');
    const { cpuMs } = await programs.start();
    // Counted in work, not in time: the machine may have other things to do.
    expect(cpuMs).toBeLessThan(5_000);
  }, 90_000);
});
