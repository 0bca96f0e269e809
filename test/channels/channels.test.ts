import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../server/ids.ts';
import { insertExecution } from '../db/rows.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { AES_KEY, newChannel, startChannels, useSurroundings } from './support.ts';
import type { ChannelsHub, Heard } from './support.ts';

const surroundings = useSurroundings();

describe.each(DATABASES)('channels on %s', (kind) => {
  const database = useDatabase(kind);
  let hub: ChannelsHub;
  beforeAll(async () => {
    hub = await startChannels(database(), surroundings());
  });
  afterAll(() => hub.close());

  let counter = 0;
  const made = async (more: object = {}): Promise<Heard['body']> => {
    counter += 1;
    const { status, body } = await hub.call('POST', '/channels', {
      ...newChannel(`Channel ${counter}`),
      ...more,
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return body;
  };
  const rowOf = async (id: string): Promise<Record<string, unknown>> =>
    (await database().knex('channels').where({ id }).first()) as never;
  const errorsOf = ({ body }: Heard): string[] => (body.errors ?? []).map(({ path }) => path);

  it('are made, with the URL to call back and nothing secret to read', async () => {
    const body = await made({ corpId: 'dingcorp', apiBaseUrl: surroundings().base });
    expect(body).toMatchObject({
      ...{ type: 'dingtalk', appId: 'ding-demo', corpId: 'dingcorp', apiBaseUrl: surroundings().base },
      ...{ appSecret: '••••et', token: '••••en', aesKey: '••••23', encryptKey: '', verificationToken: '' },
      ...{
        callbackUrl: `${hub.url}/callbacks/${body.id}`,
        callbackType: 'webhook',
        paused: false,
        monthlyCalls: 5000,
      },
      ...{ accessTokenUntil: null, lastCallbackAt: null, lastError: null },
      budget: { limit: 5000, used: 0, pollLimit: 2500, polled: 0 },
    });
    expect((await hub.call('GET', `/channels/${body.id}`, undefined, 'viewer')).body).toEqual(body);
  });

  it('keep their secrets encrypted, and give them to the hub itself', async () => {
    const { id } = await made();
    expect(JSON.stringify(await rowOf(id))).not.toContain('demo-secret');
    const channel = await hub.store.get(database().knex, id);
    expect(channel.stage).toMatchObject({ appSecret: 'demo-secret', otherSecrets: ['hubtoken', AES_KEY] });
    expect(channel.callbackKeys).toMatchObject({ token: 'hubtoken', aesKey: AES_KEY, appId: 'ding-demo' });
  });

  it('never write a secret into the audit record, and say who did what', async () => {
    const { id } = await made();
    await hub.call('PATCH', `/channels/${id}`, {
      appSecret: 'quite-another-one',
      defaultOriginator: 'user-li',
    });
    const audit = await database().knex('audit').where({ object_id: id }).orderBy('id');
    expect(audit.map(({ action, by }) => [action, by])).toEqual([
      ['create', 'the admin'],
      ['update', 'the admin'],
    ]);
    expect(audit[1]).toMatchObject({
      before: { appSecret: '••••et', defaultOriginator: '' },
      after: { appSecret: '••••ne', defaultOriginator: 'user-li', changedSecrets: ['appSecret'] },
    });
    expect(JSON.stringify(audit)).not.toMatch(/demo-secret|quite-another-one|hubtoken/);
  });

  it('are changed in part: what is left out, or sent back as it was shown, stays', async () => {
    const { id, ...shown } = await made({ defaultOriginator: 'user-li', allowedHosts: ['cmdb.example.com'] });
    const writable = ['name', 'appSecret', 'token', 'aesKey', 'encryptKey', 'allowedHosts'];
    const sentBack = Object.fromEntries(writable.map((key) => [key, shown[key]]));
    const { status, body } = await hub.call('PATCH', `/channels/${id}`, { ...sentBack, corpId: 'c' });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({
      corpId: 'c',
      defaultOriginator: 'user-li',
      allowedHosts: ['cmdb.example.com'],
    });
    const { stage, callbackKeys } = await hub.store.get(database().knex, id);
    expect([stage.appSecret, callbackKeys.token, callbackKeys.aesKey]).toEqual([
      'demo-secret',
      'hubtoken',
      AES_KEY,
    ]);
  });

  it('lose an optional setting by null or ""', async () => {
    const { id } = await made({ corpId: 'c', defaultOriginator: 'user-li', monthlyCalls: 7 });
    const { body } = await hub.call('PATCH', `/channels/${id}`, {
      ...{ corpId: null, defaultOriginator: '', token: null, aesKey: '', monthlyCalls: null },
    });
    expect(body).toMatchObject({
      corpId: '',
      defaultOriginator: '',
      token: '',
      aesKey: '',
      monthlyCalls: 5000,
    });
  });

  it.each([
    ['an unknown type', { type: 'slack' }, ['type']],
    ['no secret', { appSecret: '' }, ['appSecret']],
    ['a member that nobody knows', { colour: 'red' }, ['colour']],
    [
      'settings of another provider',
      { encryptKey: 'k', verificationToken: 'v' },
      ['encryptKey', 'verificationToken'],
    ],
    ['an AES key of 42 characters', { aesKey: AES_KEY.slice(1) }, ['aesKey']],
    ['a token with a blank in it', { token: 'a token' }, ['token']],
    ['a secret as it is shown', { appSecret: '••••et' }, ['appSecret']],
    ['an agent id that is no number', { agentId: 'x' }, ['agentId']],
    ['a base URL that is none', { apiBaseUrl: 'simulator' }, ['apiBaseUrl']],
    ['a base URL with a query', { legacyApiBaseUrl: 'https://x.example/?a=b' }, ['legacyApiBaseUrl']],
    ['a wildcard host', { allowedHosts: ['ok.example', '*.example.com'] }, ['allowedHosts.1']],
    ['a name of nothing but blanks', { name: '   ' }, ['name']],
    ['a character that no database keeps', { corpId: 'a\u0000b' }, ['corpId']],
    [
      'everything wrong at once',
      { aesKey: 'x', allowedHosts: ['/'], apiBaseUrl: 'x' },
      ['aesKey', 'apiBaseUrl', 'allowedHosts.0'],
    ],
  ])('are refused with %s, by name', async (_words, more, paths) => {
    const refused = await hub.call('POST', '/channels', { ...newChannel('Wrong'), ...more });
    expect([refused.status, refused.body.code]).toEqual([400, 'INVALID_INPUT']);
    expect(errorsOf(refused)).toEqual(paths);
    expect(JSON.stringify(refused.body)).not.toContain('demo-secret');
  });

  it('cannot be led at the hub itself, but at a simulator on it', async () => {
    const port = new URL(hub.url).port;
    for (const apiBaseUrl of [hub.url, `${hub.url}/`, `http://localhost:${port}`, `http://127.1:${port}`]) {
      const refused = await hub.call('POST', '/channels', newChannel('Self', apiBaseUrl));
      expect(errorsOf(refused), apiBaseUrl).toEqual(['apiBaseUrl']);
    }
    const api = await hub.call('POST', '/channels', newChannel('Self', `${hub.url}/api/v1`));
    expect(errorsOf(api)).toEqual(['apiBaseUrl']);
    await made({ apiBaseUrl: `${hub.url}/simulator/dingtalk` });
  });

  it('have names of their own, also when two are made at once', async () => {
    const { id, name } = await made();
    expect(await hub.call('POST', '/channels', newChannel(String(name)))).toMatchObject({
      status: 409,
      body: { code: 'CONFLICT' },
    });
    const other = await made();
    expect((await hub.call('PATCH', `/channels/${other.id}`, { name })).status).toBe(409);
    expect((await hub.call('PATCH', `/channels/${id}`, { name })).status).toBe(200);
    const twins = await Promise.all([1, 2, 3].map(() => hub.call('POST', '/channels', newChannel('Twin'))));
    expect(twins.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('are paused and resumed, and what waited is started once', async () => {
    const { id } = await made();
    const pause = (paused: boolean): Promise<Heard> => hub.call('PATCH', `/channels/${id}`, { paused });
    expect((await pause(true)).body['paused']).toBe(true);
    const since = (await rowOf(id))['paused_at'];
    await pause(true);
    expect((await rowOf(id))['paused_at']).toEqual(since);
    expect((await hub.store.get(database().knex, id)).paused).toBe(true);
    expect((await pause(false)).body['paused']).toBe(false);
    await pause(false);
    expect(hub.resumed.filter((each) => each === id)).toEqual([id]);
  });

  it('forget their access tokens when they become another app, and keep them otherwise', async () => {
    const { knex } = database();
    const { id } = await made();
    const key = { channel_id: id, script_hash: 'h' };
    const held = async (): Promise<number> => (await knex('channel_tokens').where(key)).length;
    await knex('channel_tokens').insert({
      ...key,
      access_token: 'sealed',
      expires_at: new Date(Date.now() + 60_000),
    });
    const { body } = await hub.call('PATCH', `/channels/${id}`, { defaultOriginator: 'user-li' });
    expect(body['accessTokenUntil']).toMatch(/Z$/);
    expect(await held()).toBe(1);
    await hub.call('PATCH', `/channels/${id}`, { appId: 'ding-other' });
    expect(await held()).toBe(0);
  });

  it('are deleted, unless mappings need them', async () => {
    const { knex } = database();
    const { id } = await made();
    const mapping = { id: newId(), channel_id: id, name: 'Exports', approval_definition_id: 'PROC-1' };
    await knex('mappings').insert(mapping);
    const refused = await hub.call('DELETE', `/channels/${id}`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'IN_USE' } });
    expect(refused.body.detail).toContain('"Exports"');
    await knex('mappings').where({ id: mapping.id }).delete();
    expect((await hub.call('DELETE', `/channels/${id}`)).status).toBe(204);
    expect((await hub.call('GET', `/channels/${id}`)).status).toBe(404);
    expect((await hub.call('DELETE', `/channels/${id}`)).status).toBe(404);
  });

  it('show the newest live run that failed, each its own, until the same stage goes well', async () => {
    const { knex } = database();
    const [first, second] = [await made(), await made()];
    const failed = async (
      channelId: string,
      message: string,
      kind: 'live' | 'test' = 'live',
    ): Promise<string> => {
      const id = newId();
      const error = { code: 'SCRIPT_ERROR', message };
      await insertExecution(knex, { id, kind, channel_id: channelId, ok: false, execution: { error } });
      return id;
    };
    await failed(first.id, 'older');
    const executionId = await failed(first.id, 'DingTalk refused: no such form');
    await failed(first.id, 'only a test', 'test');
    await insertExecution(knex, { id: newId(), channel_id: first.id, stage: 'sync' });
    await insertExecution(knex, { id: newId(), channel_id: first.id, kind: 'test' });
    const otherId = await failed(second.id, 'its own');
    const lastErrors = async (): Promise<unknown> =>
      (await hub.call('GET', '/channels?limit=2')).body.items?.map(({ lastError }) => lastError);
    expect(await lastErrors()).toMatchObject([
      { executionId: otherId, message: 'its own' },
      { executionId, stage: 'create', message: 'DingTalk refused: no such form' },
    ]);
    await insertExecution(knex, { id: newId(), channel_id: first.id });
    expect(await lastErrors()).toMatchObject([{ executionId: otherId }, null]);
  });

  it('show the trouble of one mapping although another goes well', async () => {
    const { knex } = database();
    const { id: channelId } = await made();
    const mapping = async (name: string): Promise<string> => {
      const [row] = await knex('mappings')
        .insert({ id: newId(), channel_id: channelId, name, approval_definition_id: 'PROC-1' })
        .returning<{ id: string }[]>('id');
      return row?.id ?? '';
    };
    const [exports, changes] = [await mapping('Exports'), await mapping('Changes')];
    const run = (mappingId: string, ok: boolean): Promise<void> =>
      insertExecution(knex, { id: newId(), channel_id: channelId, mapping_id: mappingId, ok });
    await run(exports, false);
    await run(changes, false);
    await run(changes, true);
    const lastError = async (): Promise<unknown> =>
      (await hub.call('GET', `/channels/${channelId}`)).body['lastError'];
    expect(await lastError()).toMatchObject({ stage: 'create' });
    await run(exports, true);
    expect(await lastError()).toBeNull();
  });

  it('that are not there are 404, whatever they are called', async () => {
    for (const id of [newId(), 'x', '%00', '1; drop table channels'])
      expect((await hub.call('GET', `/channels/${encodeURIComponent(id)}`)).status, id).toBe(404);
  });

  it('are listed newest first, page by page', async () => {
    const ids = [(await made()).id, (await made()).id, (await made()).id];
    const { body } = await hub.call('GET', '/channels?limit=2');
    expect(body.items?.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    const rest = await hub.call('GET', `/channels?limit=1&cursor=${String(body['nextCursor'])}`);
    expect(rest.body.items?.map(({ id }) => id)).toEqual([ids[0]]);
    expect((await hub.call('GET', '/channels?cursor=zzz')).status).toBe(400);
  });

  it('are changed by admins only', async () => {
    const { id } = await made();
    for (const [method, path] of [
      ['POST', '/channels'],
      ['PATCH', `/channels/${id}`],
      ['DELETE', `/channels/${id}`],
      ['POST', `/channels/${id}/verify`],
    ] as const)
      expect((await hub.call(method, path, {}, 'editor')).status, path).toBe(403);
  });
});
