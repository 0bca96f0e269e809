import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callbackStep } from '../../server/channels/verify-callback.ts';
import { createVerify } from '../../server/channels/verify.ts';
import type { VerifyDeps } from '../../server/channels/verify.ts';
import { useDatabase } from '../support/databases.ts';
import { newChannel, startChannels, useSurroundings } from './support.ts';
import type { ChannelsHub, Heard } from './support.ts';

const surroundings = useSurroundings();

describe('verifying a channel', () => {
  const database = useDatabase('embedded');
  let hub: ChannelsHub;
  beforeAll(async () => {
    hub = await startChannels(database(), surroundings());
  });
  afterAll(() => hub.close());
  beforeEach(() => surroundings().control('DELETE', ''));

  let counter = 0;
  const made = async (more: object = {}): Promise<string> => {
    counter += 1;
    const given = { ...newChannel(`Verified ${counter}`, surroundings().base), ...more };
    return (await hub.call('POST', '/channels', given)).body.id;
  };
  const verify = async (id: string): Promise<Heard['body']> =>
    (await hub.call('POST', `/channels/${id}/verify`)).body;
  const step = ({ steps }: Heard['body'], name: string): { ok: boolean; detail: string } | undefined =>
    steps?.find((each) => each.name === name);
  /** The same, where the world is another. */
  const verifyIn = async (id: string, world: Partial<VerifyDeps>): Promise<Heard['body']> => {
    const { knex } = database();
    const deps = {
      knex,
      sandbox: surroundings().sandbox,
      ownOrigins: () => [],
      publicUrl: () => hub.url,
      connectionOf: () => null,
      fetch,
      now: () => Date.now(),
    };
    const verdict = await createVerify({ ...deps, ...world })(await hub.store.get(knex, id));
    return { id, ...verdict };
  };

  it('says that all is well, and counts what it cost', async () => {
    const id = await made({ defaultOriginator: 'user-li' });
    const verdict = await verify(id);
    expect(verdict.steps?.filter(({ ok }) => !ok)).toEqual([]);
    expect(verdict['ok']).toBe(true);
    expect(verdict.steps?.map(({ name }) => name)).toEqual([
      ...['configuration', 'token', 'permission Workflow.Form.Read', 'permission Workflow.Instance.Read'],
      ...[
        'permission Workflow.Instance.Write',
        'permission qyapi_get_member_by_mobile',
        'permission qyapi_get_member',
      ],
      ...['default originator', 'clock', 'callback URL'],
    ]);
    expect((await hub.call('GET', `/channels/${id}`)).body['budget']).toMatchObject({ used: 3 });
  });

  it("says with the provider's words that the secret is wrong, and tries nothing more", async () => {
    const verdict = await verify(await made({ appSecret: 'wrong-secret' }));
    expect(verdict['ok']).toBe(false);
    expect(step(verdict, 'token')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('App Secret') as string,
    });
    expect(verdict.steps?.some(({ name }) => name.startsWith('permission'))).toBe(false);
    expect(JSON.stringify(verdict)).not.toContain('wrong-secret');
  });

  it('says that nobody answers at the base URL', async () => {
    const verdict = await verify(await made({ apiBaseUrl: 'http://127.0.0.1:1/simulator/dingtalk' }));
    expect(step(verdict, 'token')?.ok).toBe(false);
    expect(step(verdict, 'token')?.detail).toContain('127.0.0.1:1');
  });

  it('says what to set when pushes cannot be verified', async () => {
    const verdict = await verify(await made({ token: '' }));
    expect(step(verdict, 'callback URL')).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/aesKey and token/) as string,
    });
  });

  it('says that a provider on the internet cannot call back this machine', async () => {
    for (const apiBaseUrl of ['', 'https://api.dingtalk.io']) {
      const channel = await hub.store.get(database().knex, await made({ apiBaseUrl }));
      for (const publicUrl of [
        'http://127.0.0.1:8787',
        'http://localhost:8787',
        'http://10.1.2.3',
        'http://[::1]:80',
      ]) {
        const look = { publicUrl: () => publicUrl, fetch, now: () => Date.now() };
        expect((await callbackStep(look, channel)).detail, publicUrl).toContain('set PUBLIC_URL');
      }
    }
  });

  it('says how the callback URL answers, unless a push came lately', async () => {
    const id = await made();
    const answering = (status: number): Partial<VerifyDeps> => ({
      fetch: () => Promise.resolve(new Response('', { status })),
    });
    expect(step(await verifyIn(id, answering(404)), 'callback URL')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('answers 404') as string,
    });
    expect(step(await verifyIn(id, answering(302)), 'callback URL')?.detail).toContain('redirects');
    const unreachable = {
      fetch: () => Promise.reject(new TypeError('fetch failed', { cause: new Error('ENOTFOUND') })),
    };
    expect(step(await verifyIn(id, unreachable), 'callback URL')?.detail).toContain('ENOTFOUND');
    await database().knex('channels').where({ id }).update({ last_callback_at: new Date() });
    expect(step(await verifyIn(id, unreachable), 'callback URL')?.ok).toBe(true);
  });

  it('says that the clock is wrong', async () => {
    const verdict = await verifyIn(await made(), { now: () => Date.now() + 120_000 });
    expect(step(verdict, 'clock')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('ahead of') as string,
    });
  });
});
