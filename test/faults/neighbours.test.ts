import { describe, expect, it } from 'vitest';
import { httpServer } from '../sandbox/egress-servers.ts';
import type { TestServer } from '../sandbox/egress-servers.ts';
import { QUIET, startEngine, until } from '../hostile/engine.ts';
import type { End, Engine } from '../hostile/engine.ts';

/** V8 runs this to its end whatever its time limit says. */
const HANG = 'new Array(2 ** 32 - 1).fill(0)';

/** Ends the process in which scripts run, as the kernel or an operator might. */
function killBusyChild({ sandbox }: Engine): void {
  const busy = sandbox.stats().children.find(({ running }) => running > 0);
  if (busy === undefined) throw new Error('no child runs anything');
  process.kill(busy.pid, 'SIGKILL');
}

/** A server at which a script tells how far it got; GET /hold is never answered the first time. */
async function meetingPoint(): Promise<TestServer> {
  let held = false;
  return httpServer((request, response) => {
    if (request.url === '/hold' && !held) held = true;
    else response.end('ok');
  });
}

/** One run that only reads, one that has already posted: both wait in the same child. */
async function twoInnocents(
  engine: Engine,
  server: TestServer,
): Promise<{ reader: Promise<End>; writer: Promise<End> }> {
  const channel = { allowedHosts: [server.host] };
  const reader = engine.run(`console.log('once'); await fetch('${server.origin}/hold'); ${QUIET}`, {
    key: 'reader',
    channel,
  });
  const writer = engine.run(
    `console.log('posting'); await fetch('${server.origin}/post', { method: 'POST', body: 'x' });
     await new Promise((done) => setTimeout(done, 4000)); ${QUIET}`,
    { key: 'writer', channel },
  );
  await until(
    () => server.seen.some(({ url }) => url === '/hold') && server.seen.some(({ url }) => url === '/post'),
  );
  return { reader, writer };
}

async function expectInnocentsUnharmed(
  server: TestServer,
  { reader, writer }: { reader: Promise<End>; writer: Promise<End> },
): Promise<void> {
  const [read, wrote] = await Promise.all([reader, writer]);
  expect(read).toMatchObject({ code: 'ok', logs: ['once'], execution: { http: [{ status: 200 }] } });
  expect(wrote).toMatchObject({
    code: 'SANDBOX_CRASHED',
    logs: ['posting'],
    execution: { error: { alreadySent: [`POST ${server.origin}/post`] }, http: [{ method: 'POST' }] },
  });
  expect(wrote.message).toContain(`POST ${server.origin}/post`);
  expect(server.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
}

async function expectHealthy(engine: Engine, children: number): Promise<void> {
  await until(() => engine.sandbox.stats().children.length === children);
  expect(engine.sandbox.fault).toBeUndefined();
  expect(await engine.run(QUIET)).toMatchObject({ code: 'ok' });
}

describe('a script whose process has to be killed', () => {
  it('is the one to blame when it hangs; the others run again unseen, unless they have changed something', async () => {
    const engine = await startEngine();
    const server = await meetingPoint();
    const innocents = await twoInnocents(engine, server);
    expect(await engine.run(HANG, { limits: { cpuMs: 50 } })).toMatchObject({ code: 'SCRIPT_TIMEOUT' });
    await expectInnocentsUnharmed(server, innocents);
    await expectHealthy(engine, 2);
  });

  it('is found out when nobody knows who it was: each runs alone', async () => {
    const engine = await startEngine();
    const server = await meetingPoint();
    const innocents = await twoInnocents(engine, server);
    killBusyChild(engine);
    await expectInnocentsUnharmed(server, innocents);
    await expectHealthy(engine, 2);
  });

  it('is told of its memory when it passed the cap on its process, and nobody else is', async () => {
    const engine = await startEngine({ residentMiB: 160 });
    const server = await meetingPoint();
    const innocents = await twoInnocents(engine, server);
    const hog = `const a = []; for (let i = 0; i < 300; i++) a.push(new Uint8Array(1 << 20).fill(1)); await new Promise((done) => setTimeout(done, 3000)); ${QUIET}`;
    const guilty = await engine.run(hog, { limits: { memoryMiB: 512, cpuMs: 3_000 } });
    expect(guilty).toMatchObject({ code: 'SCRIPT_MEMORY' });
    await expectInnocentsUnharmed(server, innocents);
    await expectHealthy(engine, 2);
  });

  it('cannot take the same neighbour down again and again: that one gets a process of its own', async () => {
    const engine = await startEngine();
    const neighbour = engine.run(`await new Promise((done) => setTimeout(done, 2500)); ${QUIET}`, {
      key: 'neighbour',
    });
    for (let i = 0; i < 3; i++) {
      expect(await engine.run(HANG, { key: `attacker-${i}`, limits: { cpuMs: 50 } })).toMatchObject({
        code: 'SCRIPT_TIMEOUT',
      });
    }
    expect(await neighbour).toMatchObject({ code: 'ok' });
    expect(engine.sandbox.stats().reruns).toBe(2);
  });

  it('is not blamed for a process that was dying when it came', async () => {
    const engine = await startEngine();
    await until(() => engine.sandbox.stats().children.length === 2);
    for (const { pid } of engine.sandbox.stats().children) process.kill(pid, 'SIGKILL');
    expect(await engine.run(QUIET)).toMatchObject({ code: 'ok' });
  });

  it("is not blamed for the time that another mapping's endless loops took", async () => {
    const engine = await startEngine({ children: 2, spares: 0 });
    const loops = Array.from({ length: 24 }, () => engine.run('while (true);', { limits: { cpuMs: 400 } }));
    const honest = `let x = 0; for (let i = 0; i < 15e6; i++) x = (x * 31 + i) | 0; ${QUIET}`;
    const limits = { cpuMs: 400, wallMs: 20_000 };
    expect(await engine.run(honest, { key: 'honest', limits })).toMatchObject({ code: 'ok' });
    await Promise.all(loops);
  });

  it('is not blamed for the time in which another one kept the process busy', async () => {
    const engine = await startEngine();
    const server = await httpServer();
    const innocent = engine.run(
      `await fetch('${server.origin}/'); const from = Date.now(); while (Date.now() - from < 150); ${QUIET}`,
      { key: 'innocent', channel: { allowedHosts: [server.host] } },
    );
    await until(() => server.seen.length > 0);
    // The reading of this text takes the child two seconds and more.
    await engine.run(`/${'(?<n>a)|'.repeat(20_000)}/`);
    expect(await innocent).toMatchObject({ code: 'ok' });
  });
});

describe('the process that supervises', () => {
  it('blames nobody for the time in which it stood still itself', async () => {
    const engine = await startEngine();
    const server = await httpServer();
    const channel = { allowedHosts: [server.host] };
    const waiting = engine.run(
      `fetch('${server.origin}/').catch(() => {}); await new Promise((done) => setTimeout(done, 5500)); ${QUIET}`,
      { channel, limits: { wallMs: 10_000 } },
    );
    const short = engine.run(
      `fetch('${server.origin}/').catch(() => {}); await new Promise((done) => setTimeout(done, 100)); ${QUIET}`,
      { channel, limits: { wallMs: 1_000 } },
    );
    await until(() => server.seen.length === 2);
    const until5200 = performance.now() + 5_200;
    while (performance.now() < until5200);
    expect(await short).toMatchObject({ code: 'ok' });
    expect(await waiting).toMatchObject({ code: 'ok' });
    expect(engine.sandbox.stats()).toMatchObject({ reruns: 0, childEnds: {} });
  });
});
