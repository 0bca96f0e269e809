import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { serveSimulators } from '../../server/simulator/serve.ts';
import { listen } from './support.ts';

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

  it('says what to do when the port is taken', async () => {
    const taken = new URL(await listen(createServer()));
    await expect(serveSimulators({ port: Number(taken.port) })).rejects.toThrow(
      `port ${taken.port} on 127.0.0.1 is in use: stop what listens there, or choose another with --port`,
    );
  });
});
