import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { resources } from '../../../editor/words/index.ts';
import { becomes, decide, newest, publish, submit } from './past.ts';
import { describeInBrowser, useEditor } from './support.ts';

const PHONE = { width: 400, height: 800 };
const LAPTOP = { width: 1280, height: 900 };

describeInBrowser('every page', () => {
  const editor = useEditor();
  let routes: readonly string[] = [];

  beforeAll(async () => {
    const hub = editor();
    const { api } = hub;
    const mapping = await hub.demoMapping();
    await submit(hub, 'T-1');
    await becomes(hub, 'T-1', 'pending');
    await decide(hub, 'T-1', 'approve', 'ok, after 22:00');
    await becomes(hub, 'T-1', 'approved');
    await publish(hub, mapping, 'create', 'fromField.add({ name: "Tusk ID", value: TASK_ID });');
    await submit(hub, 'T-2');
    await becomes(hub, 'T-2', 'failed');
    await api('POST', '/tokens', { name: 'release-platform', role: 'submitter' });
    await api('PUT', '/bindings', { taskType: 'Holidays', mappingId: mapping });
    const [run, event, channel] = await Promise.all(
      ['/executions?ok=false', '/events', '/channels'].map((list) => newest(hub, list)),
    );
    routes = [
      ...['/', '/mappings', '/mappings/new', `/mappings/${mapping}?stage=create`],
      ...[`/mappings/${mapping}/compare?from=1&to=draft`, `/mappings/${mapping}/versions`],
      ...['/tasks', '/tasks/T-1', '/tasks/T-2', '/executions', `/executions/${run}`],
      ...['/events', `/events/${event}`, '/channels', '/channels/new', `/channels/${channel}`, '/bindings'],
      ...['/settings/users', '/settings/tokens', '/settings/audit', '/settings/account', '/no/such/page'],
    ];
  });

  it.each([
    { locale: 'en-GB', colorScheme: 'light', lang: 'en' },
    { locale: 'zh-CN', colorScheme: 'dark', lang: 'zh-CN' },
  ] as const)(
    'is without a serious finding of axe, without trouble, and fits a telephone: $locale, $colorScheme',
    async ({ locale, colorScheme, lang }) => {
      const page = await editor().open('/', { locale, colorScheme });
      const settled = quietOf(page);
      await settled();
      await page.evaluate(axe.source);
      const found: string[] = [];
      for (const route of routes) {
        await follow(page, route);
        await settled();
        expect(await page.locator('html').getAttribute('lang')).toBe(lang);
        found.push(...(await findings(page)).map((words) => `${route}: ${words}`));
        if (lang !== 'en') found.push(...(await englishOn(page)).map((words) => `${route} says “${words}”`));
        await page.setViewportSize(PHONE);
        if (!(await fits(page))) found.push(`${route} is wider than a telephone`);
        await page.setViewportSize(LAPTOP);
      }
      expect(found).toEqual([]);
    },
    120_000,
  );

  it('shows a status in a colour of its own in both themes', async () => {
    const looks = await Promise.all(
      (['light', 'dark'] as const).map(async (colorScheme) => {
        const page = await editor().open('/tasks', { colorScheme });
        const badge = page.locator('[data-status="failed"]').first();
        await badge.waitFor();
        const colourOf = (selector: string): Promise<string> =>
          page.evaluate(`getComputedStyle(document.querySelector('${selector}')).color`);
        const [own, usual] = [await colourOf('[data-status="failed"]'), await colourOf('body')];
        expect(own).not.toBe(usual);
        return own;
      }),
    );
    expect(new Set(looks).size).toBe(2);
  });

  it('is reached and left by the keyboard', async () => {
    const page = await editor().open('/tasks');
    await page.getByRole('heading', { level: 1, name: 'Tasks' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the page');
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('main');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Tasks' }).waitFor();
    const stops: string[] = [];
    while (stops.at(-1) !== 'Bindings' && stops.length < 25) {
      await page.keyboard.press('Tab');
      stops.push(await focused(page));
      expect(await isOutlined(page), `${stops.at(-1) ?? ''} shows that it has the focus`).toBe(true);
    }
    expect(stops).toEqual(expect.arrayContaining(['Home', 'Mappings', 'Tasks', 'Channels', 'Bindings']));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Bindings' }).waitFor();
  });

  it('lists its shortcuts under ?, is searched by /, and Esc closes both', async () => {
    const page = await editor().open('/');
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await page.keyboard.press('?');
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await list.getByText('Jump to a page, mapping, channel or task').waitFor();
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    await page.keyboard.press('/');
    const search = page.getByRole('dialog', { name: 'Search' });
    await search.waitFor();
    await page.keyboard.press('Escape');
    await search.waitFor({ state: 'hidden' });
    await page.keyboard.press('/');
    await search.waitFor();
    await page.keyboard.type('T-2');
    await search.getByRole('option', { name: /Add the index of T-2/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Add the index of T-2 to the orders' }).waitFor();
  });

  it('leads from an id that somebody has to what has it, however quick they type', async () => {
    const hub = editor();
    const { body } = await hub.api('GET', '/tasks/T-1');
    const { approval } = body as { approval: { approvalInstanceId: string } };
    const page = await hub.open('/');
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await page.keyboard.type(`/${approval.approvalInstanceId}`);
    await page.getByRole('option', { name: /^T-1/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Add the index of T-1 to the orders' }).waitFor();
    await page.getByRole('link', { name: 'Open in the simulator' }).waitFor();
  });

  it('keeps the theme and the language that somebody chose', async () => {
    const page = await editor().open('/');
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await page.getByRole('button', { name: 'EN, Language: English' }).click();
    await page.getByRole('menuitemradio', { name: '简体中文' }).click();
    await page.getByRole('heading', { level: 1, name: '首页' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: '首页' }).waitFor();
    const html = page.locator('html');
    expect(await html.getAttribute('lang')).toBe('zh-CN');
    expect(await html.getAttribute('data-mantine-color-scheme')).toBe('dark');
  });
});

/** Goes to another page as a link does: the application is not loaded anew for each of them. */
const follow = (page: Page, route: string): Promise<unknown> =>
  page.evaluate(
    `history.pushState(null, '', ${JSON.stringify(route)}); dispatchEvent(new PopStateEvent('popstate'))`,
  );

/** So long nothing is asked for when a page has all that it shows; live lists ask every 3 s. */
const QUIET_MS = 300;

/** @returns waits until a page shows what it is about: nothing is loading any more, Monaco included */
function quietOf(page: Page): () => Promise<void> {
  let underWay = 0;
  let changedAt = performance.now();
  const count = (by: number) => (): void => {
    underWay += by;
    changedAt = performance.now();
  };
  page.on('request', count(1)).on('requestfinished', count(-1)).on('requestfailed', count(-1));
  return async () => {
    changedAt = performance.now();
    await expect
      .poll(() => underWay <= 0 && performance.now() - changedAt > QUIET_MS, { timeout: 40_000 })
      .toBe(true);
    await page.locator('main h1').waitFor();
    if (/stage=|\/compare/.test(page.url())) await page.locator('.view-line').first().waitFor();
    await page.locator('main .mantine-Loader-root').waitFor({ state: 'detached' });
  };
}

/** Whether a page stays within a telephone's width; it may take a moment after the window has changed. */
async function fits(page: Page): Promise<boolean> {
  const width = (): Promise<number> => page.evaluate('document.documentElement.scrollWidth');
  for (let looks = 0; looks < 10 && (await width()) > PHONE.width; looks++) await page.waitForTimeout(100);
  return (await width()) <= PHONE.width;
}

/** What axe finds on a page that hinders people: one line each. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })");
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary = '' }) => `${id} at ${String(target)}: ${failureSummary}`),
    );
}

/** Every whole text of the words' files that has two words or more and another Chinese one. */
const ENGLISH = new Set(englishOnly(resources.en, resources.zh));

function englishOnly(en: unknown, zh: unknown): string[] {
  if (typeof en === 'string') return en === zh || !/\w \w/.test(en) ? [] : [en];
  return Object.entries(en as object).flatMap(([key, value]) =>
    englishOnly(value, (zh as Readonly<Record<string, unknown>>)[key]),
  );
}

/** Four small words in a row are no name, no code and no type of a task: somebody says something. */
const SPEAKS_ENGLISH = /^[^\u4e00-\u9fff]*(\b[a-z]+\b,? ){3}[a-z]+\b[^\u4e00-\u9fff]*$/;

/** The English that stands on a page, names that are heard included; what people wrote, code and answers left out. */
async function englishOn(page: Page): Promise<string[]> {
  const texts = await page.evaluate<string[]>(`(() => {
    const texts = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode())
      if (!walk.currentNode.parentElement.closest('.monaco-editor, pre, code, textarea, script, style'))
        texts.push(walk.currentNode.data.trim());
    for (const name of ['aria-label', 'title', 'placeholder'])
      for (const element of document.querySelectorAll('[' + name + ']')) texts.push(element.getAttribute(name).trim());
    return texts;
  })()`);
  return texts.filter((text) => ENGLISH.has(text) || SPEAKS_ENGLISH.test(text));
}

/** The name of what the keyboard is at. */
const focused = (page: Page): Promise<string> =>
  page.evaluate<string>(
    '((at) => (at.getAttribute("aria-label") ?? at.textContent).trim())(document.activeElement)',
  );

/** Whether one can see that it is there. */
const isOutlined = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(
    '((style) => style.outlineStyle !== "none" || style.boxShadow !== "none")(getComputedStyle(document.activeElement))',
  );
