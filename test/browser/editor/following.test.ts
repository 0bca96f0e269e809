import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { becomes, decide, newest, publish, submit } from './past.ts';
import { describeInBrowser, useEditor } from './support.ts';

/** Whatever would run, were it markup. */
const HOSTILE = {
  image: '<img src=x onerror="globalThis.owned=1">',
  script: '<script>globalThis.owned=1</script>',
};

const task = (page: Page, status: string) => page.locator(`main [data-status="${status}"]`).first();

describeInBrowser('following approvals', () => {
  const editor = useEditor();

  /** The demo's create script. */
  let usual = '';

  beforeAll(async () => {
    const hub = editor();
    const { body } = await hub.api('GET', `/mappings/${await hub.demoMapping()}`);
    usual = (body as { draft: { create: { source: string } } }).draft.create.source;
    // The simulator's approvals may be taken back at once.
    await hub.control('PUT', '/faults', { revokeLockMs: 0 });
    await submit(hub, 'T-old', { TASK_NAME: 'Archive the orders of 2019' });
    await becomes(hub, 'T-old', 'pending');
    await decide(hub, 'T-old', 'refuse', 'they are needed');
    await becomes(hub, 'T-old', 'rejected');
  });

  it('filters the list of tasks in the address, and shows statuses and tasks as they come', async () => {
    const hub = editor();
    await submit(hub, 'T-live', { TASK_NAME: 'Add an index' });
    await becomes(hub, 'T-live', 'pending');
    const page = await hub.open('/tasks');
    const rows = page.getByRole('table', { name: 'Tasks, newest first' }).locator('tbody tr');
    const row = (words: string) => rows.filter({ hasText: words });
    await row('T-live').getByText('pending').waitFor();
    await decide(hub, 'T-live', 'approve', 'fine');
    await row('T-live').getByText('approved').waitFor();
    await submit(hub, 'T-new', { TASK_NAME: 'Drop an index' });
    await page.getByRole('button', { name: '1 new task: show it' }).click();
    await row('T-new').waitFor();

    await page.getByLabel('Status').selectOption({ label: 'rejected' });
    await expect.poll(() => page.url()).toContain('status=rejected');
    await row('T-new').waitFor({ state: 'detached' });
    await row('T-old').waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('2018');
    await page.getByText('No task fits these filters').waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('2019');
    await row('T-old').waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe('?status=rejected&q=2019');
    await page.reload();
    await row('T-old').waitFor();
    expect(await rows.count()).toBe(1);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ]);
    const [, ...lines] = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(lines).toEqual([expect.stringMatching(/^T-old,Archive the orders of 2019,SQL task,,rejected,/)]);
    expect(await page.getByRole('searchbox', { name: 'Search' }).inputValue()).toBe('2019');
    await row('T-old').click();
    await page.getByRole('heading', { level: 1, name: 'Archive the orders of 2019' }).waitFor();
  });

  it('says that the hub is away, and shows the list by itself once it is there again', async () => {
    const page = await editor().open('/tasks', { troubles: [/^503 /] });
    await page.getByRole('table', { name: 'Tasks, newest first' }).waitFor();
    await page.route('**/api/v1/**', (route) => route.fulfill({ status: 503, body: 'Service Unavailable' }));
    await page.getByRole('link', { name: 'Events' }).click();
    await page.getByText('The hub is away').waitFor();
    await page.unroute('**/api/v1/**');
    await page.getByRole('table', { name: 'Events, newest first' }).waitFor();
    await page.getByText('The hub cannot be reached').waitFor({ state: 'detached' });
  });

  it('tells a task’s story as it happens: opened, decided with a word, called back', async () => {
    const hub = editor();
    await submit(hub, 'T-story', { TASK_NAME: 'Widen a column' });
    const page = await hub.open('/tasks/T-story');
    await task(page, 'pending').waitFor();
    const story = page.getByRole('listitem');
    await story.filter({ hasText: 'Approval opened at DingTalk' }).first().waitFor();
    // Asked before it is decided, so that it is the callback that tells of it.
    await page.getByText('Waiting for Wang Wei').first().waitFor();
    await decide(hub, 'T-story', 'approve', 'ok, after 22:00');
    await task(page, 'approved').waitFor();
    await story
      .filter({ hasText: /^Wang Wei approved/ })
      .first()
      .waitFor();
    await page.getByText('ok, after 22:00').first().waitFor();
    await story.filter({ hasText: 'DingTalk called back' }).first().waitFor();
    await page.getByRole('tab', { name: 'Events' }).click();
    await page.getByRole('table', { name: 'Events' }).getByText('bpms_instance_change').first().waitFor();
    await page.getByRole('tab', { name: 'Variables' }).click();
    await page.getByText('TASK_NAME').waitFor();
  });

  it('shows whoever opens a task who is waited for, without a click', async () => {
    const hub = editor();
    await submit(hub, 'T-wait', { TASK_NAME: 'Analyze a table' });
    await becomes(hub, 'T-wait', 'pending');
    const page = await hub.open('/tasks/T-wait', { role: 'viewer' });
    await page.getByText('Waiting for Wang Wei').first().waitFor();
    expect(await page.getByRole('button', { name: 'Sync', exact: true }).count()).toBe(0);
  });

  it('takes a task back with a reason', async () => {
    const hub = editor();
    await submit(hub, 'T-back', { TASK_NAME: 'Truncate a table' });
    const page = await hub.open('/tasks/T-back', { role: 'submitter' });
    await task(page, 'pending').waitFor();
    await page.getByRole('button', { name: 'Revoke…' }).click();
    const question = page.getByRole('dialog', { name: 'Take the task T-back back?' });
    await question.getByLabel('Reason').fill('the wrong table');
    await question.getByRole('button', { name: 'Revoke the task' }).click();
    await task(page, 'revoked').waitFor();
    expect(await page.getByRole('button', { name: 'Revoke…' }).count()).toBe(0);
    await page.getByText('the wrong table').first().waitFor();
  });

  it('says why a task failed, shows the run with its line, and tries again once the script is mended', async () => {
    const hub = editor();
    const mapping = await hub.demoMapping();
    await publish(hub, mapping, 'create', 'let x = 1;\nfromField.add({ name: "Tusk ID", value: TASK_ID });');
    await submit(hub, 'T-fail', { TASK_NAME: 'Load a file' });
    const page = await hub.open('/tasks/T-fail');
    await task(page, 'failed').waitFor();
    await page.getByText('What to do:').waitFor();
    await page.getByRole('link', { name: 'See the failed run' }).click();
    await page.getByRole('heading', { level: 1, name: 'Execution of create' }).waitFor();
    await page.getByRole('button', { name: /^POST .*processInstances/ }).click();
    await page.getByRole('heading', { name: 'Response' }).waitFor();
    await page.goBack();
    await publish(hub, mapping, 'create', usual);
    await page.getByRole('button', { name: 'Retry…' }).click();
    const question = page.getByRole('dialog', { name: 'Try the task T-fail again?' });
    await question.getByRole('button', { name: 'Try again' }).click();
    await task(page, 'pending').waitFor();
    await page.getByText('Tried again by The admin, with version 3').waitFor();
  });

  it('shows an event in its three forms, and replays it', async () => {
    const hub = editor();
    await submit(hub, 'T-event');
    await becomes(hub, 'T-event', 'pending');
    await decide(hub, 'T-event', 'approve', '');
    await becomes(hub, 'T-event', 'approved');
    const page = await hub.open('/events?outcome=applied');
    await page.getByRole('row').filter({ hasText: 'T-event' }).first().click();
    await page.getByRole('heading', { name: 'As it was pushed' }).waitFor();
    await page.getByText('"encrypt"').waitFor();
    await page.getByText('"processInstanceId"').waitFor();
    await page.getByText('"approved"').waitFor();
    const runs = page.getByRole('row').filter({ hasText: 'callback' });
    await runs.first().waitFor();
    const before = await runs.count();
    await page.getByRole('button', { name: 'Replay…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click();
    await expect.poll(() => runs.count(), { timeout: 40_000 }).toBe(before + 1);
    expect(await becomes(hub, 'T-event', 'approved')).toBeDefined();
  });

  it('shows what scripts, forms and people write as text, never as markup', async () => {
    const hub = editor();
    const mapping = await hub.demoMapping();
    const source = `console.log(${JSON.stringify(HOSTILE.image)}, ${JSON.stringify(HOSTILE.script)});
fromField.add({ name: "Task Name", value: TASK_NAME });
if (REASON !== "") throw new Error(${JSON.stringify(HOSTILE.image)});`;
    await publish(hub, mapping, 'create', source);
    await submit(hub, 'T-form', { TASK_NAME: HOSTILE.image, SUBMITTER: HOSTILE.script });
    await submit(hub, 'T-error', { TASK_NAME: HOSTILE.script, REASON: HOSTILE.image });
    await becomes(hub, 'T-form', 'pending');
    await becomes(hub, 'T-error', 'failed');
    await decide(hub, 'T-form', 'refuse', HOSTILE.image);
    await becomes(hub, 'T-form', 'rejected');
    const run = await newest(hub, '/executions?taskId=T-error&stage=create');
    const page = await hub.open('about:blank');
    const harmless = async (path: string, seen: string): Promise<void> => {
      await page.goto(path);
      await page.getByText(seen).first().waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.locator('img, main script').count(), path).toBe(0);
      expect(await page.evaluate('globalThis.owned'), path).toBeUndefined();
    };
    await harmless('/tasks/T-form', HOSTILE.image);
    await harmless('/tasks/T-error', HOSTILE.image);
    await harmless(`/executions/${run}`, HOSTILE.script);
    await harmless('/executions', HOSTILE.image);
    await harmless('/tasks', HOSTILE.image);
    await harmless('/', HOSTILE.script);
    await page.goto(`/mappings/${mapping}?stage=create`);
    await page.getByRole('button', { name: /^Run create/ }).click();
    await page.getByText(`Error: ${HOSTILE.image}`).or(page.getByText(HOSTILE.image)).first().waitFor();
    await page.getByRole('tab', { name: 'Console' }).click();
    await page.getByText(HOSTILE.script).first().waitFor();
    expect(await page.locator('img, main script').count()).toBe(0);
    expect(await page.evaluate('globalThis.owned')).toBeUndefined();
  });
});
