import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { sample } from '../../../editor/words/sample.ts';
import { draftOf, scriptOf } from './script.ts';
import { describeInBrowser, useEditor } from './support.ts';

/** What an integrator has in hand: the appendix's create script. */
const GIVEN = readFileSync(new URL('../../../docs/examples/create.js', import.meta.url), 'utf8');

/** On a task's page: the status beside its name. */
const statusOf = (page: Page, status: string): Locator =>
  page.getByRole('main').locator('[data-status]').filter({ hasText: status }).first();

/** Submits the sample that the dialog offers, and goes to its page. @returns the task's id */
async function submitSample(page: Page, words = sample.en): Promise<string> {
  const dialog = page.getByRole('dialog', { name: words.title });
  const taskId = await dialog.getByLabel(words.taskId).inputValue();
  await dialog.getByRole('button', { name: words.submit }).click();
  await page.waitForURL(`**/tasks/${taskId}`);
  return taskId;
}

/** Opens what leads to the simulator, which shows the task's approval among others with the keyboard at it. */
async function toSimulator(link: Locator, taskId: string): Promise<Locator> {
  const opened = link.page().context().waitForEvent('page');
  await link.click();
  const simulator = await opened;
  await simulator.locator('article:focus').filter({ hasText: taskId }).waitFor();
  return simulator.getByRole('article').filter({ hasText: taskId });
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

    const card = await toSimulator(tour.getByRole('link', { name: 'To the simulator' }), taskId);
    await card.getByText('Hello').waitFor();
    await card.getByRole('button', { name: 'Approve' }).click();
    await card.getByText('Approved', { exact: true }).waitFor();

    await page.bringToFront();
    await statusOf(page, 'approved').waitFor();
    await page.getByText('You have seen it all').waitFor();
  }, 60_000);

  it('goes the same way in Chinese and in the dark, with the script from the appendix', async () => {
    const { open } = editor();
    const page = await open('/', { locale: 'zh-CN', colorScheme: 'dark' });
    await page.getByRole('button', { name: '开始引导' }).click();
    const tour = page.getByRole('region', { name: '五分钟上手体验' });
    await tour.getByRole('link', { name: '打开映射' }).click();
    await (await scriptOf(page)).paste(GIVEN);
    await page.getByText('没有问题').waitFor();

    await page.getByRole('button', { name: /^运行发起审批/ }).click();
    await page
      .getByRole('row', { name: /^Summary/ })
      .getByText('https://')
      .waitFor();
    await page.getByText('本次试运行发起了审批').waitFor();

    await tour.getByText('点击脚本上方的“发布”').waitFor();
    await page.getByRole('button', { name: '发布…' }).click();
    await page.getByRole('button', { name: /^发布 v\d+$/ }).click();
    await page.getByText(/v\d+ 已发布/).waitFor();

    await tour.getByRole('button', { name: '提交任务…' }).click();
    const taskId = await submitSample(page, sample.zh);
    await statusOf(page, '审批中').waitFor();
    await page.getByRole('link', { name: 'Demo approval' }).waitFor();
    const card = await toSimulator(tour.getByRole('link', { name: '打开模拟器' }), taskId);
    await card.getByRole('button', { name: '同意' }).click();
    await card.getByText('已同意', { exact: true }).first().waitFor();

    await page.bringToFront();
    await statusOf(page, '已通过').waitFor();
    await tour.getByText('体验完成').waitFor();
    await tour.getByRole('button', { name: '关闭' }).click();
    await tour.waitFor({ state: 'detached' });
  }, 60_000);

  it('takes a script from the appendix as it is, and brings a task to approved by it', async () => {
    const { api, control, open } = editor();
    const page = await open('/mappings', { role: 'editor' });
    await page.getByRole('link', { name: 'New mapping' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('SQL release');
    await page.getByRole('textbox', { name: /processCode/ }).fill('PROC-DEMO');
    await page.keyboard.press('Tab');
    await page.getByText(/The provider’s form has \d+ fields/).waitFor();
    await page.getByRole('button', { name: 'Make the mapping' }).click();

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
