import { type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { serveSimulators } from '../../server/simulator/serve.ts';
import { hasChromium, launchChromium } from '../support/chromium.ts';

interface Listed {
  readonly instanceId: string;
  readonly status: string;
  readonly result: string;
  readonly tasks: readonly { readonly userId: string }[];
}

interface Visit {
  readonly page: Page;
  readonly base: string;
  readonly create: (form: Readonly<Record<string, string>>) => Promise<string>;
  readonly instances: () => Promise<readonly Listed[]>;
}

describe.skipIf(!hasChromium)('the simulator’s page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  async function visit(options: BrowserContextOptions = {}): Promise<Visit> {
    const served = await serveSimulators({ port: 0 });
    const base = `${served.url}/simulator/dingtalk`;
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    onTestFinished(async () => {
      await context.close();
      await served.close();
    });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      // A refused decision is an answer of 4xx, which the browser writes to the console as well.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        faults.push(message.text());
    });
    onTestFinished(() => expect(faults).toEqual([]));
    await page.goto(`${base}/`);
    return {
      page,
      base,
      async create(form) {
        const credentials = await fetch(`${base}/gettoken?appkey=ding-demo&appsecret=demo-secret`);
        const { access_token } = (await credentials.json()) as { access_token: string };
        const created = await fetch(`${base}/v1.0/workflow/processInstances`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': access_token },
          body: JSON.stringify({
            originatorUserId: 'user-li',
            processCode: 'PROC-DEMO',
            deptId: -1,
            formComponentValues: Object.entries(form).map(([name, value]) => ({ name, value })),
          }),
        });
        return ((await created.json()) as { instanceId: string }).instanceId;
      },
      async instances() {
        const answer = await fetch(`${base}/_control/instances`);
        return ((await answer.json()) as { items: readonly Listed[] }).items;
      },
    };
  }

  it('says what to run while there is nothing, then shows a new instance by itself and approves it', async () => {
    const { page, base, create, instances } = await visit();
    await expect.poll(() => page.locator('#command').textContent()).toContain(`--api-base ${base}`);
    await create({ 'Task Name': 'Add an index', 'SQL Text': 'ALTER TABLE orders …' });
    await page.getByRole('heading', { name: 'Add an index' }).waitFor();
    expect(await page.locator('#empty').isVisible()).toBe(false);
    await page.getByLabel('Remark').fill('go ahead');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Approved', { exact: true }).waitFor();
    await page.getByText('“go ahead”').waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    expect(await instances()).toMatchObject([{ status: 'COMPLETED', result: 'agree' }]);
  });

  it('transfers, then refuses as the new person, and withdraws another', async () => {
    const { page, create, instances } = await visit();
    const first = await create({ 'Task Name': 'one' });
    await page.getByLabel('Transfer to').selectOption('user-zhao');
    await page.getByRole('button', { name: 'Transfer' }).click();
    await page.locator('.chip', { hasText: 'handed over' }).waitFor();
    expect((await instances())[0]?.tasks.map((task) => task.userId)).toEqual(['user-wang', 'user-zhao']);
    await page.getByRole('button', { name: 'Refuse' }).click();
    await page.getByText('Refused', { exact: true }).waitFor();
    const second = await create({ 'Task Name': 'two' });
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('Withdrawn', { exact: true }).waitFor();
    expect(await instances()).toMatchObject([
      { instanceId: second, status: 'TERMINATED', result: '' },
      { instanceId: first, status: 'COMPLETED', result: 'refuse' },
    ]);
  });

  it('shows what a form holds as text, never as markup', async () => {
    const { page, create } = await visit();
    await create({
      'Task Name': '<img src=x onerror=alert(1)>',
      Reason: '<script>document.title="owned"</script>',
    });
    await page.getByRole('heading', { name: '<img src=x onerror=alert(1)>' }).waitFor();
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(await page.title()).toBe('DingTalk simulator');
  });

  it('keeps a half-typed remark while the card changes under it', async () => {
    const { page, base, create } = await visit();
    const id = await create({ 'Task Name': 'slow writer' });
    await page.getByLabel('Remark').fill('not yet fini');
    const body = JSON.stringify({ userId: 'user-zhao', remark: 'hurry up' });
    await fetch(`${base}/_control/instances/${id}/comment`, { method: 'POST', body });
    await page.getByText('“hurry up”').waitFor();
    expect(await page.getByLabel('Remark').inputValue()).toBe('not yet fini');
    await page.keyboard.type('shed');
    expect(await page.getByLabel('Remark').inputValue()).toBe('not yet finished');
  });

  it('speaks the browser’s language first, then the one chosen, also after a reload', async () => {
    const { page } = await visit({ locale: 'zh-CN' });
    await page.getByRole('heading', { name: '钉钉模拟器' }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.reload();
    await page.getByRole('heading', { name: 'DingTalk simulator' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('sets and clears a fault', async () => {
    const { page, base } = await visit();
    await page.getByText('Faults', { exact: true }).click();
    await page.getByLabel('Push every event twice').check();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('(1 on)').waitFor();
    expect(await (await fetch(`${base}/_control/faults`)).json()).toEqual({ duplicateEvents: true });
  });

  it('can be used with the keyboard alone, on a telephone, in the dark', async () => {
    const { page, create, instances } = await visit({
      viewport: { width: 360, height: 740 },
      colorScheme: 'dark',
    });
    await create({ 'Task Name': 'keys', 'SQL Text': 'x'.repeat(500) });
    await page.getByRole('heading', { name: 'keys' }).waitFor();
    const widths = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]');
    expect(widths).toEqual([360, 360]);
    await page.getByLabel('Remark').focus();
    await page.keyboard.press('Tab'); // who acts
    await page.keyboard.press('Tab'); // approve
    await page.keyboard.press('Enter');
    await page.getByText('Approved', { exact: true }).waitFor();
    expect(await instances()).toMatchObject([{ result: 'agree' }]);
  });
});
