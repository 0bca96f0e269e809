import { describe, expect, it } from 'vitest';
import { STAGES } from '../../server/contract/stage.ts';
import { loadProvider } from '../../server/providers/provider.ts';
import { useSurroundings } from '../channels/support.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { useHub } from './support.ts';
import { insertTask } from './tasks.ts';

const { stages: DEFAULTS } = loadProvider('dingtalk');

describe.each(DATABASES)('mappings on %s', (kind) => {
  const database = useDatabase(kind);
  const surroundings = useSurroundings();
  const hub = useHub(database, surroundings);

  it("begin with the provider's default scripts as their draft", async () => {
    const id = await hub().mapping('Fresh');
    const { body } = await hub().call('GET', `/mappings/${id}`, undefined, { role: 'viewer' });
    expect(body).toMatchObject({
      ...{ id, name: 'Fresh', channelId: hub().channelId, approvalDefinitionId: 'PROC-DEMO' },
      ...{ publishedVersion: null, changedStages: STAGES, samples: {}, openTasks: 0, limits: {} },
    });
    for (const stage of STAGES) expect(body.draft[stage].source.replace("'•'", "'…'")).toBe(DEFAULTS[stage]);
    const listed = await hub().call('GET', `/mappings?channelId=${hub().channelId}&limit=1`);
    expect(listed.body.items[0]).toMatchObject({ id, draft: { sync: { source: DEFAULTS.sync } } });
  });

  it('have a name of their own in a channel, and a channel that exists', async () => {
    const id = await hub().mapping('Taken');
    const other = await hub().mapping('Other');
    const given = { channelId: hub().channelId, name: 'Taken', approvalDefinitionId: 'PROC-DEMO' };
    const repeated = await hub().call('POST', '/mappings', given);
    expect(repeated).toMatchObject({ status: 409, body: { code: 'CONFLICT', errors: [{ path: 'name' }] } });
    expect(await hub().call('PATCH', `/mappings/${other}`, { name: 'Taken' })).toMatchObject({ status: 409 });
    expect(await hub().call('POST', '/mappings', { ...given, channelId: id })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'channelId' }] },
    });
    expect(await hub().call('GET', `/mappings/${hub().channelId}`)).toMatchObject({ status: 404 });
  });

  it('take limits within what the host grants', async () => {
    const id = await hub().mapping('Limited');
    const wrong = await hub().call('PATCH', `/mappings/${id}`, { limits: { cpuMs: 99_999, cpu: 1 } });
    expect(wrong.body.errors[0]).toEqual({
      path: 'limits.cpuMs',
      message: 'must be a whole number from 10 to 10000, not 99999.',
    });
    expect(wrong.body.errors).toMatchObject([{}, { path: 'limits.cpu' }]);
    expect((await hub().call('PATCH', `/mappings/${id}`, { limits: { cpu: 1 } })).body.detail).toContain(
      'limits.cpu is no limit. Limits: cpuMs',
    );
    expect((await hub().call('PATCH', `/mappings/${id}`, {})).status).toBe(400);
    await hub().call('PATCH', `/mappings/${id}`, { limits: { cpuMs: 50 } });
    await hub().save(id, 'callback', 'for (;;) {}');
    const run = await hub().test(id, 'callback', { event: {} });
    expect(run.body).toMatchObject({ ok: false, error: { code: 'SCRIPT_TIMEOUT' } });
    expect(run.body.cpuMs).toBeLessThan(900);
  });

  it('save texts with errors, and say what is wrong with them', async () => {
    const id = await hub().mapping('Diagnosed');
    const saved = await hub().save(
      id,
      'create',
      'String x = TASK_NAEM;\nreqBody.put("appSecret", "demo-secret");',
    );
    expect(saved).toMatchObject({
      status: 200,
      body: {
        updatedBy: 'the editor',
        diagnostics: [
          {
            line: 1,
            column: 12,
            severity: 'error',
            message: 'TASK_NAEM is not defined. Did you mean TASK_NAME?',
          },
          { line: 2, column: 26, severity: 'error' },
        ],
      },
    });
    expect(saved.headers.get('etag')).toBe(`"${saved.body.etag}"`);
    expect((await hub().save(id, 'create', 'if (')).body.diagnostics).toMatchObject([
      { severity: 'error', line: 1 },
    ]);
    expect((await hub().save(id, 'create', 'x'.repeat(256 * 1024 + 1))).body.errors).toEqual([
      { path: 'source', message: 'must have at most 256 KiB' },
    ]);
    expect((await hub().save(id, 'publish', '')).status).toBe(400);
  });

  it('let nobody overwrite what somebody else saved', async () => {
    const id = await hub().mapping('Contended');
    const path = `/mappings/${id}/draft/create`;
    const { body: first } = await hub().save(id, 'create', '// mine');
    const second = await hub().call(
      'PUT',
      path,
      { source: '// theirs' },
      { role: 'admin', headers: { 'if-match': `"${first.etag}"` } },
    );
    expect(second.status).toBe(200);

    const stale = await hub().call(
      'PUT',
      path,
      { source: '// mine too' },
      { headers: { 'if-match': first.etag } },
    );
    expect(stale).toMatchObject({
      status: 412,
      body: {
        code: 'EDIT_CONFLICT',
        etag: second.body.etag,
        source: '// theirs',
        updatedBy: 'the admin',
        stage: 'create',
      },
    });
    // A save whose answer was lost is sent again as it was.
    const again = await hub().call(
      'PUT',
      path,
      { source: '// theirs' },
      { headers: { 'if-match': first.etag } },
    );
    expect(again).toMatchObject({ status: 200, body: { etag: second.body.etag } });

    const racing = await Promise.all(
      ['a', 'b', 'c', 'd'].map((text) =>
        hub().call('PUT', path, { source: `// ${text}` }, { headers: { 'if-match': second.body.etag } }),
      ),
    );
    expect(racing.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });

  it('publish immutable versions, whatever becomes of the draft', async () => {
    const id = await hub().mapping('Published');
    await hub().save(id, 'sync', "return { status: 'pending' };");
    expect(await hub().call('POST', `/mappings/${id}/publish`, { note: 'first' })).toMatchObject({
      status: 201,
      body: { version: 1 },
    });
    await hub().save(id, 'sync', "return { status: 'approved' };");
    await hub().call('PATCH', `/mappings/${id}`, { approvalDefinitionId: 'PROC-OTHER' });
    // Without a body, and at once: each has a number of its own.
    const more = await Promise.all([1, 2, 3].map(() => hub().call('POST', `/mappings/${id}/publish`)));
    expect(more.map(({ body }) => body.version).sort()).toEqual([2, 3, 4]);

    const { body: listed } = await hub().call('GET', `/mappings/${id}/versions?limit=2`);
    expect(listed.items.map(({ version }) => version)).toEqual([4, 3]);
    const { body: rest } = await hub().call(
      'GET',
      `/mappings/${id}/versions?limit=2&cursor=${listed.nextCursor}`,
    );
    expect(rest).toMatchObject({
      nextCursor: null,
      items: [{ version: 2 }, { version: 1, note: 'first', current: false }],
    });

    const { body: one } = await hub().call('GET', `/mappings/${id}/versions/1`);
    expect(one).toMatchObject({
      ...{ publishedBy: 'the editor', approvalDefinitionId: 'PROC-DEMO' },
      defaultStages: ['token', 'create', 'revoke', 'callback'],
      sources: { sync: "return { status: 'pending' };" },
    });
    expect((await hub().call('GET', `/mappings/${id}/versions/9`)).status).toBe(404);
    expect((await hub().call('GET', `/mappings/${id}/versions/99999999999`)).status).toBe(400);
    expect((await hub().call('GET', `/mappings/${id}`)).body).toMatchObject({
      publishedVersion: 4,
      changedStages: [],
    });
  });

  it('are not published with a text that cannot be read, and say which and where', async () => {
    const id = await hub().mapping('Unreadable');
    await hub().save(id, 'create', '\nif (');
    await hub().save(id, 'sync', 'return {');
    const refused = await hub().call('POST', `/mappings/${id}/publish`, {});
    expect(refused).toMatchObject({
      status: 422,
      body: {
        code: 'SCRIPT_SYNTAX',
        errors: [{ path: 'create', message: expect.stringContaining('line 2') as string }, { path: 'sync' }],
        stages: { create: [{ line: 2, severity: 'error' }], sync: [{ line: 1 }] },
      },
    });
    expect((await hub().call('GET', `/mappings/${id}`)).body.publishedVersion).toBeNull();
  });

  it('bring a version back into the draft, and overwrite no newer draft unseen', async () => {
    const id = await hub().mapping('Restored');
    await hub().save(id, 'create', '// one');
    await hub().call('POST', `/mappings/${id}/publish`);
    const { body: two } = await hub().save(id, 'create', '// two');
    const { body: three } = await hub().save(id, 'create', '// three');
    const path = `/mappings/${id}/versions/1/restore`;
    const refused = await hub().call('POST', path, { etags: { create: two.etag } });
    expect(refused).toMatchObject({ status: 412, body: { source: '// three' } });
    const restored = await hub().call('POST', path, { etags: { create: three.etag } });
    expect(restored).toMatchObject({
      status: 200,
      body: { draft: { create: { source: '// one' } }, changedStages: [] },
    });
    await hub().save(id, 'create', '// four');
    expect((await hub().call('POST', path)).body.draft.create.source).toBe('// one');
  });

  it('show two states side by side', async () => {
    const id = await hub().mapping('Compared');
    await hub().call('POST', `/mappings/${id}/publish`);
    await hub().save(id, 'create', 'const secret = "8Kd02mQz7RfT5vB1nYp3LwX9";');
    const { body } = await hub().call('GET', `/mappings/${id}/compare?from=1`);
    expect(body).toMatchObject({
      ...{ from: '1', to: 'draft' },
      stages: { create: { from: DEFAULTS.create, changed: true }, sync: { changed: false } },
      approvalDefinitionId: { changed: false },
    });
    await hub().call('POST', `/mappings/${id}/publish`);
    await hub().save(id, 'create', 'const secret = "9Kd02mQz7RfT5vB1nYp3LwX9";');
    const seen = await hub().call('GET', `/mappings/${id}/compare?from=2`, undefined, { role: 'submitter' });
    expect(seen.body.stages.create).toEqual({
      from: `const secret = "${'•'.repeat(24)}";`,
      to: `const secret = "${'•'.repeat(24)}";`,
      changed: true,
    });
    expect((await hub().call('GET', `/mappings/${id}/compare?from=latest`)).status).toBe(400);
  });

  it('show who may only read no secret that was typed in', async () => {
    const id = await hub().mapping('Masked');
    await hub().save(id, 'create', 'reqBody.put("appSecret","8Kd02mQz7RfT5vB1nYp3LwX9") // demo-secret');
    await hub().call('POST', `/mappings/${id}/publish`);
    for (const path of [`/mappings/${id}`, `/mappings/${id}/versions/1`, '/mappings?limit=1'])
      for (const role of ['viewer', 'submitter', 'editor'] as const) {
        const { body } = await hub().call('GET', path, undefined, { role });
        expect(JSON.stringify(body).includes('8Kd02m')).toBe(role === 'editor');
        expect(JSON.stringify(body).includes('// demo-secret')).toBe(role === 'editor');
      }
    const audit = await database().knex('audit').where({ object_id: id, object_type: 'draft' });
    expect(audit).toHaveLength(1);
    expect(JSON.stringify(audit)).not.toMatch(/8Kd02m|demo-secret/);
  });

  it('are copied to another channel of their kind', async () => {
    const id = await hub().mapping('Original');
    await hub().save(id, 'create', '// copied');
    const channelId = await hub().channel(`Second ${kind}`, surroundings().base);
    const copy = await hub().call('POST', `/mappings/${id}/duplicate`, { channelId, name: 'Copy' });
    expect(copy).toMatchObject({
      status: 201,
      body: { channelId, name: 'Copy', publishedVersion: null, draft: { create: { source: '// copied' } } },
    });
    await database().knex('channels').where({ id: channelId }).update({ type: 'wecom' });
    const other = await hub().call('POST', `/mappings/${id}/duplicate`, {
      channelId: hub().channelId,
      name: 'Original',
    });
    expect(other.status).toBe(409);
    await database().knex('channels').where({ id: channelId }).update({ type: 'dingtalk' });
  });

  it('cannot be deleted while bindings or tasks need them', async () => {
    const id = await hub().mapping('Needed');
    await hub().call('POST', `/mappings/${id}/publish`);
    const { body: binding } = await hub().call('PUT', '/bindings', {
      taskType: `Needed ${kind}`,
      mappingId: id,
    });
    const remove = () => hub().call('DELETE', `/mappings/${id}`);
    expect(await remove()).toMatchObject({
      status: 409,
      body: { code: 'IN_USE', detail: expect.stringContaining(`Needed ${kind}`) as string },
    });
    await hub().call('DELETE', `/bindings/${binding.id}`);

    const finish = await insertTask(database().knex, {
      mappingId: id,
      channelId: hub().channelId,
      version: 1,
    });
    expect((await hub().call('GET', `/mappings/${id}`)).body.openTasks).toBe(1);
    expect((await hub().call('GET', `/mappings/${id}/versions/1`)).body.openTasks).toBe(1);
    expect(await remove()).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('1 open tasks') as string },
    });
    await finish('approved');
    expect(await remove()).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('finished') as string },
    });
    await finish('gone');
    expect((await remove()).status).toBe(204);
    expect((await hub().call('GET', `/mappings/${id}`)).status).toBe(404);
    const actions = await database().knex('audit').where({ object_id: id }).orderBy('id').pluck('action');
    expect(actions).toEqual(['create', 'publish', 'delete']);
  });
});
