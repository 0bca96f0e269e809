import { describe, expect, it } from 'vitest';
import { resolveBindings } from '../../server/bindings/resolve.ts';
import { useSurroundings } from '../channels/support.ts';
import { useHub } from '../mappings/support.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';

describe.each(DATABASES)('bindings on %s', (kind) => {
  const database = useDatabase(kind);
  const hub = useHub(database, useSurroundings());
  const bind = (taskType: string, mappingId: string, taskSubtype?: string | null) =>
    hub().call('PUT', '/bindings', { taskType, taskSubtype, mappingId });

  it('lead a task to the mapping of its subtype, else to that of its type', async () => {
    const [general, special] = [await hub().mapping('General'), await hub().mapping('Special')];
    await hub().call('POST', `/mappings/${general}/publish`);
    await bind('Data export', general);
    await bind('Data export', special, 'Export table');
    const found = await resolveBindings(database().knex, [
      { taskType: 'Data export', taskSubtype: 'Export table' },
      { taskType: 'Data export', taskSubtype: 'SQL export' },
      { taskType: 'Data export', taskSubtype: null },
      { taskType: 'data export', taskSubtype: null },
      { taskType: 'Export table', taskSubtype: 'Data export' },
    ]);
    expect(found.map((each) => each?.mappingName)).toEqual([
      'Special',
      'General',
      'General',
      undefined,
      undefined,
    ]);
    expect(found.slice(0, 2)).toMatchObject([
      { publishedVersion: null, approvalDefinitionId: null },
      {
        publishedVersion: 1,
        approvalDefinitionId: 'PROC-DEMO',
        channelId: hub().channelId,
        channelPaused: false,
      },
    ]);
    // What the next version will have is not what tasks get now.
    await hub().call('PATCH', `/mappings/${general}`, { approvalDefinitionId: 'PROC-NEXT' });
    const [still] = await resolveBindings(database().knex, [{ taskType: 'Data export', taskSubtype: null }]);
    expect(still?.approvalDefinitionId).toBe('PROC-DEMO');
    expect(await resolveBindings(database().knex, [])).toEqual([]);
  });

  it('are put in the place of earlier ones, also by many at once', async () => {
    const [one, two] = [await hub().mapping('One'), await hub().mapping('Two')];
    const first = await bind('SQL task', one);
    expect(first).toMatchObject({
      status: 200,
      body: { taskSubtype: null, mappingName: 'One', publishedVersion: null },
    });
    expect(first.body.warnings).toEqual([expect.stringContaining('"One" is not published')]);
    await hub().call('POST', `/mappings/${two}/publish`);
    const second = await bind('SQL task', two, null);
    expect(second.body).toMatchObject({ id: first.body.id, mappingId: two, warnings: [] });

    const racing = await Promise.all([one, two, one, two].map((id) => bind('SQL task', id, 'Compliant')));
    expect(racing.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(racing.map(({ body }) => body.id)).size).toBe(1);

    const audit = await database().knex('audit').where({ object_id: first.body.id }).orderBy('id');
    expect(audit.map(({ action, before }) => [action, before])).toEqual([
      ['create', null],
      ['update', { taskType: 'SQL task', taskSubtype: null, mappingId: one }],
    ]);
  });

  it('are listed newest first, and removed', async () => {
    const id = await hub().mapping('Listed');
    const { body: bound } = await bind('Release', id, 'Hotfix');
    const { body: listed } = await hub().call('GET', '/bindings?limit=1', undefined, { role: 'viewer' });
    expect(listed.items).toMatchObject([
      { id: bound.id, taskType: 'Release', taskSubtype: 'Hotfix', channelName: 'At the simulator' },
    ]);
    const { body: next } = await hub().call('GET', `/bindings?limit=1&cursor=${listed.nextCursor}`);
    expect(next.items.map(({ id: older }) => older < bound.id)).toEqual([true]);
    expect((await hub().call('DELETE', `/bindings/${bound.id}`)).status).toBe(204);
    expect((await hub().call('DELETE', `/bindings/${bound.id}`)).status).toBe(404);
  });

  it('need a mapping that exists and a type that is a text', async () => {
    const refused = await bind('Anything', hub().channelId);
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'mappingId' }] } });
    expect((await bind('', hub().channelId)).body.errors).toEqual([
      { path: 'taskType', message: 'must be a task type, 1 to 100 characters' },
    ]);
    expect((await bind('x'.repeat(101), hub().channelId)).status).toBe(400);
    expect((await bind('Type', hub().channelId, '')).body.errors[0]?.path).toBe('taskSubtype');
  });

  it('may be changed by editors only', async () => {
    const given = { taskType: 'Rights', mappingId: hub().channelId };
    for (const role of ['viewer', 'submitter'] as const)
      expect((await hub().call('PUT', '/bindings', given, { role })).status).toBe(403);
  });
});
