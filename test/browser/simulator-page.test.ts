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

/** What the keyboard is at: the name it has on the page, else its id or its words. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(
    '((at) => at.dataset.part ?? (at.name || at.id || (at === document.body ? "nothing" : at.textContent)))(document.activeElement)',
  );

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

  it('sets and clears a fault by keyboard, without losing the place, and says in the bar that it is on', async () => {
    const { page, base } = await visit();
    const faults = async (): Promise<unknown> => (await fetch(`${base}/_control/faults`)).json();
    await page.getByRole('link', { name: 'Faults' }).press('Enter');
    const [twice, lost] = [page.getByLabel('Push every event twice'), page.getByLabel('Lose every event')];
    await twice.press('Space');
    await lost.press('Space');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '2 faults on' }).waitFor();
    expect(await focused(page)).toBe('dropEvents');
    expect(await faults()).toEqual({ duplicateEvents: true, dropEvents: true });
    await lost.press('Space');
    await page.getByText('Not applied yet.').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // the button
    await page.getByRole('link', { name: '1 fault on' }).waitFor();
    await page.getByText('Applied.').waitFor();
    expect(await focused(page)).toBe('Apply');
  });

  it('says beside the box what is wrong with a fault, and sends nothing', async () => {
    const { page, base } = await visit();
    await page.getByRole('link', { name: 'Faults' }).click();
    const [rate, count] = [
      page.getByLabel('Throttle, share of calls'),
      page.getByLabel('A token is good for this many calls'),
    ];
    await rate.fill('5');
    await count.fill('1.5');
    await page.getByRole('button', { name: 'Apply' }).click();
    const wrong = page.getByText('A number from 0 to 1.');
    await wrong.waitFor();
    await page.getByText('A whole number from 0 to 1000000.').waitFor();
    expect(await focused(page)).toBe('throttleRate');
    const [box, message] = [await rate.boundingBox(), await wrong.boundingBox()];
    expect((message?.y ?? 0) - (box?.y ?? 0)).toBeLessThan(60);
    expect(await (await fetch(`${base}/_control/faults`)).json()).toEqual({});
    await rate.fill('0.5');
    await count.fill('');
    await rate.press('Enter');
    await page.getByRole('link', { name: '1 fault on' }).waitFor();
    expect(await wrong.isVisible()).toBe(false);
  });

  it('leaves half-typed faults alone while the set changes elsewhere', async () => {
    const { page, base } = await visit();
    await page.getByRole('link', { name: 'Faults' }).click();
    await page.getByLabel('Answer every call late').fill('30');
    await fetch(`${base}/_control/faults`, { method: 'PUT', body: '{"reorderEvents":true}' });
    await page.getByRole('link', { name: '1 fault on' }).waitFor();
    expect(await page.getByLabel('Answer every call late').inputValue()).toBe('30');
    expect(await page.getByLabel('Push events out of order').isChecked()).toBe(false);
  });

  it('keeps the keyboard on the card through every decision', async () => {
    const { page, create } = await visit();
    await create({ 'Task Name': 'keys' });
    await page.getByRole('button', { name: 'Comment' }).press('Enter');
    await page.getByText('Write the comment into “Remark” first.').waitFor();
    expect(await focused(page)).toBe('remark');
    await page.keyboard.type('why now?');
    await page.getByRole('button', { name: 'Comment' }).press('Enter');
    await page.getByText('“why now?”').waitFor();
    expect(await page.getByText('Write the comment').isVisible()).toBe(false);
    expect(await page.getByLabel('Remark').inputValue()).toBe('');
    expect(await focused(page)).toBe('comment');
    await page.getByRole('button', { name: 'Transfer' }).press('Enter');
    await page.locator('.chip', { hasText: 'handed over' }).waitFor();
    expect(await focused(page)).toBe('redirect');
    await page.getByRole('button', { name: 'Withdraw (as Li Lei)' }).press('Enter');
    await page.getByText('Withdrawn', { exact: true }).waitFor();
    expect(await focused(page)).toMatch(/^instance-/); // its buttons are gone: the card itself
  });

  it('says on the card why a decision was refused, and keeps the remark', async () => {
    const { page, base, create } = await visit();
    await create({ 'Task Name': 'gone' });
    await page.getByLabel('Remark').fill('fine by me');
    await page.route('**/approve', async (route) => {
      await fetch(`${base}/_control`, { method: 'DELETE' });
      await create({ 'Task Name': 'after the reset' });
      await route.continue();
    });
    await page.route('**/refuse', (route) =>
      route.fulfill({ status: 409, json: { code: 'NOT_ALLOWED', message: 'not your task' } }),
    );
    await page.getByRole('button', { name: 'Refuse' }).click();
    await page.locator('article').getByText('not your task').waitFor();
    expect(await page.getByLabel('Remark').inputValue()).toBe('fine by me');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('heading', { name: 'after the reset' }).waitFor();
    expect(await page.locator('article').count()).toBe(1);
  });

  it('keeps Transfer beside whom it goes to', async () => {
    for (const width of [1200, 800]) {
      const { page, create } = await visit({ viewport: { width, height: 900 } });
      await create({ 'Task Name': 'one' });
      const [who, button] = [
        await page.getByLabel('Transfer to').boundingBox(),
        await page.getByRole('button', { name: 'Transfer' }).boundingBox(),
      ];
      expect([width, button?.y]).toEqual([width, who?.y]);
    }
  });

  it('shows that a long value is cut, and all of it when asked, also after the card changed', async () => {
    const { page, base, create } = await visit();
    const sql = Array.from({ length: 60 }, (_, line) => `SELECT ${line};`).join('\n');
    const id = await create({ 'Task Name': 'long', 'SQL Text': sql });
    const value = page.locator('.value', { hasText: 'SELECT 59;' });
    const height = async (): Promise<number> => (await value.boundingBox())?.height ?? 0;
    await page.getByRole('button', { name: `Show all ${sql.length} characters` }).waitFor();
    expect(await page.getByRole('button', { name: 'Show all' }).count()).toBe(1);
    expect(await height()).toBeLessThan(200);
    await page.getByRole('button', { name: 'Show all' }).press('Enter');
    expect(await height()).toBeGreaterThan(1000);
    const body = JSON.stringify({ userId: 'user-zhao', remark: 'too long' });
    await fetch(`${base}/_control/instances/${id}/comment`, { method: 'POST', body });
    await page.getByText('“too long”').waitFor();
    expect(await height()).toBeGreaterThan(1000);
    await page.keyboard.press('Enter'); // still on the button
    await expect.poll(height).toBeLessThan(200);
  });

  it('tells why a callback did not arrive', async () => {
    const { page, base, create } = await visit();
    await page.getByRole('link', { name: 'Events' }).click();
    await page.getByText('no callback URL: nothing is pushed to it').waitFor();
    const app = { appKey: 'ding-demo', appSecret: 'demo-secret', token: 'abc123', aesKey: 'a'.repeat(43) };
    const nobody = 'http://127.0.0.1:1/events';
    const body = JSON.stringify({ ...app, callbackUrl: nobody });
    await fetch(`${base}/_control/apps`, { method: 'POST', body });
    await page.getByText('URL check failed').waitFor();
    await page.getByText(nobody).waitFor();
    const id = await create({ 'Task Name': 'unheard' });
    await page.getByRole('link', { name: '2 events not delivered' }).waitFor();
    const line = page.locator('#events-list li', { hasText: 'bpms_instance_change start' });
    await line.getByText(/^next push at .* · tried 1 of 3 times · could not be reached/).waitFor();
    await line.getByRole('link', { name: id }).press('Enter');
    expect(await focused(page)).toBe(`instance-${id}`);
  });

  it('opens at the approval that a link names, with the buttons to decide it in sight', async () => {
    const { page, base, create } = await visit({ viewport: { width: 1024, height: 640 } });
    const id = await create({ 'Task Name': 'meant', Reason: 'a line\n'.repeat(30) });
    await create({ 'Task Name': 'newer', Reason: 'a line\n'.repeat(30) });
    await page.getByRole('heading', { name: 'newer' }).waitFor();
    await page.goto('about:blank');
    await page.goto(`${base}/#instance-${id}`);
    await expect.poll(() => focused(page)).toBe(`instance-${id}`);
    const approve = page.locator(`#instance-${id}`).getByRole('button', { name: 'Approve' });
    const { y, height } = (await approve.boundingBox()) ?? expect.fail('There is no button.');
    expect(y + height).toBeLessThan(640);
    expect(y).toBeGreaterThan(0);
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
