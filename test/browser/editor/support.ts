import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, vi } from 'vitest';
import type { Role } from '../../../server/contract/role.ts';
import { hasChromium, launchChromium } from '../../support/chromium.ts';
import { buildEditor, useDatabase } from '../../support/databases.ts';
import { clientOf, useRunningHub } from '../../support/hub.ts';
import type { Client, RunningHub } from '../../support/hub.ts';

/** How a page is opened; what is left out is an administrator's English page, light, on a laptop. */
export interface OpenOptions extends Pick<BrowserContextOptions, 'locale' | 'colorScheme' | 'viewport'> {
  /** Whose page it is; null: nobody is signed in. */
  readonly role?: Role | null;
  /** One of several people of the same role. */
  readonly person?: string;
  /**
   * Troubles that belong to the story: each is a line such as `409 PUT /api/v1/mappings/…`, `console: …`, `page: …` or
   * `request: …`. Any other fails the test.
   */
  readonly troubles?: readonly RegExp[];
}

/** A hub with its demo and its editor, and a browser that opens pages of it. */
export interface Editor extends Pick<RunningHub, 'url' | 'api' | 'hub'> {
  /** The control API of the simulator that the demo's channel is at. */
  readonly control: Client;
  readonly browser: Browser;
  /** Opens a page in a browser window of its own (own cookies, own storage), which ends with the test. */
  readonly open: (path: string, options?: OpenOptions) => Promise<Page>;
  /** The API as somebody of this role has it in their browser. */
  readonly apiAs: (role: Role, person?: string) => Promise<Client>;
  /** The demo's mapping. */
  readonly demoMapping: () => Promise<string>;
}

/** Long enough for a machine that does three other things; a test that finds nothing says so before its own end. */
const PATIENCE_MS = 60_000;
const PASSWORD = 'correct horse battery';
/** Where a test that failed leaves a picture of each page. */
const PICTURES = join(tmpdir(), 'countersign-failed-pages');

/** `describe` where this machine has a browser; elsewhere tell-skipped.ts says what to install. */
export function describeInBrowser(name: string, tests: () => void): void {
  // A story of many pages takes its time beside other tests on two cores.
  describe.skipIf(!hasChromium)(name, { timeout: 120_000 }, tests);
}

/** The whole product for the tests of the surrounding `describe`: a hub on a database of its own, the built editor, Chromium. */
export function useEditor(): () => Editor {
  let made: Editor | undefined;
  let browser: Browser | undefined;
  beforeAll(buildEditor, 240_000);
  const running = useRunningHub(useDatabase('embedded'), { env: { SIMULATOR: 'on' } });
  beforeAll(async () => {
    browser = await launchChromium();
    made = await editorOf(running(), browser);
  }, 60_000);
  afterAll(() => browser?.close());
  return () => {
    if (made === undefined) throw new Error('The editor is there from beforeAll on.');
    return made;
  };
}

async function editorOf({ hub, url, api }: RunningHub, browser: Browser): Promise<Editor> {
  const sessions = new Map<string, Promise<string>>();

  async function signIn(role: Role, name: string): Promise<string> {
    const added = await api('POST', '/users', { name, role, password: PASSWORD });
    expect(added).toMatchObject({ status: 201 });
    const anybody = clientOf(`${url}/api/v1`, null);
    const { headers } = await anybody('POST', '/sign-in', { name, password: PASSWORD }, { origin: url });
    const cookie = headers.getSetCookie().find((each) => each.startsWith('countersign_session='));
    return cookie?.split(';')[0] ?? expect.fail(`${name} could not sign in`);
  }
  /** The `name=value` of a person's session; each is made when they first come. */
  function sessionOf(role: Role, person = `The ${role}`): Promise<string> {
    const session = sessions.get(person) ?? signIn(role, person);
    sessions.set(person, session);
    return session;
  }

  const editor: Editor = {
    ...{ hub, url, api, browser },
    control: clientOf(`${url}/simulator/dingtalk/_control`),
    async open(path, { role = 'admin', person, troubles = [], ...looks } = {}) {
      const context = await browser.newContext({
        ...{ locale: 'en-GB', viewport: { width: 1280, height: 900 }, baseURL: url },
        ...{ reducedMotion: 'reduce', ...looks },
      });
      context.setDefaultTimeout(PATIENCE_MS);
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      failOnTrouble(context, troubles);
      if (role !== null) {
        const [name = '', value = ''] = (await sessionOf(role, person)).split('=');
        await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }]);
      }
      const page = await context.newPage();
      await page.goto(path);
      return page;
    },
    async apiAs(role, person) {
      const cookie = await sessionOf(role, person);
      const anybody = clientOf(`${url}/api/v1`, null);
      const { body } = await anybody('GET', '/session', undefined, { cookie });
      const own = { cookie, origin: url, 'x-csrf-token': (body as { csrfToken: string }).csrfToken };
      return (method, at, given, headers = {}) => anybody(method, at, given, { ...own, ...headers });
    },
    async demoMapping() {
      const { body } = await api('GET', '/mappings');
      const mapping = (body as { items: { id: string; name: string }[] }).items.find(
        ({ name }) => name === 'Demo approval',
      );
      return mapping?.id ?? expect.fail('The hub has no demo.');
    },
  };
  const cookie = await sessionOf('admin');
  // The hub lists the built files beside everything else.
  await vi.waitFor(async () => expect((await fetch(url, { headers: { cookie } })).status).toBe(200), 20_000);
  return editor;
}

/** At the end of the test: pictures of the pages when it failed, the window's end, and its troubles as a failure. */
function failOnTrouble(context: BrowserContext, expected: readonly RegExp[]): void {
  const troubles: string[] = [];
  const note = (line: string): void => {
    if (!expected.some((each) => each.test(line))) troubles.push(line);
  };
  context.on('weberror', (error) => note(`page: ${error.error().message}`));
  context.on('console', (message) => {
    // Chromium writes answers of 4xx there too; below they have their method.
    const isAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isAnswer) note(`console: ${message.text()}`);
  });
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // What the page itself took back, or left under way when it was left.
    if (why !== 'net::ERR_ABORTED') note(`request: ${why} ${request.method()} ${pathOf(request.url())}`);
  });
  context.on('response', (response) => {
    if (response.status() < 400) return;
    note(`${response.status()} ${response.request().method()} ${pathOf(response.url())}`);
  });
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await photograph(context.pages(), task.name);
    await context.close();
    expect(troubles).toEqual([]);
  });
}

const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/]+/, '');

async function photograph(pages: readonly Page[], name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  for (const [number, page] of pages.entries()) {
    const path = join(PICTURES, `${name.replaceAll(/\W+/g, '-').slice(0, 80)}-${number + 1}.png`);
    await page.screenshot({ path });
    process.stderr.write(`A picture of the page as it stood: ${path}\n`);
  }
}
