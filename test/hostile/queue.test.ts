import { describe, expect, it } from 'vitest';
import { httpServer } from '../sandbox/egress-servers.ts';
import { QUIET, startEngine, until } from './engine.ts';

const wait = (ms: number): string => `await new Promise((done) => setTimeout(done, ${ms})); ${QUIET}`;

describe('a flood of runs', () => {
  it('beyond the queue is told to come again, and nothing of it runs', async () => {
    const { run, sandbox } = await startEngine({ runsPerChild: 1, queue: 2 });
    const ends = await Promise.all(
      Array.from({ length: 6 }, (_, i) => run(wait(50), { key: `mapping-${i}` })),
    );
    expect(ends.map(({ code }) => code)).toEqual([
      'ok',
      'ok',
      'ok',
      'SANDBOX_BUSY',
      'SANDBOX_BUSY',
      'SANDBOX_BUSY',
    ]);
    expect(ends[5]?.message).toContain('try again');
    expect(sandbox.stats()).toMatchObject({ queued: 0, running: 0, failures: { SANDBOX_BUSY: 3 } });
  });

  it.each([
    ['of runs that wait', wait(30)],
    ['of endless loops', 'while (true);'],
    ['of broken scripts', '}) ; ('],
  ])('of one mapping %s hardly delays the single run of another', async (_what, source) => {
    const { run } = await startEngine({ runsPerChild: 4 });
    let ended = 0;
    const flood = Array.from({ length: 60 }, async () => {
      await run(source, { key: 'flood', limits: { cpuMs: 20 } });
      ended += 1;
    });
    const before = await run(QUIET, { key: 'single' }).then(() => ended);
    await Promise.all(flood);
    expect(before).toBeLessThanOrEqual(12);
    expect(ended).toBe(60);
  });
});

describe('a run that nobody wants any more', () => {
  it.each([
    ['while it waits for a timer', wait(4_000)],
    ['while it waits for a reply', "await fetch('ORIGIN/never')"],
    ['while it loops', 'while (true);'],
    ['while V8 cannot be stopped', 'new Array(2 ** 32 - 1).fill(0)'],
    ['while it floods with microtasks', 'while (true) await null'],
  ])('ends at once %s, and its place is free again', async (_when, source) => {
    const { run, sandbox } = await startEngine({ runsPerChild: 1, spares: 0 });
    const server = await httpServer((request, response) => {
      if (request.url !== '/never') response.end('ok');
    });
    const abort = new AbortController();
    const cancelled = run(
      `await fetch('${server.origin}/here'); ${source.replace('ORIGIN', server.origin)}`,
      { signal: abort.signal, channel: { allowedHosts: [server.host] }, limits: { cpuMs: 4_000 } },
    );
    await until(() => server.seen.some(({ url }) => url === '/here'));
    // Nothing tells from outside that a loop has begun; a moment after the reply it has.
    await new Promise((next) => setTimeout(next, 100));
    const next = run(QUIET, { key: 'next' });
    abort.abort();
    expect(await cancelled).toMatchObject({ code: 'SCRIPT_TIMEOUT', message: 'The run was cancelled.' });
    expect(await next).toMatchObject({ code: 'ok' });
    expect(sandbox.stats()).toMatchObject({ cancelled: 1, running: 0, queued: 0 });
  });

  it('never starts when it was cancelled before its turn, and what it had posted is told after', async () => {
    const { run, sandbox } = await startEngine({ runsPerChild: 1 });
    const server = await httpServer();
    const abort = new AbortController();
    const [first, second, third] = [1, 2, 3].map((i) =>
      run(`await fetch('${server.origin}/${i}', { method: 'POST' }); ${wait(4_000)}`, {
        signal: abort.signal,
        channel: { allowedHosts: [server.host] },
      }),
    );
    await until(() => server.seen.length === 1);
    abort.abort();
    expect((await first)?.execution.error).toMatchObject({
      code: 'SCRIPT_TIMEOUT',
      alreadySent: [`POST ${server.origin}/1`],
    });
    expect(await second).toMatchObject({ code: 'SCRIPT_TIMEOUT', execution: { http: [] } });
    expect(await third).toMatchObject({ code: 'SCRIPT_TIMEOUT', execution: { http: [] } });
    expect(await run(QUIET, { signal: abort.signal })).toMatchObject({ code: 'SCRIPT_TIMEOUT' });
    expect(server.seen).toHaveLength(1);
    expect(sandbox.stats()).toMatchObject({ running: 0, queued: 0 });
  });

  it('ends at once too while it waits for a process of its own', async () => {
    const { run, sandbox } = await startEngine();
    const abort = new AbortController();
    const both = Promise.all([1, 2].map((i) => run(wait(4_000), { key: `${i}`, signal: abort.signal })));
    const [child] = sandbox.stats().children;
    process.kill(child?.pid ?? 0, 'SIGKILL');
    await until(() => sandbox.stats().reruns === 2);
    abort.abort();
    expect(await both).toMatchObject([
      { message: 'The run was cancelled.' },
      { message: 'The run was cancelled.' },
    ]);
    expect(sandbox.stats()).toMatchObject({ cancelled: 2, running: 0, queued: 0 });
    expect(await run(QUIET)).toMatchObject({ code: 'ok' });
  });
});

describe('the end of the sandbox', () => {
  it('answers every run, under way, waiting or late, and says what was sent', async () => {
    const { run, sandbox } = await startEngine({ runsPerChild: 2 });
    const server = await httpServer();
    const ends = [
      run(`await fetch('${server.origin}/p', { method: 'POST' }); ${wait(4_000)}`, {
        channel: { allowedHosts: [server.host] },
      }),
      run('new Array(2 ** 32 - 1).fill(0)', { key: 'hanging' }),
      run(QUIET, { key: 'waiting' }),
      run(QUIET, { key: 'waiting' }),
    ];
    await until(() => server.seen.length === 1);
    sandbox.close();
    ends.push(run(QUIET));
    const told = await Promise.all(ends);
    expect(told[0]?.execution.error?.alreadySent).toEqual([`POST ${server.origin}/p`]);
    expect(told.map(({ code }) => code)).toEqual(Array(5).fill('SANDBOX_BUSY'));
    await until(() => sandbox.stats().children.length === 0);
  });

  it('answers those too that wait for a process of their own', async () => {
    const { run, sandbox } = await startEngine();
    const both = Promise.all([1, 2].map((i) => run(wait(4_000), { key: `${i}` })));
    process.kill(sandbox.stats().children[0]?.pid ?? 0, 'SIGKILL');
    await until(() => sandbox.stats().reruns === 2);
    sandbox.close();
    expect(await both).toMatchObject([{ code: 'SANDBOX_BUSY' }, { code: 'SANDBOX_BUSY' }]);
  });
});

describe('a channel whose settings are wrong', () => {
  it('is told so itself, even when its run had to wait; nobody else notices', async () => {
    const { run, sandbox } = await startEngine({ runsPerChild: 1 });
    const busy = run(wait(50), { key: 'busy' });
    const wrong = run(QUIET, { key: 'wrong', channel: { apiBaseUrl: 'not a URL' } });
    const next = run(QUIET, { key: 'next' });
    await expect(wrong).rejects.toThrow('API base URL "not a URL"');
    expect(await Promise.all([busy, next])).toMatchObject([{ code: 'ok' }, { code: 'ok' }]);
    expect(sandbox.stats()).toMatchObject({ running: 0, queued: 0 });
  });
});
