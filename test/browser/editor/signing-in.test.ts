import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { becomes, decide, newest, submit } from './past.ts';
import { describeInBrowser, useEditor } from './support.ts';

const PASSWORD = 'a sentence to remember';
/** Nobody is asked for before somebody is there. */
const NOBODY = [/^401 GET \/api\/v1\/session$/];

/** How the buttons begin that change something. */
const CHANGES =
  /^(save|publish|run|verify|add|create (channel|token)|new|submit|revoke|sync|retry|replay|restore|delete|remove|pause|replace|format|generate)\b/i;

describeInBrowser('signing in', () => {
  const editor = useEditor();

  async function addUser(name: string, role: string): Promise<void> {
    const added = await editor().api('POST', '/users', { name, role, password: PASSWORD });
    expect(added).toMatchObject({ status: 201 });
  }

  async function signIn(page: Page, name: string): Promise<void> {
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  it('comes before every page, and leads back to the one that was asked for', async () => {
    await addUser('Li Lei', 'viewer');
    const page = await editor().open('/tasks?status=failed&q=a%20b', { role: null, troubles: NOBODY });
    await signIn(page, 'Li Lei');
    await page.getByRole('heading', { level: 1, name: 'Tasks' }).waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/tasks?status=failed&q=a%20b');
    expect(await page.getByRole('searchbox', { name: 'Search' }).inputValue()).toBe('a b');
    await page.getByRole('button', { name: 'Signed in as Li Lei (viewer)' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('Password').waitFor();
    await page.goto('/tasks');
    await page.getByLabel('Password').waitFor();
  });

  it('ends in every browser when somebody signs out everywhere', async () => {
    await addUser('Sun Li', 'viewer');
    const [here, elsewhere] = [
      await editor().open('/settings/account', { role: null, troubles: NOBODY }),
      await editor().open('/tasks', { role: null, troubles: [/^401 /] }),
    ];
    await signIn(here, 'Sun Li');
    await signIn(elsewhere, 'Sun Li');
    await elsewhere.getByRole('heading', { level: 1, name: 'Tasks' }).waitFor();
    await here.getByRole('button', { name: 'Sign out everywhere…' }).click();
    await here.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await here.waitForURL(/\/sign-in/);
    await here.getByLabel('Password').waitFor();
    await elsewhere.getByText('Your session has ended').waitFor();
  });

  it('never leads to another site, whatever the link says', async () => {
    await addUser('Zhao Min', 'viewer');
    for (const next of ['//evil.example/', 'https://evil.example/']) {
      const page = await editor().open(`/sign-in?next=${encodeURIComponent(next)}`, { role: null });
      await signIn(page, 'Zhao Min');
      await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
      expect(new URL(page.url()).origin, next).toBe(editor().url);
    }
  });

  it('loses nothing that was typed when the session ends', async () => {
    const { open, api, demoMapping, url } = editor();
    const mapping = await demoMapping();
    await addUser('Han Mei', 'editor');
    // After the sign-in the page finds by a refusal that the session is another one.
    const troubles = [/^401 /, /^403 PUT /];
    const page = await open(`/mappings/${mapping}?stage=create`, { role: null, troubles });
    await signIn(page, 'Han Mei');
    const script = page.locator('.monaco-editor').first();
    await script.locator('.view-line').first().waitFor();
    await page.context().clearCookies();
    await script.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\n// typed while nobody was signed in');
    await page.keyboard.press('Control+s');
    await page.getByText('Your session has ended').waitFor();
    await script.getByText('// typed while nobody was signed in').waitFor();
    const [tab] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Sign in (new tab)' }).click(),
    ]);
    await signIn(tab, 'Han Mei');
    await tab.waitForURL(`${url}/mappings/${mapping}?stage=create`);
    await tab.close();
    await page.getByText('Your session has ended').waitFor({ state: 'detached' });
    await script.click();
    await page.keyboard.press('Control+s');
    await page.getByText(/^Saved in the hub/).waitFor();
    const { body } = await api('GET', `/mappings/${mapping}`);
    const { draft } = body as { draft: { create: { source: string } } };
    expect(draft.create.source).toContain('// typed while nobody was signed in');
  });

  it('shows a viewer no button that changes anything, and the API refuses each', async () => {
    const hub = editor();
    await submit(hub, 'T-1');
    await submit(hub, 'T-2');
    await becomes(hub, 'T-1', 'pending');
    await becomes(hub, 'T-2', 'pending');
    await decide(hub, 'T-1', 'approve', '');
    await becomes(hub, 'T-1', 'approved');
    const mapping = await hub.demoMapping();
    const [channel, event] = await Promise.all(
      ['/channels', '/events?outcome=applied'].map((list) => newest(hub, list)),
    );
    const page = await hub.open('about:blank', { role: 'viewer' });
    const seen: Record<string, string[]> = {};
    for (const path of [
      ...['/', '/mappings', `/mappings/${mapping}?stage=create`, `/mappings/${mapping}/versions`],
      ...[`/mappings/${mapping}/compare?from=1&to=draft`, '/tasks', '/tasks/T-2', `/events/${event}`],
      ...['/channels', `/channels/${channel}`, '/bindings', '/mappings/new', '/channels/new'],
      ...['/settings/users', '/settings/tokens', '/settings/audit'],
    ]) {
      await page.goto(path);
      await page.locator('main h1').waitFor();
      await page.waitForLoadState('networkidle');
      const buttons = await page.locator('main').getByRole('button').allInnerTexts();
      const changing = buttons.filter((words) => CHANGES.test(words.trim()));
      if (changing.length > 0) seen[path] = changing;
      expect(await page.locator('main a[href$="/new"]').count(), path).toBe(0);
    }
    expect(seen).toEqual({});

    const viewer = await hub.apiAs('viewer');
    const refusals = await Promise.all([
      viewer('PUT', `/mappings/${mapping}/draft/create`, { source: '' }),
      viewer('POST', `/mappings/${mapping}/publish`, {}),
      viewer('POST', `/mappings/${mapping}/test/create`, {}),
      viewer('POST', `/channels/${channel}/verify`),
      viewer('POST', '/tasks', { taskId: 'T-3', taskType: 'SQL task' }),
      viewer('POST', '/tasks/T-2/revoke', {}),
      viewer('POST', `/events/${event}/replay`),
      viewer('GET', '/users'),
    ]);
    expect(refusals.map(({ status }) => status)).toEqual(refusals.map(() => 403));
  });
});
