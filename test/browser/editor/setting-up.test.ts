import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { addMapping } from './script.ts';
import { describeInBrowser, useEditor } from './support.ts';

const KEYS = { token: 'tokenofthetests', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' };

describeInBrowser('setting up', () => {
  const editor = useEditor();

  /** The lines of the audit record about a kind of object, as its page shows them, newest first. */
  async function audit(objectType: string): Promise<string[]> {
    const page = await editor().open(`/settings/audit?objectType=${objectType}`);
    const lines = page.getByRole('table', { name: 'Audit record' }).locator('tbody tr');
    await lines.first().waitFor();
    return lines.allInnerTexts();
  }

  it('makes a channel by the guide, says what is wrong in the hub’s words, and verifies it once mended', async () => {
    const { open, control } = editor();
    const page = await open('/channels/new', { troubles: [/^400 POST \/api\/v1\/channels$/] });
    await page.getByRole('button', { name: 'Create channel' }).click();
    await page.getByText('Must be filled in').first().waitFor();
    await page.getByRole('button', { name: 'Try with the simulator' }).click();
    await page.getByText('Filled in for the simulator.').waitFor();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Second company');
    await page.getByRole('textbox', { name: /^Client Secret/ }).fill('not the secret');
    await page.getByRole('textbox', { name: 'Encryption aes_key' }).fill('too short');
    await page.getByRole('button', { name: 'Create channel' }).click();
    await page.getByText('1 field needs another look').waitFor();
    await page.getByText(/43/).first().waitFor();
    await page.getByRole('textbox', { name: 'Encryption aes_key' }).fill(KEYS.aesKey);
    await page.getByRole('textbox', { name: 'Signature token' }).fill(KEYS.token);
    await page.getByRole('button', { name: 'Create channel' }).click();
    await page.getByRole('heading', { level: 1, name: 'Second company' }).waitFor();

    await page.getByRole('button', { name: 'Verify' }).click();
    const token = step(page, 'Access token');
    await token.getByText('to mend').waitFor();
    await token
      .getByText(/40089|secret|appSecret/i)
      .first()
      .waitFor();
    await token.getByRole('link', { name: /^Go to step/ }).click();
    await page.getByRole('button', { name: /^Replace… Client Secret/ }).click();
    await page.getByRole('textbox', { name: /^Client Secret/ }).fill('demo-secret');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Saved.').waitFor();
    // As somebody enters the callback URL at the provider.
    const callbackUrl = await page.getByRole('button', { name: /\/callbacks\// }).innerText();
    const app = { appKey: 'ding-demo', appSecret: 'demo-secret', ...KEYS, callbackUrl: callbackUrl.trim() };
    expect(await control('POST', '/apps', app)).toMatchObject({ status: 201 });
    await page.getByRole('button', { name: 'Verify again' }).click();
    await page.getByText('All is well.').waitFor();
    expect(await step(page, 'Callback URL').getByText('ok', { exact: true }).count()).toBe(1);

    // Where no provider can call: the hub connects instead, and asks for neither URL nor keys.
    await page.getByRole('combobox', { name: 'How events come' }).selectOption('persistent');
    await page.getByRole('button', { name: /\/callbacks\// }).waitFor({ state: 'detached' });
    expect(await page.getByText('Encryption aes_key').count()).toBe(0);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page
      .getByText(/^connected ·/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Verify again' }).click();
    await step(page, 'Connection').getByText('ok', { exact: true }).waitFor();
    expect((await audit('channel')).join('\n')).toMatch(/verified[^]*changed[^]*created[^]*Second company/);
  });

  it('shows a form before a mapping is made of it, and says when the provider does not know it', async () => {
    const { open } = editor();
    const page = await open('/mappings/new', {
      ...{ role: 'editor', troubles: [/^502 GET .*\/forms\/PROC-TYPO$/] },
    });
    await page.getByRole('textbox', { name: 'Name' }).fill('Looked up');
    const code = page.getByRole('textbox', { name: /processCode/ });
    await code.fill('PROC-TYPO');
    // Nothing is made of what the provider does not know until somebody says so.
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'DingTalk' }).waitFor();
    await page.getByRole('button', { name: 'Make it all the same' }).waitFor();
    await code.fill('PROC-DEMO');
    await page.getByRole('button', { name: 'Make the mapping' }).waitFor();
    await page.keyboard.press('Tab');
    await page.getByRole('status').filter({ hasText: 'The provider’s form has 12 fields' }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'SQL Text' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Looked up' }).waitFor();
    await page.getByRole('tab', { name: 'create', selected: true }).waitFor();
  });

  it('sets what the scripts of a mapping may use up, and says which limit is out of its bounds', async () => {
    const { api, open } = editor();
    const id = await addMapping(api, 'Limited');
    const page = await open(`/mappings/${id}`, { role: 'editor' });
    const dialog = page.getByRole('dialog', { name: 'Settings of the mapping' });
    const show = async (): Promise<void> => {
      await page.getByRole('button', { name: 'More about this mapping' }).click();
      await page.getByRole('menuitem', { name: 'Settings …' }).click();
      await dialog.getByRole('button', { name: 'Limits of its scripts' }).click();
    };
    await show();
    await dialog.getByRole('textbox', { name: 'Time in all' }).fill('999999');
    await dialog.getByRole('textbox', { name: 'Size of a result' }).fill('0.5');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Time in all: a whole number from 10 to 120,000 ms').waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('30000');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    const limits = async () => ((await api('GET', `/mappings/${id}`)).body as { limits: unknown }).limits;
    expect(await limits()).toEqual({ wallMs: 30_000, resultBytes: 512 });

    await show();
    await dialog.getByText('2 limits are not the default').waitFor();
    await dialog.getByRole('button', { name: 'All to their defaults' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await limits()).toEqual({});
  });

  it('binds a task type, takes the binding away, and shows the gap', async () => {
    const { open } = editor();
    const page = await open('/bindings');
    await page.getByText('Every task type of the catalogue has a mapping.').waitFor();
    await page.getByRole('button', { name: 'Remove the binding of Data import' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove binding' }).click();
    await page.getByText('The binding of Data import is removed.').waitFor();
    const row = page.getByRole('row').filter({ hasText: 'Data import' });
    await row.getByText('no mapping: tasks are refused').waitFor();
    await page.getByLabel('Only types with gaps').click();
    await page.waitForURL('**/bindings?gaps=1');
    await page.getByRole('combobox', { name: 'Mapping of Data import', exact: true }).click();
    await page.getByRole('option', { name: 'Demo approval' }).click();
    await page.getByText('There is no gap to fill.').waitFor();
    expect((await audit('binding')).slice(0, 2).join('\n')).toMatch(/created[^]*deleted/);
  });

  it('invites a user by a link, who chooses a password with it', async () => {
    const { open } = editor();
    const page = await open('/settings/users');
    await page.getByRole('button', { name: 'Add user' }).click();
    const form = page.getByRole('dialog', { name: 'Add a user' });
    await form.getByLabel('Name').fill('Wang Wei');
    await form.getByRole('button', { name: 'Add user' }).click();
    const shown = page.getByRole('dialog', { name: 'Hand this link to Wang Wei' });
    const link = await shown.getByRole('status', { name: 'Sign-in link' }).innerText();
    await shown.getByRole('button', { name: 'Done' }).click();
    await page
      .getByRole('row')
      .filter({ hasText: 'Wang Wei' })
      .getByText('not yet: hand over a link')
      .waitFor();

    const other = await open(new URL(link).pathname, { role: null });
    await other.getByLabel('New password').fill('a sentence to remember');
    await other.getByRole('button', { name: 'Sign in' }).click();
    await other.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await other.getByRole('button', { name: /^Signed in as Wang Wei \(editor\)/ }).waitFor();
    await page.reload();
    await page.getByRole('row').filter({ hasText: 'Wang Wei' }).getByText('by password').waitFor();
    expect((await audit('user')).join('\n')).toContain('Wang Wei');
  });

  it('makes a token, shows it once, and revokes it', async () => {
    const { open, url } = editor();
    const page = await open('/settings/tokens');
    await page.getByRole('button', { name: 'Create token' }).first().click();
    const form = page.getByRole('dialog', { name: 'Create an API token' });
    await form.getByLabel('Name').fill('release-platform');
    await form.getByRole('button', { name: 'Create token' }).click();
    const shown = page.getByRole('dialog', { name: 'Copy the token now' });
    const token = await shown.getByRole('status', { name: 'Token' }).innerText();
    await shown.getByRole('button', { name: 'Done' }).click();
    const tasks = async (): Promise<number> => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${url}/api/v1/tasks`, { headers })).status;
    };
    expect(await tasks()).toBe(200);
    await page.reload();
    await page.getByText('release-platform').waitFor();
    expect(await page.content()).not.toContain(token);
    await page.getByRole('button', { name: 'Revoke the token release-platform' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke token' }).click();
    await page.getByText('The token “release-platform” is revoked.').waitFor();
    await expect.poll(tasks).toBe(401);
    expect((await audit('token')).slice(0, 2).join('\n')).toMatch(/deleted[^]*created/);
  });

  it('lets its pages load nothing from elsewhere, and run no script that is written into them', async () => {
    const { open, url } = editor();
    const page = await open('/', { troubles: [/^console: .*Content Security Policy/] });
    const response = await page.reload();
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(policy.split(';').map((each) => each.trim())).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
      ]),
    );
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await page.evaluate(`new Promise((resolve) => {
      addEventListener('securitypolicyviolation', resolve, { once: true });
      const script = document.createElement('script');
      script.textContent = 'globalThis.owned = 1';
      document.body.append(script);
    })`);
    expect(await page.evaluate('globalThis.owned')).toBeUndefined();
    expect(url).toMatch(/^http:/);
  });
});

/** One line of what verify found. */
const step = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Verify' }).getByRole('listitem').filter({ hasText: name });
