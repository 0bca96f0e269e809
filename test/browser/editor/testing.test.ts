import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { addMapping, saveDraft } from './script.ts';
import { describeInBrowser, useEditor } from './support.ts';

/** A stage of a chain's row of stages, once it ended so. */
const step = (page: Page, stage: string, state: string) =>
  page.getByRole('list', { name: 'Stages of this run' }).getByRole('button', { name: `${stage} ${state}` });

describeInBrowser('testing a mapping', () => {
  const editor = useEditor();
  const opened = async (): Promise<{ instanceId: string; status: string }[]> => {
    const { body } = await editor().control('GET', '/instances');
    return (body as { items: { instanceId: string; status: string }[] }).items;
  };
  async function openTest(name: string, source?: string): Promise<{ id: string; page: Page }> {
    const { api, open } = editor();
    const id = await addMapping(api, name);
    if (source !== undefined) await saveDraft(api, id, source);
    const page = await open(`/mappings/${id}?stage=create`, { role: 'editor' });
    await page.getByRole('region', { name: 'Test panel' }).waitFor();
    return { id, page };
  }

  it('runs the chain, and hands token and approval on from stage to stage', async () => {
    const { page } = await openTest('The chain');
    await page.getByRole('button', { name: 'Run chain' }).click();
    for (const stage of ['token', 'create', 'sync']) await step(page, stage, 'passed').waitFor();
    // DingTalk revokes nothing in its first seconds: the chain waits, and tries once more.
    await step(page, 'revoke', 'passed').waitFor({ timeout: 60_000 });
    const [approval] = await opened();
    expect(approval?.status).toBe('TERMINATED');

    // Kept for the next try of one stage.
    await page.getByRole('tab', { name: 'sync' }).first().click();
    await page.getByRole('tab', { name: 'Input' }).click();
    expect(await page.getByRole('textbox', { name: 'approvalInstanceId' }).inputValue()).toBe(
      approval?.instanceId,
    );
    const kept = page.getByRole('group', { name: 'Handed on' });
    await kept.getByText('From the last token stage').waitFor();
    await kept.getByRole('button', { name: 'Forget accessToken' }).click();
    await kept.getByText('none kept').waitFor();
  });

  it('says that it runs, and ends it on request', async () => {
    const { page } = await openTest('Cancelled', 'await new Promise((done) => setTimeout(done, 8_000));\n');
    await page.getByRole('button', { name: /^Run create/ }).click();
    await page.getByText('Running create …').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('create was cancelled', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
  });

  it('sends nothing when recorded answers stand in for the provider', async () => {
    const { page } = await openTest('Recorded');
    await page.getByRole('button', { name: /^Run create/ }).click();
    await page.getByText('This test opened an approval').waitFor();
    await page.getByRole('tab', { name: 'Result' }).click();
    await page.getByRole('button', { name: 'Keep these answers as the recording' }).click();
    const before = await opened();

    await page.getByRole('radiogroup', { name: 'Answers come from' }).getByText('recorded').click();
    await page.getByRole('tab', { name: 'Input' }).click();
    await page.getByText(/^Recorded answers for create · \d answers$/).waitFor();
    await page.getByRole('textbox', { name: 'TASK_NAME' }).fill('Only recorded');
    await page.getByRole('button', { name: /^Run create/ }).click();
    await page
      .getByRole('row', { name: /^Task Name/ })
      .getByText('Only recorded')
      .waitFor();
    expect(await opened()).toEqual(before);
  });

  it('shows each call, to be copied as curl with the secrets masked', async () => {
    const { page } = await openTest('Traced');
    await page.getByRole('button', { name: /^Run create/ }).click();
    await page.getByText('This test opened an approval').waitFor();
    await page.getByRole('tab', { name: /^HTTP/ }).click();
    const calls = page.getByRole('list', { name: 'HTTP calls of this run' });
    await calls.getByRole('button', { name: /^POST .*processInstances/ }).click();
    await calls.getByText('Response').waitFor();
    await calls.getByRole('button', { name: 'Copy as curl' }).click();
    await calls.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toMatch(/^curl [^]*processInstances/m);
    expect(copied).toContain('••••');
    expect(copied).toContain('Task ID');
  });

  it('keeps what was tried, to be opened and run again with its input', async () => {
    const { page } = await openTest('Repeated', 'console.log(TASK_NAME);\nreturn { revoked: true };\n');
    const name = page.getByRole('textbox', { name: 'TASK_NAME' });
    await name.fill('The first try');
    const run = page.getByRole('button', { name: /^Run create/ });
    await run.click();
    await page.getByText('SCRIPT_RESULT').first().waitFor();
    await page.getByRole('tab', { name: 'Input' }).click();
    await name.fill('The second try');
    await run.click();
    await page.getByRole('tab', { name: /^Console/ }).click();
    await page.getByText('The second try').waitFor();

    await page.getByRole('tab', { name: 'History' }).click();
    const rows = page.getByRole('table', { name: 'The last tests of this mapping' }).getByRole('row');
    await expect.poll(() => rows.count()).toBe(3); // with its head
    await rows.last().getByRole('button', { name: 'Open' }).click();
    await page.getByText('A former test of create').waitFor();
    await page.getByText('The first try').waitFor();
    await page.getByRole('button', { name: 'Back to the latest run' }).click();
    await page.getByRole('tab', { name: 'History' }).click();
    await rows.last().getByRole('button', { name: 'Run again' }).click();
    await page.getByText('Its input is in the form now.').waitFor();
    await page.getByRole('tab', { name: /^Console/ }).click();
    await page.getByText('The first try').waitFor();
    await page.getByRole('tab', { name: 'Input' }).click();
    expect(await name.inputValue()).toBe('The first try');
  });
});
