import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { startHub } from '../../server/hub.ts';
import type { Hub } from '../../server/hub.ts';
import { createLog } from '../../server/log.ts';
import { ADMIN_TOKEN, clientOf, SHORT_WAITS } from '../support/hub.ts';

/** A GET with headers of its own, `Host` among them, which fetch does not let one set. */
function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('a first start, as a newcomer has it', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-first-'));
  let hub: Hub;
  beforeAll(async () => {
    const config = readConfig({ PORT: '0', DATA_DIR: dataDir, ADMIN_TOKEN });
    hub = await startHub({ config, log: createLog('silent'), waits: SHORT_WAITS });
  }, 120_000);
  afterAll(async () => {
    await hub.close(5_000);
    rmSync(dataDir, { recursive: true });
  }, 60_000);

  it('has a demo that takes tasks, and prints a link to sign in once', async () => {
    const api = clientOf(`${hub.url}/api/v1`);
    expect(hub.signInLink).toMatch(/\/sign-in\/link\/[\w-]{43}$/);
    const { body } = await api('GET', '/bindings');
    expect((body as { items: unknown[] }).items).toHaveLength(8);
    const task = { taskId: 'T-1', taskType: 'Data export', variables: {} };
    expect(await api('POST', '/tasks', task)).toMatchObject({ status: 202 });
    await vi.waitFor(
      async () => expect(await api('GET', '/tasks/T-1')).toMatchObject({ body: { status: 'pending' } }),
      { timeout: 20_000, interval: 100 },
    );
  });

  it('asks a person at a browser to sign in', async () => {
    const page = await fetch(hub.url, { headers: { 'accept-language': 'zh-CN' } });
    expect(page.url).toBe(`${hub.url}/sign-in`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('登录');
  });

  it('lets nobody decide approvals in its simulator through a reverse proxy on the same machine', async () => {
    const instances = `${hub.url}/simulator/dingtalk/_control/instances`;
    expect(await statusOf(instances, {})).toBe(200);
    expect(await statusOf(instances, { host: 'hub.example.com' })).toBe(403);
    expect(await statusOf(instances, { 'x-forwarded-for': '203.0.113.9' })).toBe(403);
  });

  it('refuses to move a channel with open approvals to another address', async () => {
    const api = clientOf(`${hub.url}/api/v1`);
    const { body } = await api('GET', '/channels');
    const [channel] = (body as { items: { id: string; name: string }[] }).items;
    const path = `/channels/${channel?.id ?? ''}`;
    const moved = await api('PATCH', path, { apiBaseUrl: 'https://elsewhere.example/dingtalk' });
    expect(moved).toMatchObject({ status: 409, body: { code: 'IN_USE', errors: [{ path: 'apiBaseUrl' }] } });
    expect(await api('PATCH', path, { name: 'Another name' })).toMatchObject({ status: 200 });
  });

  it('finishes a running script test when it is told to stop', async () => {
    const api = clientOf(`${hub.url}/api/v1`);
    const { body } = await api('GET', '/mappings');
    const [mapping] = (body as { items: { id: string }[] }).items;
    const source = 'await new Promise((done) => setTimeout(done, 1_500));\nreturn { revoked: true };';
    const test = { source, approvalInstanceId: 'x', accessToken: 'y' };
    const running = api('POST', `/mappings/${mapping?.id ?? ''}/test/revoke`, test);
    await vi.waitFor(async () => {
      const text = await (await fetch(`${hub.url}/metrics`)).text();
      expect(text).toMatch(/^countersign_sandbox_running 1$/m);
    }, 10_000);
    await hub.close(10_000);
    expect(await running).toMatchObject({ status: 200, body: { ok: true } });
  });
});
