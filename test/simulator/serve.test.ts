import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveSimulators } from '../../server/simulator/serve.ts';
import { listen, textLike } from './support.ts';

describe('countersign simulator', () => {
  it('listens on loopback, shows the page from its root, and closes although a call is under way', async () => {
    const served = await serveSimulators({ port: 0 });
    expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const page = await fetch(served.url);
    expect(page.url).toBe(`${served.url}/simulator/dingtalk/`);
    expect(await page.text()).toContain('<title>DingTalk simulator</title>');
    const faults = JSON.stringify({ latencyMs: 60_000 });
    await fetch(`${served.url}/simulator/dingtalk/_control/faults`, { method: 'PUT', body: faults });
    const slow = fetch(`${served.url}/simulator/dingtalk/gettoken?appkey=ding-demo&appsecret=demo-secret`);
    await new Promise(setImmediate);
    await served.close();
    await slow.catch((error: unknown) => error); // answered or refused: either way the server is gone
    await expect(fetch(served.url)).rejects.toThrow('fetch failed');
  });

  it('tells the person at the terminal what happens, with the time of day', async () => {
    const lines: string[] = [];
    const served = await serveSimulators({ port: 0, log: (line) => lines.push(line) });
    onTestFinished(() => served.close());
    const body = JSON.stringify({ appKey: 'ding-mine', appSecret: 'not-for-the-log' });
    await fetch(`${served.url}/simulator/dingtalk/_control/apps`, { method: 'POST', body });
    expect(lines).toEqual([textLike(/^\d\d:\d\d:\d\d app ding-mine registered, without a callbackUrl/)]);
  });

  it('says what to do when the port is taken', async () => {
    const taken = new URL(await listen(createServer()));
    await expect(serveSimulators({ port: Number(taken.port) })).rejects.toThrow(
      `port ${taken.port} on 127.0.0.1 is in use: an earlier simulator may still run there. End it, or choose another port (--port 0 takes any free one)`,
    );
  });
});
