import { afterEach, describe, expect, it, vi } from 'vitest';
import { newId } from '../../server/ids.ts';
import { useSurroundings } from '../channels/support.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { useHub, VARIABLES } from './support.ts';

const CREATE = 'https://api.dingtalk.com/v1.0/workflow/processInstances';

describe.each(DATABASES)('a test run on %s', (kind) => {
  const database = useDatabase(kind);
  const surroundings = useSurroundings();
  const hub = useHub(database, surroundings);
  afterEach(() => surroundings().control('PUT', '/faults', {}));

  const instances = async (): Promise<{ instanceId: string; form: object[] }[]> =>
    ((await surroundings().control('GET', '/instances')) as { items: never[] }).items;
  const approvals = () => database().knex('approvals').orderBy('id', 'desc');
  const execution = async (id: string) => (await hub().call('GET', `/executions/${id}`)).body;

  it('opens a real approval, which is a test and shows its events', async () => {
    const id = await hub().mapping('Opening');
    const { status, body } = await hub().test(id, 'create', { variables: VARIABLES });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ok: true,
      warnings: [],
      prepared: { processCode: 'PROC-DEMO', originatorUserId: 'user-li' },
    });
    const { approvalInstanceId } = body.result;
    expect((await instances())[0]).toMatchObject({ instanceId: approvalInstanceId });
    expect(await approvals().first()).toMatchObject({
      ...{ task_id: null, version: null, opening: 'linked', status: 'pending', next_sync_at: null },
      ...{ approval_instance_id: approvalInstanceId, test_execution_id: body.executionId },
    });

    const event = {
      id: newId(),
      channel_id: hub().channelId,
      type: 'bpms_instance_change',
      payload: { type: 'start' },
    };
    const { id: approvalId } = (await approvals().first()) ?? { id: '' };
    await database()
      .knex('events')
      .insert({
        ...event,
        approval_instance_id: approvalInstanceId,
        approval_id: approvalId,
        outcome: 'unchanged',
      });
    expect(await execution(body.executionId)).toMatchObject({
      ...{
        kind: 'test',
        stage: 'create',
        version: null,
        mappingId: id,
        runBy: 'the editor',
        ok: true,
        taskId: null,
      },
      ...{
        approvalInstanceId,
        input: { variables: { TASK_ID: 'T-1', APPROVAL_CODE: 'PROC-DEMO', COMMENT: '' } },
      },
      events: [{ id: event.id, type: 'bpms_instance_change', payload: { type: 'start' } }],
    });
  });

  it('claims the events of its approval that came before the answer', async () => {
    const id = await hub().mapping('Overtaken');
    const instanceId = `instance-${kind}`;
    const eventId = newId();
    await database()
      .knex('events')
      .insert({
        ...{ id: eventId, channel_id: hub().channelId, type: 'bpms_instance_change', payload: {} },
        ...{ approval_instance_id: instanceId, outcome: 'waiting' },
      });
    // The provider answers an instance whose first event is here already.
    const answer = { method: 'POST', url: CREATE, status: 200, body: { instanceId } };
    const recorded = await hub().test(id, 'create', {
      source: `const r = await fetch('${CREATE}', { method: 'POST', body: '{}' }); return { approvalInstanceId: (await r.json()).instanceId };`,
      http: [answer],
    });
    // A recording opens nothing.
    expect(recorded.body).toMatchObject({ ok: true, result: { approvalInstanceId: instanceId } });
    expect(await database().knex('approvals').where({ approval_instance_id: instanceId })).toEqual([]);
    expect(await database().knex('events').where({ id: eventId }).first()).toMatchObject({
      outcome: 'waiting',
    });

    const live = await hub().test(id, 'create', { variables: VARIABLES });
    const opened = live.body.result.approvalInstanceId;
    await database().knex('approvals').where({ approval_instance_id: opened }).delete();
    await database().knex('events').where({ id: eventId }).update({ approval_instance_id: opened });
    const { insertTestApproval } = await import('../../server/mappings/test-approval-store.ts');
    const claim = () =>
      database().knex.transaction((trx) =>
        insertTestApproval(trx, {
          ...{ channelId: hub().channelId, mappingId: id, approvalInstanceId: opened },
          executionId: live.body.executionId,
        }),
      );
    expect(await claim()).toBe(true);
    expect(await database().knex('events').where({ id: eventId }).first()).toMatchObject({
      outcome: 'unchanged',
    });
    expect(await claim()).toBe(false);
  });

  it('says that an approval was opened although the script failed, and records it', async () => {
    const id = await hub().mapping('Failing late');
    const source =
      'fromField.add({ name: "Task ID", value: TASK_ID });\nawait dingtalk.create();\nthrow new Error("too late");';
    const { body } = await hub().test(id, 'create', { source, variables: VARIABLES });
    expect(body).toMatchObject({ ok: false, error: { code: 'SCRIPT_ERROR', line: 3 } });
    const [{ instanceId } = { instanceId: '' }] = await instances();
    expect(body.warnings).toEqual([expect.stringContaining(instanceId)]);
    expect(await execution(body.executionId)).toMatchObject({ approvalInstanceId: instanceId, ok: false });
  });

  it('says so when nobody knows whether an approval was opened', async () => {
    const id = await hub().mapping('Cut');
    await hub().test(id, 'sync', { approvalInstanceId: 'x' });
    await surroundings().control('PUT', '/faults', { dropCreateResponses: 1 });
    const { body } = await hub().test(id, 'create', { variables: VARIABLES });
    expect(body).toMatchObject({ ok: false, error: { code: 'HTTP_ERROR' } });
    expect(body.warnings.join()).toContain('an approval may have been opened');
    expect(await execution(body.executionId)).not.toHaveProperty('approvalInstanceId');
  });

  it('goes the whole way: create, sync, revoke, callback', async () => {
    const id = await hub().mapping('All stages');
    const created = await hub().test(id, 'create', { variables: VARIABLES });
    const { approvalInstanceId } = created.body.result;
    await surroundings().control('POST', `/instances/${approvalInstanceId}/approve`, { remark: 'ok' });
    const synced = await hub().test(id, 'sync', { approvalInstanceId });
    expect(synced.body).toMatchObject({
      ok: true,
      result: { status: 'approved', records: [{}, { comment: 'ok' }, {}] },
    });
    const revoked = await hub().test(id, 'revoke', { approvalInstanceId, revokeReason: 'a mistake' });
    expect(revoked.body).toMatchObject({ ok: false, error: { provider: {} } });
    const event = {
      EventType: 'bpms_instance_change',
      type: 'finish',
      result: 'agree',
      processInstanceId: approvalInstanceId,
    };
    const read = await hub().test(id, 'callback', { event });
    expect(read.body).toMatchObject({
      ok: true,
      result: { approvalInstanceId, status: 'approved' },
      http: [],
    });
    const { samples } = (await hub().call('GET', `/mappings/${id}`)).body;
    expect(samples).toEqual({
      create: { variables: VARIABLES },
      sync: { approvalInstanceId },
      revoke: { approvalInstanceId, revokeReason: 'a mistake' },
      callback: { event },
    });
  });

  it('runs the unsaved text in place of the saved one, with the token of the draft', async () => {
    const id = await hub().mapping('Unsaved');
    await hub().save(id, 'sync', "return { status: 'pending', saved: true };");
    const source = "return { status: 'approved', length: accessToken.length };";
    expect((await hub().test(id, 'sync', { source })).body.result).toMatchObject({
      status: 'approved',
      length: 32,
    });
    expect((await hub().test(id, 'sync', { source, accessToken: 'given' })).body.result.length).toBe(5);
    expect((await hub().test(id, 'sync')).body.result).toMatchObject({ saved: true });
    await hub().save(id, 'token', 'throw new Error("no token today");');
    expect((await hub().test(id, 'sync')).body).toMatchObject({
      ok: false,
      error: { stage: 'token', message: 'no token today' },
    });
  });

  it('shows the token to who ran the token stage, and keeps it nowhere', async () => {
    const id = await hub().mapping('Token');
    const { body } = await hub().test(id, 'token');
    const { accessToken } = body.result;
    expect(accessToken).toMatch(/^[0-9a-f]{32}$/);
    expect((await execution(body.executionId)).result.accessToken).toBe('••••');
    // Where it goes from here it is masked too.
    await hub().test(id, 'sync', {
      source: "return { status: 'pending', title: `it is ${accessToken}` };",
      accessToken,
    });
    for (const table of ['executions', 'mapping_samples', 'audit', 'channel_tokens'] as const)
      expect(JSON.stringify(await database().knex(table))).not.toContain(accessToken);
  });

  it('refuses variables that there are not, and names the one that was meant', async () => {
    const id = await hub().mapping('Variables');
    const variables = { TASK_NAEM: 'x', COMMENT: 5, APPROVAL_CODE: 'PROC-X' };
    const { status, body } = await hub().test(id, 'create', { variables });
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      { path: 'variables.TASK_NAEM', message: 'is no variable. Did you mean TASK_NAME?' },
      { path: 'variables.COMMENT', message: 'must be text: put it in quotes.' },
      {
        path: 'variables.APPROVAL_CODE',
        message: `is the mapping's approval definition, "PROC-DEMO": leave it out.`,
      },
    ]);
    expect((await hub().test(id, 'callback')).body.errors[0]?.path).toBe('event');
    expect((await hub().test(id, 'sync', { event: {} })).body.errors[0]?.path).toBe('event');
    expect((await hub().test(id, 'sync', { http: [{ method: 'GET' }] })).status).toBe(400);
    expect((await hub().test(id, 'sync', { nonsense: 1 })).body.errors[0]?.path).toBe('nonsense');
  });

  it('ends when the person who ran it goes away, and is kept', async () => {
    const id = await hub().mapping('Cancelled');
    const source =
      'console.log("begun"); await new Promise((done) => setTimeout(done, 19000)); return { status: "pending" };';
    const gone = new AbortController();
    const running = hub().test(id, 'sync', { source, accessToken: 'x' }, { signal: gone.signal });
    const ended = expect(running).rejects.toThrow();
    await vi.waitFor(async () => {
      expect(await database().knex('mapping_samples').where({ mapping_id: id })).toHaveLength(1);
      expect(surroundings().sandbox.stats().running).toBe(1);
    });
    gone.abort();
    await ended;
    const kept = await vi.waitFor(async () => {
      const [row] = await database().knex('executions').where({ mapping_id: id });
      expect(row).toBeDefined();
      return row;
    });
    expect(kept).toMatchObject({
      ok: false,
      error_code: 'SCRIPT_TIMEOUT',
      execution: { error: { message: expect.stringContaining('cancelled') as string } },
    });
  });

  it('says what it left at the provider when its mapping is deleted meanwhile', async () => {
    const id = await hub().mapping('Deleted meanwhile');
    const source = `
      fromField.add({ name: 'Task ID', value: TASK_ID });
      const opened = await dingtalk.create();
      await new Promise((done) => setTimeout(done, 300));
      return opened;`;
    const running = hub().test(id, 'create', { source, variables: VARIABLES });
    await vi.waitFor(async () =>
      expect(await database().knex('approvals').where({ mapping_id: id })).toHaveLength(1),
    );
    expect((await hub().call('DELETE', `/mappings/${id}`)).status).toBe(204);
    const { status, body } = await running;
    const { approvalInstanceId } = body.result;
    expect(status).toBe(200);
    expect(body.warnings).toEqual([
      `The approval ${approvalInstanceId} was opened, and the mapping was deleted meanwhile: take it back at the provider.`,
    ]);
    expect((await hub().test(id, 'sync')).status).toBe(404);
  });

  it('keeps what a provider says that no database can hold', async () => {
    const id = await hub().mapping('Odd texts');
    const source =
      "console.log('a\\0b'); return { status: 'pending', title: 'x\\0y', ['k\\ud800']: '\\udc00!' };";
    const { body } = await hub().test(id, 'sync', { source, accessToken: 'x' });
    expect(body).toMatchObject({ ok: true, result: { title: 'x\0y' } });
    expect(await execution(body.executionId)).toMatchObject({
      result: { title: 'x\u{FFFD}y', 'k\u{FFFD}': '\u{FFFD}!' },
      logs: [{ message: 'a\u{FFFD}b' }],
    });
  });

  it('is for editors', async () => {
    const id = await hub().mapping('Rights');
    for (const role of ['viewer', 'submitter'] as const)
      expect((await hub().test(id, 'sync', {}, { role })).status).toBe(403);
  });
});
