import { expect, it, vi } from 'vitest';
import { addMapping, draftOf, saveDraft, scriptOf } from './script.ts';
import { describeInBrowser, useEditor } from './support.ts';

describeInBrowser('versions of a mapping', () => {
  const editor = useEditor();

  it('warns of stages that nobody tested, and keeps the warning with the note', async () => {
    const { api, open } = editor();
    const id = await addMapping(api, 'Untested');
    await saveDraft(api, id, "fromField.add({ name: 'Task ID', value: TASK_ID });\n");
    const page = await open(`/mappings/${id}`, { role: 'editor' });
    await page.getByRole('button', { name: 'Publish …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish “Untested” as v1' });
    await dialog.getByText('untested: create').waitFor();
    const publish = dialog.getByRole('button', { name: 'Publish v1' });
    expect(await publish.isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: 'Note' }).fill('In a hurry');
    await dialog.getByRole('checkbox', { name: 'Publish it all the same' }).check();
    await publish.click();
    await page.getByText('v1 is published').waitFor();
    await page.getByRole('link', { name: /^v1 live/ }).click();
    const row = page.getByRole('row', { name: /^v1/ });
    await row.getByText('In a hurry').waitFor();
    await row.getByText('untested: create').waitFor();
    await row.getByText('The editor').waitFor();
  });

  it('shows draft and version side by side, puts a version back, and takes that back', async () => {
    const { api, open } = editor();
    const id = await addMapping(api, 'Restored');
    await saveDraft(api, id, '// as published\n');
    await api('POST', `/mappings/${id}/publish`, {});
    await saveDraft(api, id, '// as drafted\n');
    const page = await open(`/mappings/${id}`, { role: 'editor' });
    await page.getByRole('link', { name: 'Compare' }).click();
    const diff = page.locator('.monaco-diff-editor');
    await diff.locator('.original .view-line', { hasText: 'as published' }).waitFor();
    await diff.locator('.modified .view-line', { hasText: 'as drafted' }).waitFor();

    await page.getByRole('button', { name: 'Restore v1 …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Put v1 into the draft?' });
    await dialog.getByRole('listitem').filter({ hasText: 'create' }).waitFor();
    await dialog.getByRole('button', { name: 'Replace the draft' }).click();
    await page.getByText('No differences').waitFor();
    expect(await draftOf(api, id)).toBe('// as published\n');
    await page.getByRole('button', { name: 'Undo' }).click();
    await diff.locator('.modified .view-line', { hasText: 'as drafted' }).waitFor();
    expect(await draftOf(api, id)).toBe('// as drafted\n');
  });

  it('leads from a failed run to its line: in the draft, or beside it when the draft has another text', async () => {
    const { api, open } = editor();
    const id = await addMapping(api, 'Failed');
    await saveDraft(
      api,
      id,
      `${'console.log(TASK_ID);\n'.repeat(60)}const none = null;\nnone.isNot.there;\n`,
    );
    await api('POST', `/mappings/${id}/publish`, {});
    await api('PUT', '/bindings', { taskType: 'Failing', mappingId: id });
    await api('POST', '/tasks', { taskId: 'T-62', taskType: 'Failing', variables: {} });
    const runs = `/executions?mappingId=${id}&stage=create&ok=false`;
    const run = await vi.waitFor(
      async () => {
        const { body } = await api('GET', runs);
        const [found] = (body as { items: { id: string }[] }).items;
        return found?.id ?? expect.fail('It has not run yet.');
      },
      { timeout: 40_000, interval: 50 },
    );
    const page = await open(`/executions/${run}`, { role: 'editor' });
    await page.getByRole('link', { name: 'Open the script at line 62' }).click();
    const script = await scriptOf(page);
    await script.line('none.isNot.there;').waitFor();
    await page.keyboard.press('End');
    await page.keyboard.type(' // here');
    await script.line('none.isNot.there; // here').waitFor();

    await script.save();
    await page.goto(`/executions/${run}`);
    await page.getByRole('link', { name: 'Compare with version 1' }).click();
    const stage = page.getByRole('combobox', { name: 'Stage' });
    expect(await stage.inputValue()).toBe('create');
    await page.locator('.original .view-line', { hasText: 'none.isNot.there' }).waitFor();
    await stage.selectOption('sync');
    await page.getByText('This stage is the same on both sides.').waitFor();
    await page.reload();
    await page.getByText('This stage is the same on both sides.').waitFor();
    expect(await stage.inputValue()).toBe('sync');
  });

  it('tells before publishing what the draft would change in the forms of real tasks', async () => {
    const { api, control, demoMapping, open } = editor();
    const id = await demoMapping();
    const before = await open(`/mappings/${id}`, { role: 'editor' });
    await before.getByRole('button', { name: 'Publish …' }).click();
    await before.getByText('No task was opened by this mapping yet').waitFor();
    const variables = { TASK_NAME: 'Add an index', COMMENT: 'after 22:00' };
    await api('POST', '/tasks', { taskId: 'T-77', taskType: 'SQL task', variables });
    await vi.waitFor(
      async () => expect(await api('GET', '/tasks/T-77')).toMatchObject({ body: { status: 'pending' } }),
      { timeout: 40_000, interval: 50 },
    );
    const standing = await control('GET', '/instances');
    const source = await draftOf(api, id);
    await saveDraft(api, id, source.replace("'Remarks', COMMENT", "'Remarks', `Note: ${COMMENT}`"));
    const page = await open(`/mappings/${id}`, { role: 'editor' });
    await page.getByRole('button', { name: 'Publish …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Run for the last/ }).click();
    await dialog.getByText('1 task looked at').waitFor();
    await dialog.getByText('Remarks · in 1 task').waitFor();
    await dialog.getByRole('button', { name: /^T-77/ }).click();
    const row = dialog.getByRole('row', { name: /^Remarks/ });
    await row.getByRole('cell', { name: 'after 22:00', exact: true }).waitFor();
    await row.getByRole('cell', { name: 'Note: after 22:00', exact: true }).waitFor();
    expect((await control('GET', '/instances')).body).toEqual(standing.body);
  });
});
