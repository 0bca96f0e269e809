import { describe, expect, it } from 'vitest';
import { VARIABLES } from '../../server/contract/variables.ts';
import { useSurroundings } from '../channels/support.ts';
import { useHub } from '../mappings/support.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';

describe.each(DATABASES)('the catalogue on %s', (kind) => {
  const database = useDatabase(kind);
  const hub = useHub(database, useSurroundings());
  const admin = { role: 'admin' } as const;

  it('explains the 31 variables, in the words of an admin if there are any', async () => {
    const { body } = await hub().call('GET', '/catalogue/variables', undefined, { role: 'viewer' });
    expect(body.items).toEqual(VARIABLES);
    const items = VARIABLES.map((each) => (each.name === 'REASON' ? { ...each, meaning: '原因' } : each));
    const changed = await hub().call('PUT', '/catalogue/variables', { items: items.toReversed() }, admin);
    expect(changed).toMatchObject({ status: 200, body: { items } });
    expect((await hub().call('GET', '/catalogue/variables')).body.items).toEqual(items);
  });

  it.each([
    ['leaves one out', VARIABLES.slice(1), 'items', 'all 31 variables'],
    ['names one twice', [...VARIABLES, VARIABLES[0]], 'items', 'each variable once'],
    [
      'brings one of its own',
      [...VARIABLES, { name: 'MINE', meaning: '', sample: '' }],
      'items.31.name',
      'one of the 31',
    ],
  ])('refuses a list of variables that %s', async (_what, items, path, message) => {
    const refused = await hub().call('PUT', '/catalogue/variables', { items }, admin);
    expect(refused).toMatchObject({
      status: 400,
      body: { errors: [{ path, message: expect.stringContaining(message) as string }] },
    });
  });

  it('suggests task types, those of another platform if an admin says so', async () => {
    const { body } = await hub().call('GET', '/catalogue/task-types');
    expect(body.items).toHaveLength(8);
    expect(body.items[1]).toMatchObject({
      name: 'Permission request',
      subtypes: { 7: 'Apply for Sensitive Column - S5' },
    });
    const items = [{ name: 'Release', subtypes: ['Hotfix'] }];
    await hub().call('PUT', '/catalogue/task-types', { items }, admin);
    expect((await hub().call('GET', '/catalogue/task-types')).body).toEqual({ items });
    const twice = await hub().call('PUT', '/catalogue/task-types', { items: [...items, ...items] }, admin);
    expect(twice.status).toBe(400);
    const audit = await database().knex('audit').where({ object_type: 'catalogue', object_id: 'task-types' });
    expect(audit).toMatchObject([{ by: 'the admin', after: items }]);
  });

  it('is changed by admins only', async () => {
    for (const path of ['variables', 'task-types'])
      expect((await hub().call('PUT', `/catalogue/${path}`, { items: [] })).status).toBe(403);
  });

  it('describes the providers, with all that an editor needs to help with scripts', async () => {
    const { body } = await hub().call('GET', '/catalogue/providers', undefined, { role: 'viewer' });
    const dingtalk = body.items.find(({ name }) => name === 'dingtalk');
    expect(dingtalk).toMatchObject({
      ...{ label: { en: 'DingTalk' }, hosts: ['api.dingtalk.com', 'oapi.dingtalk.com'] },
      ...{ callbackTypes: ['webhook', 'persistent'], help: { definition: { label: {} } } },
      monthlyCalls: 5000,
      simulator: {
        url: 'http://127.0.0.1:8787/simulator/dingtalk',
        appId: 'ding-demo',
        defaultOriginator: 'user-li',
      },
      client: expect.stringContaining('async function sendCreate') as string,
      types: expect.stringContaining('interface DingtalkClient') as string,
      events: expect.arrayContaining([
        {
          label: { en: 'Approval revoked', zh: '审批实例：撤销' },
          payload: expect.objectContaining({ type: 'terminate' }) as object,
        },
      ]) as object[],
      scripts: { create: expect.stringContaining('dingtalk.create()') as string },
    });
    expect(dingtalk?.fields.find(({ key }) => key === 'appSecret')).toMatchObject({
      secret: true,
    });
    expect(Object.keys(body.declarations)).toEqual(['globals.d.ts', 'java.d.ts', 'stage.d.ts']);
  });
});
