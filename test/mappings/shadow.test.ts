import { describe, expect, it } from 'vitest';
import type { ShadowAnswer } from '../../server/contract/shadow.ts';
import { completeVariables } from '../../server/contract/variables.ts';
import type { GivenVariables } from '../../server/contract/variables.ts';
import { newId } from '../../server/ids.ts';
import { loadScripts } from '../../server/mappings/scripts.ts';
import { differencesOf, recordingOf } from '../../server/mappings/shadow-difference.ts';
import { useSurroundings } from '../channels/support.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { useHub, VARIABLES } from './support.ts';

const field = (name: string, value: string): string => `fromField.add({ name: '${name}', value: ${value} });`;

describe.each(DATABASES)('a shadow run on %s', (kind) => {
  const database = useDatabase(kind);
  const surroundings = useSurroundings();
  const hub = useHub(database, surroundings);

  /** Opens a task's approval by a published version, as the hub does it. @returns the execution's id */
  async function open(mappingId: string, taskId: string, given: GivenVariables = {}): Promise<string> {
    const { knex } = database();
    const variables = completeVariables({
      ...VARIABLES,
      ...given,
      TASK_ID: taskId,
      APPROVAL_CODE: 'PROC-DEMO',
    });
    const id = newId();
    await knex('tasks').insert({
      ...{ id, task_id: taskId, task_type: 'SQL task', task_subtype: null, status: 'pending' },
      ...{ variables, submitted_by: 'a test' },
    });
    const scripts = await loadScripts(knex, mappingId, 1);
    const channel = await hub().channels.get(knex, hub().channelId);
    const context = { kind: 'live', runBy: 'the hub', taskId: id } as const;
    const end = await hub().caller.call({ scripts, channel, stage: 'create', variables, context });
    return end.executionId;
  }

  async function published(name: string, create?: string): Promise<string> {
    const id = await hub().mapping(`${name} ${kind}`);
    if (create !== undefined) await hub().save(id, 'create', create);
    await hub().call('POST', `/mappings/${id}/publish`);
    return id;
  }

  const shadow = async (id: string, order?: object): Promise<ShadowAnswer> => {
    const { status, body } = await hub().call('POST', `/mappings/${id}/shadow`, order);
    expect(status).toBe(200);
    return body as unknown as ShadowAnswer;
  };

  const instances = async (): Promise<number> =>
    ((await surroundings().control('GET', '/instances')) as { items: unknown[] }).items.length;

  it('tells field by field what the draft would send otherwise, and sends nothing', async () => {
    const id = await published('Changed');
    const executionId = await open(id, `S-1 ${kind}`, { REASON: 'recorded by hand' });
    const same = await shadow(id);
    expect(same).toEqual({
      nextCursor: null,
      items: [
        {
          ...{
            taskId: `S-1 ${kind}`,
            taskName: 'Add an index',
            taskType: 'SQL task',
            version: 1,
            executionId,
          },
          ...{ startedAt: expect.any(String) as string, outcome: 'same', fields: [], others: [] },
        },
      ],
    });
    const before = await instances();
    const kept = () => database().knex('executions').where({ mapping_id: id, stage: 'create' });
    expect(await kept()).toHaveLength(1);
    await hub().save(
      id,
      'create',
      [
        field('Task ID', 'TASK_ID'),
        field('Reason', 'REASON + "!"'),
        "reqBody.put('deptId', 7);",
        field('Summary', 'accessToken'),
      ].join('\n'),
    );
    const { items } = await shadow(id);
    expect(items[0]?.outcome).toBe('changed');
    expect(items[0]?.fields).toEqual(
      expect.arrayContaining([
        { name: 'Task Name', before: 'Add an index', after: null },
        { name: 'Reason', before: 'recorded by hand', after: 'recorded by hand!' },
        { name: 'Summary', before: expect.any(String) as string, after: '••••' },
      ]),
    );
    expect(items[0]?.fields.map(({ name }) => name)).not.toContain('Task ID');
    expect(items[0]?.others).toEqual([{ name: 'deptId', before: expect.anything() as unknown, after: '7' }]);
    expect(await instances()).toBe(before);
    expect(await kept()).toHaveLength(1);
  });

  it('says for which tasks the draft would fail, and for which nobody can say', async () => {
    const id = await published('Failing');
    for (const each of ['S-2', 'S-3']) await open(id, `${each} ${kind}`);
    await hub().save(
      id,
      'create',
      `if (TASK_ID.startsWith('S-2')) throw new Error('no index today');\nawait fetch('https://api.dingtalk.com/v1.0/other');`,
    );
    const { items } = await shadow(id);
    expect(items).toMatchObject([
      { taskId: `S-3 ${kind}`, outcome: 'unknown', unknown: 'unrecorded', error: { code: 'HTTP_ERROR' } },
      { taskId: `S-2 ${kind}`, outcome: 'fails', error: { message: 'no index today', line: 1 } },
    ]);
    await hub().save(id, 'create', "return { approvalInstanceId: 'of my own' };");
    expect((await shadow(id, { limit: 1 })).items).toMatchObject([
      { outcome: 'unknown', unknown: 'unreadable' },
    ]);
  });

  it('goes on where it ended, newest first, each task once with its last opening', async () => {
    const id = await published('Paged');
    for (const each of ['S-4', 'S-5', 'S-6']) await open(id, `${each} ${kind}`);
    const first = await shadow(id, { limit: 2 });
    expect(first.items.map(({ taskId }) => taskId)).toEqual([`S-6 ${kind}`, `S-5 ${kind}`]);
    const second = await shadow(id, { limit: 2, cursor: first.nextCursor });
    expect(second).toMatchObject({ items: [{ taskId: `S-4 ${kind}` }], nextCursor: null });
    // Opened again after it failed, say.
    const { knex } = database();
    const { items } = await shadow(id);
    const again = newId();
    const row = await knex('executions')
      .where({ id: items[2]?.executionId ?? '' })
      .first();
    await knex('executions').insert({
      ...{ ...row, id: again, input: JSON.stringify(row?.input), execution: JSON.stringify(row?.execution) },
    });
    const { items: all } = await shadow(id);
    expect(all.map(({ taskId }) => taskId)).toEqual([`S-4 ${kind}`, `S-6 ${kind}`, `S-5 ${kind}`]);
    expect(all[0]?.executionId).toBe(again);
  });

  it('is for editors, of mappings that there are, in small portions', async () => {
    const id = await published('Rights');
    const asked = (path: string, body: unknown, role: 'editor' | 'submitter' = 'editor') =>
      hub().call('POST', path, body, { role });
    expect(await shadow(id)).toEqual({ items: [], nextCursor: null });
    expect((await asked(`/mappings/${id}/shadow`, {}, 'submitter')).status).toBe(403);
    expect((await asked(`/mappings/${newId()}/shadow`, {})).status).toBe(404);
    expect((await asked(`/mappings/${id}/shadow`, { limit: 51 })).body.errors[0]).toEqual({
      ...{ path: 'limit', message: 'must be 1 to 50' },
    });
    expect((await asked(`/mappings/${id}/shadow`, { cursor: 'x' })).body.errors[0]?.path).toBe('cursor');
  });

  it('stands beside how the last test of each stage ended, and of which text', async () => {
    const id = await published('Tested');
    const { body: fresh } = await hub().call('GET', `/mappings/${id}`);
    expect(fresh).toMatchObject({ lastTests: {} });
    const { body: saved } = await hub().save(id, 'sync', "return { status: 'pending' };");
    const tested = await hub().test(id, 'sync', { accessToken: 'x', approvalInstanceId: 'i-1', http: [] });
    const lastTest = { executionId: tested.body.executionId, ok: true, etag: saved.etag, recorded: true };
    const read = async () => (await hub().call('GET', `/mappings/${id}`)).body;
    expect(await read()).toMatchObject({
      ...{ samples: { sync: { approvalInstanceId: 'i-1' } }, lastTests: { sync: lastTest } },
    });
    await hub().test(id, 'sync', { accessToken: 'x', source: 'throw new Error("other text")' });
    const { lastTests } = (await read()) as unknown as { lastTests: { sync: { etag: string; ok: boolean } } };
    expect(lastTests.sync).toMatchObject({ ok: false, recorded: false });
    expect(lastTests.sync.etag).not.toBe(saved.etag);
  });
});

