import { describe, expect, it, vi } from 'vitest';
import { TASK_TYPES } from '../../server/contract/catalogue.ts';
import { makeDemo } from '../../server/demo/demo.ts';
import { serveSimulators } from '../../server/simulator/serve.ts';
import { createLog } from '../../server/log.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { useDemoServer } from './support.ts';

describe.each(DATABASES)('the demo of the first start on %s', (kind) => {
  const database = useDatabase(kind);
  const server = useDemoServer(database);
  const channelsNow = () => database().knex('channels').orderBy('id');

  it('is a channel at the simulator, a published mapping, and a binding for every task type', async () => {
    const { knex } = database();
    await makeDemo(server().start());
    const [channel, ...others] = await channelsNow();
    expect(others).toEqual([]);
    expect(channel).toMatchObject({
      name: 'DingTalk simulator (demo)',
      app_id: 'ding-demo',
      api_base_url: `${server().baseUrl}/simulator/dingtalk`,
    });
    expect(await knex('mappings')).toMatchObject([
      { name: 'Demo approval', approval_definition_id: 'PROC-DEMO', published_version: 1 },
    ]);
    const bound = await knex('bindings').whereNull('task_subtype').pluck('task_type');
    expect(bound.sort()).toEqual(TASK_TYPES.map(({ name }) => name).sort());
    expect(await knex('audit').where({ by: 'the hub' }).pluck('object_type')).toEqual(
      expect.arrayContaining(['channel', 'mapping', 'binding']),
    );
  });

  it('is made once, and its app is known again to a simulator that forgot it', async () => {
    await server().forget();
    await makeDemo(server().start());
    expect(await channelsNow()).toHaveLength(1);
    await server().openAndApprove();
    await vi.waitFor(
      async () => {
        const types = await database().knex('events').pluck('type');
        expect(types.filter((type) => type === 'bpms_instance_change')).toHaveLength(2);
      },
      { timeout: 20_000 },
    );
  });

  it('has neighbours at the simulator: each with an app of its own and events of its own, after a start too', async () => {
    const { knex } = database();
    const { writer } = server().start();
    const apiBaseUrl = `${server().baseUrl}/simulator/dingtalk`;
    const given = (name: string, appId: string, appSecret: string) => ({
      ...{ name, type: 'dingtalk', appId, appSecret, apiBaseUrl },
      ...{ token: 'tokenofthetests', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' },
    });
    const make = (name: string, appId: string, appSecret = 'demo-secret') =>
      knex.transaction((trx) => writer.create(trx, given(name, appId, appSecret), { by: 'Li Lei' }));
    await make('Second', 'ding-demo-2');
    await make('Typo', 'ding-demo-3', 'not the secret');
    // A third one of the demo's app does not take its events away.
    await make('Same app', 'ding-demo');
    await server().forget();
    await makeDemo(server().start());
    expect(await server().tokenFor('ding-demo-2', 'demo-secret')).toBe(200);
    expect(await server().tokenFor('ding-demo-3', 'not the secret')).toBe(400);
    // Each app hears of the whole company's approvals.
    await server().openAndApprove();
    const hearing = (): Promise<string[]> =>
      knex('channels').whereIn('id', knex('events').select('channel_id')).orderBy('id').pluck('name');
    await vi.waitFor(async () => {
      expect((await hearing()).slice(1)).toEqual(['Second', 'Typo']);
    }, 20_000);
    await knex('channels').whereIn('name', ['Second', 'Typo', 'Same app']).delete();
  });

  it('moves with the port, but not away from a simulator that runs elsewhere', async () => {
    const { knex } = database();
    const gone = 'http://127.0.0.1:1/simulator/dingtalk';
    await knex('channels').update({ api_base_url: gone });
    await makeDemo(server().start());
    expect(await channelsNow()).toMatchObject([{ api_base_url: `${server().baseUrl}/simulator/dingtalk` }]);

    const alone = await serveSimulators({ port: 0 });
    try {
      const api_base_url = `${alone.url}/simulator/dingtalk`;
      await knex('channels').update({ api_base_url });
      await makeDemo(server().start());
      expect(await channelsNow()).toMatchObject([{ api_base_url }]);
    } finally {
      await alone.close();
    }
  });

  it('stays as a person made it: pointed at the real provider, it is not registered anywhere', async () => {
    await database().knex('channels').update({ api_base_url: '' });
    const request = vi.fn<typeof fetch>();
    await makeDemo({ ...server().start(), request });
    expect(request).not.toHaveBeenCalled();
    expect(await channelsNow()).toMatchObject([{ api_base_url: '' }]);
  });

  it('stops no start when the simulator does not answer', async () => {
    const { knex } = database();
    await knex('channels').update({ api_base_url: `${server().baseUrl}/simulator/dingtalk` });
    const log = createLog('silent');
    const warn = vi.spyOn(log, 'warn');
    const request = (): Promise<Response> => Promise.reject(new Error('fetch failed'));
    await makeDemo({ ...server().start(), log, request });
    expect(warn).toHaveBeenCalledOnce();
  });

  it('is never made again once a person deleted it', async () => {
    const { knex } = database();
    await knex('bindings').delete();
    await knex('mappings').update({ published_version: null });
    await knex('mappings').delete();
    await knex('channels').delete();
    await makeDemo(server().start());
    expect(await channelsNow()).toEqual([]);
  });
});

describe('a hub in which people already have a channel', () => {
  const database = useDatabase('embedded');
  const server = useDemoServer(database);

  it('gets no demo: their bindings stay theirs', async () => {
    const { knex } = database();
    const { writer } = server().start();
    const given = { name: 'Ours', type: 'dingtalk', appId: 'ding-ours', appSecret: 'ours-secret' };
    await knex.transaction((trx) => writer.create(trx, given, { by: 'Li Lei' }));
    await makeDemo(server().start());
    expect(await knex('channels').pluck('name')).toEqual(['Ours']);
    expect(await knex('bindings')).toEqual([]);
  });
});
