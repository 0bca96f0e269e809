import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sample } from '../../../editor/words/sample.ts';
import { draftOf, scriptOf } from './script.ts';
import { statusOf, submitSample, toSimulator } from './story.ts';
import { describeInBrowser, useEditor } from './support.ts';

/** What an integrator has in hand: the appendix's create script. */
const GIVEN = readFileSync(new URL('../../../docs/examples/create.js', import.meta.url), 'utf8');

describeInBrowser('a script that an integrator brings along', () => {
  const editor = useEditor();

  it('is tried, published and followed to approved by the tour, in Chinese and in the dark', async () => {
    const { open } = editor();
    const page = await open('/', { locale: 'zh-CN', colorScheme: 'dark' });
    // The tour begins by itself in a new hub; who put it away finds it again.
    await page.getByRole('button', { name: '收起引导' }).click();
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
  });

  it('is taken as it is by a mapping of its own, and brings a task to approved', async () => {
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
  });
});
