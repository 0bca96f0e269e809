import { describe, expect, it } from 'vitest';
import { useSurroundings } from '../channels/support.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';
import { useHub } from './support.ts';

const NOBODYS = '00000000-0000-7000-8000-000000000000';

describe.each(DATABASES)("the provider's forms of mappings on %s", (kind) => {
  const database = useDatabase(kind);
  const surroundings = useSurroundings();
  const hub = useHub(database, surroundings);

  it("say which field names the provider's form does not have, from the first save on", async () => {
    const id = await hub().mapping('First save');
    const { body } = await hub().save(
      id,
      'create',
      'fromField.add(new JSONObject().fluentPut("name","Resaon"))',
    );
    expect(body.diagnostics).toMatchObject([{ line: 1, column: 49, severity: 'warning' }]);
    expect(body.diagnostics[0]?.message).toBe('The form has no field "Resaon". Did you mean "Reason"?');
  });

  it("show the provider's own form, asked for once in ten minutes", async () => {
    const id = await hub().mapping('Formed');
    await surroundings().control('POST', '/templates', {
      processCode: 'PROC-FORM',
      name: 'A form',
      fields: [{ name: 'Reason', required: true }, { name: 'Amount' }],
    });
    await hub().call('PATCH', `/mappings/${id}`, { approvalDefinitionId: 'PROC-FORM' });
    const read = (query = '', role: 'viewer' | 'editor' = 'viewer') =>
      hub().call('GET', `/mappings/${id}/form${query}`, undefined, { role });
    const { body: form } = await read();
    expect(form.fields).toMatchObject([
      { name: 'Reason', required: true },
      { name: 'Amount', required: false },
    ]);
    const asked = () => database().knex('executions').where({ mapping_id: id, stage: 'form' });
    expect(await asked()).toHaveLength(1);
    expect((await read()).body).toEqual(form);
    expect(await asked()).toHaveLength(1);
    expect((await read('?refresh=true')).status).toBe(403);
    expect((await read('?refresh=true', 'editor')).body.fields).toEqual(form.fields);
    await database()
      .knex('mappings')
      .where({ id })
      .update({ form_fetched_at: new Date(Date.now() - 601_000) });
    await read('', 'editor');
    expect(await asked()).toHaveLength(3);

    const { body: saved } = await hub().save(id, 'create', 'fromField.add({ name: "Amuont", value: "1" });');
    expect(saved.diagnostics.map(({ message }) => message)).toEqual([
      'The form has no field "Amuont". Did you mean "Amount"?',
      'The form requires "Reason", and the script does not add it.',
    ]);

    const { body: misspelt } = await hub().save(
      id,
      'create',
      'fromField.add({ name: "Reasn", value: "1" });',
    );
    expect(misspelt.diagnostics.map(({ message }) => message)).toEqual([
      'The form has no field "Reasn". Did you mean "Reason", which it requires?',
    ]);

    // Another definition has another form, which a save asks for by itself, in vain once.
    await hub().call('PATCH', `/mappings/${id}`, { approvalDefinitionId: 'PROC-NOWHERE' });
    for (const text of ['// a', '// b'])
      expect((await hub().save(id, 'create', text)).body.diagnostics).toEqual([]);
    expect(await asked()).toHaveLength(4);
    const failed = await read('', 'editor');
    expect(failed).toMatchObject({ status: 502, body: { code: 'PROVIDER_FAILED' } });
    expect(failed.body.detail).toContain('DingTalk');
    // Who may only read does not use up the company's calls by asking over and over.
    expect(await read()).toMatchObject({ status: 502, body: { code: 'PROVIDER_FAILED' } });
    expect(await asked()).toHaveLength(5);
  });

  it('can have their form read before they are made, by editors', async () => {
    const template = {
      processCode: 'PROC-COMING',
      name: 'A form',
      fields: [{ name: 'Reason', required: true }],
    };
    await surroundings().control('POST', '/templates', template);
    const read = (code: string, role: 'viewer' | 'editor' = 'editor', channelId = hub().channelId) =>
      hub().call('GET', `/channels/${channelId}/forms/${encodeURIComponent(code)}`, undefined, { role });
    expect(await read('PROC-COMING')).toMatchObject({
      status: 200,
      body: { fields: [{ name: 'Reason', required: true }] },
    });
    const unknown = await read('PROC/NOWHERE?');
    expect(unknown).toMatchObject({ status: 502, body: { code: 'PROVIDER_FAILED' } });
    expect(unknown.body.detail).toContain('DingTalk');
    expect(await read('PROC-COMING', 'viewer')).toMatchObject({ status: 403 });
    expect(await read('PROC-COMING', 'editor', NOBODYS)).toMatchObject({ status: 404 });
    // What was asked is kept and counted as every question of the hub's is.
    const [kept] = await database().knex('executions').where({ stage: 'form', ok: false, mapping_id: null });
    expect(kept).toMatchObject({ channel_id: hub().channelId, input: { definitionId: 'PROC/NOWHERE?' } });
  });

  it('have their form known to everybody when who asked for it has left', async () => {
    const id = await hub().mapping('Left');
    await surroundings().control('POST', '/templates', {
      ...{ processCode: 'PROC-SLOW', name: 'A form', fields: [{ name: 'Reason' }] },
    });
    await hub().call('PATCH', `/mappings/${id}`, { approvalDefinitionId: 'PROC-SLOW' });
    await surroundings().control('PUT', '/faults', { latencyMs: 1_000 });
    const asked = hub().call('GET', `/mappings/${id}/form?refresh=true`, undefined, {
      signal: AbortSignal.timeout(300),
    });
    await expect(asked).rejects.toThrow();
    const form = () => hub().call('GET', `/mappings/${id}/form`, undefined, { role: 'viewer' });
    expect(await form()).toMatchObject({ status: 200, body: { fields: [{ name: 'Reason' }] } });
    await surroundings().control('PUT', '/faults', {});
    const runs = await database().knex('executions').where({ mapping_id: id, stage: 'form' });
    expect(runs).toMatchObject([{ ok: true }]);
  });
});
