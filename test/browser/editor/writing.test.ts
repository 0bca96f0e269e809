import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { addMapping, draftOf, saveDraft, scriptOf } from './script.ts';
import { describeInBrowser, useEditor } from './support.ts';
import type { OpenOptions } from './support.ts';

const JAVA = `String summary = String.format("%s: %s", TASK_ID, TASK_NAME)
fromField.add(new JSONObject().fluentPut("name", "Summary").fluentPut("value", summary))
`;

/** The list of suggestions, as it stands under the cursor. */
const suggestion = (page: Page, name: string) =>
  page.locator('.suggest-widget .monaco-list-row').filter({ hasText: name }).first();

/** A line under something wrong. */
const underlined = (page: Page) => page.locator('.squiggly-error, .squiggly-warning');

describeInBrowser('writing a script', () => {
  const editor = useEditor();
  /** A mapping of the test's own, on its page. */
  async function write(name: string, source: string, options: OpenOptions = {}) {
    const { api, open } = editor();
    const id = await addMapping(api, name);
    await saveDraft(api, id, source);
    const page = await open(`/mappings/${id}?stage=create`, { role: 'editor', ...options });
    return { id, page, script: await scriptOf(page) };
  }

  it('completes variables with what they mean, and the names of the form’s fields', async () => {
    const { id, page, script } = await write('Completed', '');
    await script.toEnd();
    await page.keyboard.type('fromField.add(new JSONObject().fluentPut("name", "');
    await suggestion(page, 'Data Source Name').waitFor();
    await page.keyboard.type('Data So');
    await page.keyboard.press('Enter');
    await script.line('"Data Source Name"').waitFor();
    await page.keyboard.press('End');
    await page.keyboard.type('; DATASOURCE_N');
    await suggestion(page, 'DATASOURCE_NAME').waitFor();
    await page.keyboard.press('Enter');
    await script.save();
    expect(await draftOf(editor().api, id)).toMatch(
      /^fromField\.add\(new JSONObject\(\)\.fluentPut\("name", "Data Source Name".*; DATASOURCE_NAME/,
    );
  });

  it('knows the type of a Java-flavoured declaration, underlines none of it, and formats around it', async () => {
    const { id, page, script } = await write('Java', JAVA.replace('TASK_ID, ', 'TASK_ID,'));
    await page.getByText('no problems').waitFor();
    await script.line('summary))').getByText('summary').last().hover();
    await page
      .locator('.monaco-hover')
      .filter({ hasText: /summary: string/ })
      .first()
      .waitFor();
    expect(await underlined(page).count()).toBe(0);
    await page.getByRole('button', { name: 'Format' }).click();
    await script.line('TASK_ID, TASK_NAME').waitFor();
    await script.save();
    expect(await draftOf(editor().api, id)).toBe(JAVA);
    expect(await underlined(page).count()).toBe(0);
  });

  it('marks a field that the form does not have, names the nearest, and puts it there', async () => {
    const { page, script } = await write('Misspelt', "fromField.add({ name: 'Reasn', value: REASON });\n");
    await underlined(page).first().waitFor();
    await page.getByRole('button', { name: '1 problem' }).click();
    await script.place.locator('[class*="lightbulb"]').first().waitFor();
    await page.keyboard.press('Control+Period');
    await page.getByText('Write "Reason" instead').click();
    await script.line("name: 'Reason'").waitFor();
    await page.getByText('no problems').waitFor();
  });

  it('speaks Chinese to who reads Chinese: what is marked, what is searched with, what the menu offers', async () => {
    const { page, script } = await write('Chinese', 'const once = 1;\nonce = 2;\n', { locale: 'zh-CN' });
    await underlined(page).first().waitFor();
    await script.line('once = 2').getByText('once').last().hover();
    await page.locator('.monaco-hover').getByText('无法分配到').first().waitFor();
    await script.toEnd();
    await page.keyboard.press('Control+F');
    await page.getByRole('textbox', { name: '查找' }).press('Escape');
    await script.place.click({ button: 'right', position: { x: 300, y: 20 } });
    await page.getByRole('menuitem', { name: '格式化文档' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    await page.keyboard.type('转到');
    await page.getByRole('option', { name: '转到行' }).first().waitFor();
    await page.keyboard.press('Escape');

    // English, chosen now: Monaco's own menus cannot follow, and the page says so.
    await page.getByRole('button', { name: /简体中文/ }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await page.getByText("The script editor's own menus change their language").waitFor();
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await script.line('once = 2').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Format Document' }).waitFor();
  });

  it('marks the line at which a script failed, and leads there from the console', async () => {
    const filler = 'console.log(TASK_ID);\n'.repeat(60);
    const { page, script } = await write(
      'Failing',
      `${filler}const none = null;\nnone.isNot.there;\n${filler}`,
    );
    await page.getByRole('button', { name: /^Run create/ }).click();
    await script.place.getByText('✕ Failed here').waitFor();
    await script.line('none.isNot.there').getByText('Failed here').waitFor();
    await page.getByRole('tab', { name: /^Console/, selected: true }).waitFor();
    const way = page.getByRole('button', { name: 'Go to line 62' });
    // However much the script wrote before: the console stands at the error.
    await expect.poll(async () => (await way.boundingBox())?.y ?? Infinity).toBeLessThan(800);
    await script.toEnd();
    await script.place.getByText('✕ Failed here').waitFor({ state: 'hidden' });
    await way.click();
    await script.place.getByText('✕ Failed here').waitFor();
    // The cursor stands there: what is typed changes that line, and the mark leaves.
    await page.keyboard.press('End');
    await page.keyboard.type(' // mended');
    await script.line('none.isNot.there; // mended').waitFor();
    await script.place.getByText('✕ Failed here').waitFor({ state: 'hidden' });
  });

  it('wraps long lines and gives the script all the room on demand, and remembers both', async () => {
    const { page, script } = await write('Roomy', `// ${'long '.repeat(80)}\n// next\n`);
    const test = page.getByRole('region', { name: 'Test panel' });
    await test.waitFor();
    const isWrapped = async (): Promise<boolean> => (await script.place.locator('.view-line').count()) > 3;
    await expect.poll(isWrapped).toBe(true);
    await page.keyboard.press('Alt+Z');
    await expect.poll(isWrapped).toBe(false);
    await page.keyboard.press('Control+J');
    await test.waitFor({ state: 'hidden' });
    await page.reload();
    await scriptOf(page);
    await test.waitFor({ state: 'hidden' });
    expect(await isWrapped()).toBe(false);
    // A run is worth seeing.
    await page.keyboard.press('Control+Enter');
    await test.getByText('failed', { exact: true }).waitFor();

    const divider = page.getByRole('separator', { name: 'Divider between script and test' });
    await divider.focus();
    await page.keyboard.press('Shift+ArrowRight');
    const moved = await divider.getAttribute('aria-valuenow');
    await page.reload();
    await scriptOf(page);
    expect(await divider.getAttribute('aria-valuenow')).toBe(moved);
    // Nothing is cut off below, nothing is left empty.
    const bottom = await page.getByRole('tabpanel').first().evaluate('innerHeight');
    const box = await page.getByRole('tabpanel', { name: 'create' }).boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThan(Number(bottom) - 24);
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBe(bottom);
  });

  it('keeps what is typed in sight, and what becomes of it, while the hub is away', async () => {
    const { page, script } = await write('Away', '// a line\n'.repeat(80), { troubles: [/^request: net::/] });
    await page.route('**/api/v1/**', (route) => route.abort('connectionrefused'));
    await script.toEnd();
    await page.keyboard.type('// typed while away');
    await page.getByText('The hub cannot be reached').first().waitFor();
    for (const seen of [script.line('typed while away'), page.getByText('It is kept in this browser')]) {
      await seen.waitFor();
      const box = await seen.boundingBox();
      expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(900);
    }
    await page.unroute('**/api/v1/**');
    await page.getByText('The hub cannot be reached').first().waitFor({ state: 'hidden' });
    await page.getByText('Saved in the hub').waitFor();
  });

  it('brings back after a reload what the hub did not have yet', async () => {
    const { id, page, script } = await write('Reloaded', '// from the hub\n', {
      troubles: [/^request: net::ERR_INTERNET_DISCONNECTED PUT .*\/draft\/create$/],
    });
    await page.route('**/draft/**', (route) => route.abort('internetdisconnected'));
    await script.toEnd();
    await page.keyboard.type('// not yet saved');
    await page.getByText('Kept in this browser').waitFor();
    // A page that is left saves on its way, past the route above.
    await page.evaluate("void (fetch = () => Promise.reject(new TypeError('offline')))");
    await page.reload();
    const again = await scriptOf(page);
    await again.line('// not yet saved').waitFor();
    await page.getByText('Brought back what you typed').waitFor();
    await page.unroute('**/draft/**');
    await again.save();
    expect(await draftOf(editor().api, id)).toBe('// from the hub\n// not yet saved');
  });

  it('lets two people who wrote at once merge their texts, and loses neither', async () => {
    const { api, open } = editor();
    const id = await addMapping(api, 'Two writers');
    await saveDraft(api, id, '// one\n\n// two\n\n// three\n');
    const path = `/mappings/${id}?stage=create`;
    const [li, wang] = [
      await open(path, { role: 'editor', person: 'Li Lei' }),
      await open(path, { role: 'editor', person: 'Wang Fang', troubles: [/^412 PUT .*\/draft\/create$/] }),
    ];
    const [lis, wangs] = [await scriptOf(li), await scriptOf(wang)];
    await wangs.find('// three');
    await wang.keyboard.type('// three, by Wang');
    await lis.find('// one');
    await li.keyboard.type('// one, by Li');
    await lis.save();
    await wang.keyboard.press('Control+S');
    await wang.getByRole('alert').filter({ hasText: 'Li Lei saved this stage' }).waitFor();
    await wang.getByRole('button', { name: 'Merge …' }).click();
    const merge = wang.getByRole('dialog', { name: 'Merge the stage create' });
    await merge.getByText('changed by Li Lei').waitFor();
    await merge.getByText('changed by you').waitFor();
    await merge.getByRole('button', { name: 'Save the merge' }).click();
    await expect
      .poll(() => draftOf(api, id), { timeout: 40_000 })
      .toBe('// one, by Li\n\n// two\n\n// three, by Wang\n');

    // Both at the same line: the page asks.
    await wangs.find('// two');
    await wang.keyboard.type('// two, by Wang');
    await saveDraft(await editor().apiAs('editor', 'Li Lei'), id, '// one, by Li\n\n// two, by Li\n');
    await wang.keyboard.press('Control+S');
    await wang.getByRole('button', { name: 'Merge …' }).click();
    await merge.getByRole('radio', { name: 'both' }).check();
    await merge.getByRole('button', { name: 'Save the merge' }).click();
    await expect.poll(() => draftOf(api, id), { timeout: 40_000 }).toMatch(/two, by Li[^]*two, by Wang/);
  });

  it('shows a viewer the script, nothing to change it with, and has the API refuse', async () => {
    const { api, apiAs, demoMapping, open } = editor();
    const id = await demoMapping();
    const before = await draftOf(api, id);
    const page = await open(`/mappings/${id}?stage=create`, { role: 'viewer' });
    const script = await scriptOf(page);
    await page.getByText('You may read this mapping.').waitFor();
    for (const name of ['Publish …', 'Save', 'Format', /^Run/, /^Snippets/])
      expect(await page.getByRole('button', { name }).count(), String(name)).toBe(0);
    await script.toEnd();
    await page.keyboard.type('x');
    await page.keyboard.press('Control+S');
    await page.getByText('You may read this script, not change it').first().waitFor();
    const viewer = await apiAs('viewer');
    const { body } = await viewer('GET', `/mappings/${id}`);
    const { etag } = (body as { draft: { create: { etag: string } } }).draft.create;
    const path = `/mappings/${id}/draft/create`;
    const refused = { status: 403, body: { code: 'FORBIDDEN' } };
    expect(await viewer('PUT', path, { source: 'x' }, { 'if-match': etag })).toMatchObject(refused);
    expect(await viewer('POST', `/mappings/${id}/publish`, {})).toMatchObject(refused);
    expect(await viewer('POST', `/mappings/${id}/test/create`, {})).toMatchObject(refused);
    expect(await draftOf(api, id)).toBe(before);
  });
});
