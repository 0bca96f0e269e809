import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { launchChromium } from '../../test/support/chromium.ts';
import type { Bound } from '../bounds.ts';
import { openDatabases } from '../hub/databases.ts';
import { startProcess } from '../hub/processes.ts';
import { SETTINGS } from '../hub/scene.ts';
import { percentile } from '../measure.ts';
import { signIn } from './person.ts';
import type { Person } from './person.ts';
import { type } from './typing.ts';
import { usableAfter } from './usable.ts';

const ROUNDS = 5;
/** What comes sooner after a key is felt to come at once (RAIL: https://web.dev/articles/rail). */
const INSTANT_MS = 100;
const BUILD = fileURLToPath(new URL('../../server/editor/build-program.ts', import.meta.url));

/** What is there once a page can be worked with: its own heading or rows, not the frame around them. */
const HOME = 'main a[href^="/tasks/"]';
const SCRIPT = '[role="tabpanel"] .monaco-editor .view-line span span';
const ROWS = 'main tbody tr:nth-child(50)';

/**
 * Measures the editor in Chromium, on the embedded database with 10,000 tasks; the built files come from the hub on this machine.
 * @throws Error when a page does not come, or there is no Chromium
 */
export async function measureEditor(): Promise<Bound[]> {
  const say = (what: string): boolean => process.stderr.write(`measuring the editor: ${what} …\n`);
  execFileSync(process.execPath, ['--no-warnings', BUILD], { stdio: 'inherit' });
  await using ending = new AsyncDisposableStack();
  const databases = ending.adopt(await openDatabases('embedded'), (each) => each.close());
  const settings = { ...SETTINGS, SIMULATOR: 'on', ...(await databases.make('hub')) };
  const hub = ending.adopt(await startProcess<string>('../editor/hub-process.ts', settings), (each) =>
    each.end(),
  );
  const browser = ending.adopt(await launchChromium(), (each) => each.close());
  const person = await signIn(browser, hub.told);
  const mapping = `/mappings/${await longMapping(person)}?stage=create`;

  say('first page');
  const home = await coldAndWarm(person, '/', HOME);
  say('mapping page');
  const script = await coldAndWarm(person, mapping, SCRIPT);
  say('list');
  const list = await coldAndWarm(person, '/tasks', ROWS);
  say('typing');
  const typed = await inWindow(person, async (window) => {
    const page = await window.newPage();
    await usableAfter(page, person.url + mapping, SCRIPT);
    return type(page);
  });
  return [
    bound('first page usable, cold: ms', home.cold, 1_000),
    bound('first page usable, warm: ms', home.warm, 1_000),
    bound('mapping page with its script in Monaco, cold: ms', script.cold, 3_000),
    bound('mapping page with its script in Monaco, warm: ms', script.warm, 3_000),
    bound('list of 10,000 tasks, cold: ms', list.cold, 1_000),
    bound('list of 10,000 tasks, warm: ms', list.warm, 1_000),
    bound('typing in a script of 500 lines, key to frame, p50: ms', percentile(typed, 0.5)),
    bound('typing in a script of 500 lines, key to frame, p95: ms', percentile(typed, 0.95), INSTANT_MS),
  ];
}

const bound = (what: string, value: number, most?: number): Bound => ({
  ...{ what, values: [value] },
  ...(most !== undefined && { most }),
});

/** The demo's mapping, its create script 500 lines long. @returns its id */
async function longMapping({ api }: Person): Promise<string> {
  const { items } = (await api('GET', '/mappings')) as { items: { id: string; name: string }[] };
  const id = items.find(({ name }) => name === 'Demo approval')?.id;
  if (id === undefined) throw new Error('the hub has no demo');
  const lines = Array.from(
    { length: 500 },
    (_, n) =>
      `fromField.add(new JSONObject().fluentPut("name", "Remarks").fluentPut("value", TASK_NAME + ${n}))`,
  );
  await api('PUT', `/mappings/${id}/draft/create`, { source: lines.join('\n') });
  return id;
}

/** The medians of opening a page in a window that has seen nothing yet, and once more in the same window. */
async function coldAndWarm(
  person: Person,
  path: string,
  selector: string,
): Promise<{ cold: number; warm: number }> {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    await inWindow(person, async (window) => {
      for (const samples of [cold, warm]) {
        const page = await window.newPage();
        samples.push(await usableAfter(page, person.url + path, selector));
        await page.close();
      }
    });
  return { cold: percentile(cold, 0.5), warm: percentile(warm, 0.5) };
}

async function inWindow<T>(person: Person, work: (window: BrowserContext) => Promise<T>): Promise<T> {
  const window = await person.newWindow();
  try {
    return await work(window);
  } finally {
    await window.close();
  }
}
