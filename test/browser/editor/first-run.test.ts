import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { draftOf, scriptOf } from './script.ts';
import { describeInBrowser, useEditor } from './support.ts';

/** What an integrator has in hand: the appendix's create script. */
const GIVEN = readFileSync(new URL('../../../docs/examples/create.js', import.meta.url), 'utf8');

/** On a task's page: the status beside its name. */
const statusOf = (page: Page, status: string) =>
  page.locator(`[data-status="${status}"]`).filter({ hasText: status }).first();

/** Submits the sample that the dialog offers, and goes to its page. @returns the task's id */
async function submitSample(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog', { name: 'Submit a sample task' });
  const taskId = await dialog.getByLabel('Task id').inputValue();
  await dialog.getByRole('button', { name: 'Submit the task' }).click();
  await page.waitForURL(`**/tasks/${taskId}`);
  return taskId;
}

/** Agrees to a task's approval on the simulator's page, as its approvers do one after another. */
async function agree(simulator: Page, taskId: string): Promise<void> {
  const card = simulator.getByRole('article').filter({ hasText: taskId });
  await card.getByRole('button', { name: 'Approve' }).click();
  await card.getByText('Approved', { exact: true }).waitFor();
}

describeInBrowser('the first minutes with the editor', () => {
  const editor = useEditor();

  it('leads a newcomer from the sign-in link to an approved task', async () => {
    const { hub, open } = editor();
    const page = await open(hub.signInLink ?? expect.fail('There is no link.'), { role: null });
    await page.getByRole('button', { name: 'Sign in' }).click();

    const tour = page.getByRole('region', { name: 'Five minutes with the demo' });
    await tour.getByText('Change a field').waitFor();
    await tour.getByRole('link', { name: 'Open the mapping' }).click();
    const script = await scriptOf(page);
    await script.find('COMMENT');
    await page.keyboard.press('Delete');
    await page.keyboard.type("'Hello'");
    await script.line("field('Remarks', 'Hello');").waitFor();
    await script.save();

    await tour.getByText('Test it').waitFor();
    await page.getByRole('button', { name: /^Run create/ }).click();
    await page
      .getByRole('row', { name: /^Remarks/ })
      .getByText('Hello')
      .waitFor();
    await page.getByText('This test opened an approval').waitFor();

    await tour.getByText('Publish it').waitFor();
    await page.getByRole('button', { name: 'Publish …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish “Demo approval” as v2' });
    await dialog.getByRole('textbox', { name: 'Note' }).fill('Says hello');
    await dialog.getByRole('button', { name: 'Publish v2' }).click();
    await page.getByText('v2 is published').waitFor();

    await tour.getByRole('button', { name: 'Submit a task …' }).click();
    const taskId = await submitSample(page);
    await statusOf(page, 'pending').waitFor();

    const opened = page.context().waitForEvent('page');
    await tour.getByRole('link', { name: 'Open the simulator' }).click();
    const simulator = await opened;
    await simulator.getByRole('article').filter({ hasText: taskId }).getByText('Hello').waitFor();
    await agree(simulator, taskId);

    await page.bringToFront();
    await statusOf(page, 'approved').waitFor();
    await page.getByText('You have seen it all').waitFor();
  }, 60_000);

  it('takes a script from the appendix as it is, and brings a task to approved by it', async () => {
    const { api, control, open } = editor();
    const page = await open('/mappings', { role: 'editor' });
    await page.getByRole('link', { name: 'New mapping' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('SQL release');
    await page.getByRole('textbox', { name: /processCode/ }).fill('PROC-DEMO');
    await page.getByRole('button', { name: 'Make the mapping' }).click();
    await page.getByText(/The provider’s form has \d+ fields/).waitFor();
    await page.getByRole('link', { name: 'Write the scripts' }).click();

    const script = await scriptOf(page);
    await script.paste(GIVEN);
    await page.getByText('no problems').waitFor();
    await page.getByRole('textbox', { name: 'TASK_NAME' }).fill('Add an index');
    await page.getByRole('button', { name: /^Run create/ }).click();
    await page
      .getByRole('row', { name: /^Task Name/ })
      .getByText('Add an index')
      .waitFor();
    await page
      .getByRole('row', { name: /^Summary/ })
      .getByText('https://')
      .waitFor();
    await page.getByText('approvalInstanceId').first().waitFor();
    await script.save();
    expect(await draftOf(api, page.url().replace(/.*mappings\/([^/?]+).*/, '$1'))).toBe(GIVEN);

    await page.getByRole('button', { name: 'Publish …' }).click();
    await page.getByRole('button', { name: 'Publish v1' }).click();
    await page.getByText('v1 is published').waitFor();

    await page.getByRole('link', { name: 'Bindings' }).click();
    await page.getByRole('combobox', { name: 'Mapping of SQL task', exact: true }).click();
    await page.getByRole('option', { name: 'SQL release' }).click();
    await page.getByText('SQL task → SQL release').waitFor();

    await page.getByRole('link', { name: 'Tasks', exact: true }).click();
    await page.getByRole('button', { name: 'Submit a sample task' }).first().click();
    await page.getByRole('combobox', { name: 'Task type' }).fill('SQL task');
    await page.getByRole('listbox', { name: 'Task type' }).getByRole('option', { name: 'SQL task' }).click();
    const taskId = await submitSample(page);
    await statusOf(page, 'pending').waitFor();
    await page.getByRole('button', { name: 'Sync' }).click();
    await page.getByText('Waiting for').first().waitFor();
    await page.getByRole('link', { name: 'SQL release' }).waitFor();

    const { body } = await control('GET', '/instances');
    const opened = (body as { items: { instanceId: string; form: { value: string }[] }[] }).items.find(
      ({ form }) => form.some(({ value }) => value === taskId),
    );
    await control('POST', `/instances/${opened?.instanceId ?? ''}/approve`, { remark: 'after 22:00' });
    await statusOf(page, 'approved').waitFor();
    await page.getByText('after 22:00').first().waitFor();
  }, 60_000);
});