describe('what a draft would send otherwise', () => {
  const request = (form: [string, string][], rest: object = {}) => ({
    ...{ definitionId: 'P', originator: 'li', rest: rest as Record<string, unknown> },
    form: form.map(([name, value]) => ({ name, value })),
  });

  it('tells repeated names apart, and heeds neither the order of fields nor that of members', () => {
    const before = request([['A', '1'], ['B', '2'], ['B', '3']], { list: [{ x: 1, y: 2 }] }); // prettier-ignore
    expect(differencesOf(before, request([['B', '2'], ['A', '1'], ['B', '3']], { list: [{ y: 2, x: 1 }] }))) // prettier-ignore
      .toEqual({ fields: [], others: [] });
    expect(
      differencesOf(
        before,
        request([
          ['A', '1'],
          ['B', '2'],
          ['C', ''],
        ]),
      ),
    ).toEqual({
      // prettier-ignore
      fields: [
        { name: 'B (2)', before: '3', after: null },
        { name: 'C', before: null, after: '' },
      ],
      others: [{ name: 'list', before: '[{"x":1,"y":2}]', after: null }],
    });
  });

  it('answers with whole answers only, and with nothing that no header may hold', () => {
    const message = { headers: { 'x-token': '••••' }, body: '{"a":"••••"}', bytes: 9, truncated: false };
    const made = { method: 'GET', url: 'https://p.example/a', status: 200, durationMs: 1, request: message };
    expect(
      recordingOf([
        { ...made, response: message },
        { ...made, response: { ...message, truncated: true } },
        { ...made, status: 0, response: null },
      ]),
    ).toEqual([
      { method: 'GET', url: made.url, status: 200, headers: { 'x-token': 'masked' }, body: '{"a":"masked"}' },
    ]);
  });
});
