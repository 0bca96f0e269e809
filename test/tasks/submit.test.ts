import { describe, expect, it } from 'vitest';
import { VARIABLE_NAMES } from '../../server/contract/variables.ts';
import { useHub } from '../approvals/support.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';

const TYPE = 'SQL task';

describe.each(DATABASES)('submitting a task, on %s', (kind) => {
  const database = useDatabase(kind);
  const hub = useHub(database);
  const submit = (taskId: string, variables = {}, more = {}): Promise<unknown> =>
    hub().submit({ taskId, taskType: TYPE, variables, ...more }, 'a platform');

  it('accepts it once when it is handed in twenty times at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, () => submit('twenty', { REASON: 'slow list' })),
    );
    expect(all.filter((each) => (each as { isNew: boolean }).isNew)).toHaveLength(1);
    await hub().work();
    expect(await hub().standing('twenty')).toHaveLength(1);
  });

  it('lets nobody fail for a neighbour that is refused', async () => {
    const ends = await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) =>
        submit(`neighbour-${index}`, {}, index % 3 === 0 ? { taskType: 'unbound' } : {}),
      ),
    );
    expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(10);
    const rows = await hub().deps.knex('tasks').whereLike('task_id', 'neighbour-%');
    expect(rows).toHaveLength(20);
    const approvals = await hub()
      .deps.knex('approvals')
      .whereIn(
        'task_id',
        rows.map(({ id }) => id),
      );
    expect(approvals).toHaveLength(20);
  });

  it('answers the same task again with what it is, also when its binding has gone since', async () => {
    await submit('again', { REASON: 'why' }, { taskSubtype: 'Compliant' });
    const absent = Object.fromEntries(VARIABLE_NAMES.map((name) => [name, '']));
    const own = { TASK_ID: 'again', TASK_TYPE: TYPE, TASK_SUBTYPE: 'Compliant', APPROVAL_CODE: 'PROC-DEMO' };
    expect(await submit('again', { ...absent, REASON: 'why', ...own }, { taskSubtype: 'Compliant' })).toEqual(
      {
        status: 'submitted',
        isNew: false,
      },
    );
    await hub().deps.knex.transaction(async (trx) => {
      const bindings = await trx('bindings').select('*');
      await trx('bindings').delete();
      await trx.commit();
      expect(await submit('again', { REASON: 'why' }, { taskSubtype: 'Compliant' })).toMatchObject({
        isNew: false,
      });
      await hub().deps.knex('bindings').insert(bindings);
    });
  });

  it('names what differs from the task of that id', async () => {
    await submit('differs', { REASON: 'why' });
    await expect(
      submit('differs', { REASON: 'because' }, { taskSubtype: 'Compliant' }),
    ).rejects.toMatchObject({
      code: 'TASK_DIFFERS',
      status: 409,
      errors: [{ path: 'taskSubtype' }, { path: 'variables.REASON' }],
    });
  });

  it('says how to bind a type that nothing is bound to, and how to publish what is bound', async () => {
    await expect(submit('unbound', {}, { taskType: 'Data export' })).rejects.toMatchObject({
      code: 'NO_BINDING',
      status: 409,
      message: expect.stringContaining('PUT /api/v1/bindings') as string,
    });
    const { knex } = hub().deps;
    const { publishedVersion } = {
      publishedVersion: (await knex('mappings').first('published_version'))?.published_version,
    };
    await knex('mappings').update({ published_version: null });
    await expect(submit('unpublished')).rejects.toMatchObject({ code: 'NOT_PUBLISHED', status: 409 });
    await knex('mappings').update({ published_version: publishedVersion ?? null });
  });

  it.each([
    ['TASK_ID', 'another'],
    ['TASK_TYPE', 'another'],
    ['TASK_SUBTYPE', 'another'],
    ['APPROVAL_CODE', 'PROC-OTHER'],
  ])('refuses a %s that contradicts the task', async (name, value) => {
    await expect(submit('contradicts', { [name]: value })).rejects.toMatchObject({
      status: 400,
      errors: [{ path: `variables.${name}` }],
    });
  });

  it('hands the scripts what the task says itself', async () => {
    const source =
      "return { status: 'pending', title: [TASK_ID, TASK_TYPE, TASK_SUBTYPE, APPROVAL_CODE, SQL_CONTENT].join('|') };";
    await hub().publish({ sync: source });
    await submit('filled', { SQL_FULL_CONTENT: 'select 1' }, { taskSubtype: 'Compliant' });
    await hub().work();
    const { id } = await hub().approval('filled');
    await hub().approvals.syncNow(id, { signal: new AbortController().signal, runBy: 'Li Lei' });
    expect((await hub().show('filled')).approval?.title).toBe(`filled|${TYPE}|Compliant|PROC-DEMO|select 1`);
  });

  it('keeps a task on the version that was published when it came', async () => {
    await submit('pinned');
    const { version } = await hub().approval('pinned');
    await hub().publish({ create: "throw new Error('a newer version');" });
    await hub().work();
    expect(await hub().show('pinned')).toMatchObject({ status: 'pending', approval: { version } });
  });
});
