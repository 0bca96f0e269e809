import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storable } from '../../server/executions/storable.ts';
import { insertExecution } from '../../server/executions/store.ts';
import type { ExecutionRecord } from '../../server/executions/store.ts';
import { useSurroundings } from '../channels/support.ts';
import { useHub } from '../mappings/support.ts';
import { insertTask } from '../mappings/tasks.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';

const RUN: ExecutionRecord['execution'] = {
  ...{ executionId: null, ok: true, result: { revoked: true }, warnings: [], logs: [], http: [] },
  ...{ durationMs: 12.5, cpuMs: 1.5, memoryBytes: 1024 },
};
const FAILED: ExecutionRecord['execution'] = {
  ...{ ...RUN, ok: false },
  error: { code: 'SCRIPT_ERROR', message: 'no', stage: 'sync', line: 1, column: 2, stack: 'Error: no' },
};

describe.each(DATABASES)('executions on %s', (kind) => {
  const database = useDatabase(kind);
  const hub = useHub(database, useSurroundings());

  it('are listed newest first, by what they are about', async () => {
    const { knex } = database();
    const [one, two] = [await hub().mapping('One'), await hub().mapping('Two')];
    await hub().call('POST', `/mappings/${one}/publish`);
    await insertTask(knex, { mappingId: one, channelId: hub().channelId, version: 1 });
    const task = await knex('tasks').first();
    const keep = (given: Partial<ExecutionRecord>): Promise<string> =>
      insertExecution(knex, {
        ...{ kind: 'live', stage: 'sync', channelId: hub().channelId, mappingId: one, version: 1 },
        ...{ runBy: 'the hub', input: {}, execution: RUN, ...given },
      });
    const eventId = randomUUID();
    const event = { id: eventId, channel_id: hub().channelId, type: 'bpms_instance_change' };
    await knex('events').insert({ ...event, outcome: 'applied' });
    const ids = [
      await keep({ eventId }),
      await keep({ taskId: task?.id, execution: FAILED }),
      await keep({ stage: 'form', kind: 'test', mappingId: two, version: null }),
      await keep({ stage: 'revoke', taskId: task?.id }),
    ];
    const list = async (query: string): Promise<number[]> => {
      const { status, body } = await hub().call('GET', `/executions?${query}`, undefined, { role: 'viewer' });
      expect(status).toBe(200);
      return body.items.map(({ id }) => ids.indexOf(id));
    };
    expect(await list('')).toEqual([3, 2, 1, 0]);
    expect(await list(`mappingId=${one}`)).toEqual([3, 1, 0]);
    expect(await list('stage=sync')).toEqual([1, 0]);
    expect(await list(`taskId=${task?.task_id ?? ''}`)).toEqual([3, 1]);
    expect(await list('taskId=unknown')).toEqual([]);
    expect(await list(`eventId=${eventId}`)).toEqual([0]);
    expect(await list('kind=test')).toEqual([2]);
    expect(await list('ok=false')).toEqual([1]);
    expect(await list(`ok=true&kind=live&mappingId=${one}&stage=revoke`)).toEqual([3]);

    const { body } = await hub().call('GET', '/executions?limit=3');
    expect(body.items[2]).toMatchObject({
      ...{
        id: ids[1],
        executionId: ids[1],
        taskId: task?.task_id,
        ok: false,
        runBy: 'the hub',
        durationMs: 12.5,
      },
      error: { code: 'SCRIPT_ERROR', message: 'no' },
    });
    expect(await list(`limit=3&cursor=${body.nextCursor}`)).toEqual([0]);

    const { body: whole } = await hub().call('GET', `/executions/${ids[1] ?? ''}`);
    expect(whole).toMatchObject({
      error: FAILED.error,
      taskId: task?.task_id,
      events: [],
      memoryBytes: 1024,
    });
    expect(whole).not.toHaveProperty('approvalInstanceId');
  });

  it('are asked for by what there is', async () => {
    for (const query of [
      'stage=publish',
      'ok=maybe',
      'kind=both',
      'mappingId=1',
      'cursor=1',
      'limit=0',
      'other=1',
    ])
      expect((await hub().call('GET', `/executions?${query}`)).status, query).toBe(400);
    expect((await hub().call('GET', `/executions/${hub().channelId}`)).status).toBe(404);
    expect((await hub().call('GET', '/executions/1')).status).toBe(400);
  });

  it('hold any text that a script or a provider may come up with', async () => {
    const piece = fc.constantFrom(
      '\0',
      '\ud800',
      '\udc00',
      '\\u0000',
      '\\',
      '"',
      'a',
      '审',
      '\u{1f600}',
      '\u2028',
    );
    const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
    const id = await hub().mapping(`Any text ${randomUUID()}`);
    await fc.assert(
      fc.asyncProperty(fc.dictionary(text, text, { maxKeys: 4 }), async (given) => {
        const executionId = await insertExecution(database().knex, {
          ...{ kind: 'test', stage: 'sync', channelId: hub().channelId, mappingId: id, version: null },
          ...{ runBy: 'a\0b', input: given, execution: { ...RUN, result: { status: 'pending', ...given } } },
        });
        // The database compares: JSON.parse reads a key like "\\"" wrongly after one like "\\\\" (nodejs/node#63785).
        const row = await database()
          .knex('executions')
          .where({ id: executionId })
          .first<{ same: boolean }>(
            database().knex.raw('input = cast(? as jsonb) as same', [JSON.stringify(storable(given))]),
          );
        expect(row).toEqual({ same: true });
      }),
      { numRuns: 50 },
    );
    const plain = { a: ['\\u0000', '审\u{1f600}', { '\\ud800': 1 }] };
    expect(storable(plain)).toEqual(plain);
    expect(storable(undefined)).toBeNull();
  });
});
