import { expect, it } from 'vitest';
import { scriptOf } from './script.ts';
import { statusOf, submitSample, toSimulator } from './story.ts';
import { describeInBrowser, useEditor } from './support.ts';

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
  });
});
