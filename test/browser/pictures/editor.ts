import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startCompany } from './company.ts';
import type { Company } from './company.ts';

/** Building the editor takes the time it takes, and it may be built only now. */
const BUILD_MS = 120_000;

interface Picture {
  readonly file: string;
  readonly path: (company: Company) => string;
  /** Brings the page to what is to be seen. */
  readonly pose: (page: Page) => Promise<void>;
  readonly looks?: BrowserContextOptions;
}

const PICTURES: readonly Picture[] = [
  {
    file: 'editor-home.png',
    path: () => '/',
    pose: (page) => page.getByText('T-2026-1182').first().waitFor(),
  },
  {
    file: 'editor-mapping.png',
    path: ({ mappingId }) => `/mappings/${mappingId}?stage=create`,
    pose: (page) => scriptIsThere(page),
  },
  {
    file: 'editor-test.png',
    path: ({ mappingId }) => `/mappings/${mappingId}?stage=create`,
    pose: async (page) => {
      await scriptIsThere(page);
      await page.keyboard.press('Control+Enter');
      await page.getByText('The form as the provider will show it').waitFor();
    },
  },
  {
    file: 'editor-task.png',
    path: ({ taskId }) => `/tasks/${taskId}`,
    pose: async (page) => {
      await page.getByText('ok, after 22:00').first().waitFor();
      // The provider's name comes with the list of channels.
      await page.getByText('Approval opened at DingTalk').waitFor();
    },
  },
  {
    file: 'editor-channel.png',
    path: ({ channelId }) => `/channels/${channelId}`,
    pose: async (page) => {
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByRole('button', { name: 'Verify again' }).waitFor();
    },
  },
  {
    file: 'mapping-zh-dark.png',
    path: ({ mappingId }) => `/mappings/${mappingId}?stage=create`,
    pose: (page) => scriptIsThere(page),
    looks: { locale: 'zh-CN', colorScheme: 'dark' },
  },
];

/** Monaco has loaded and coloured the script. */
const scriptIsThere = (page: Page): Promise<void> =>
  page
    .locator('.view-line span[class*="mtk"]', { hasText: /^"value"$|^new$/ })
    .first()
    .waitFor();

/**
 * Pictures of the editor's main pages, in a hub that has lived through a few tasks.
 * @param folder where they go, with a slash at the end
 */
export async function takeEditor(browser: Browser, folder: string): Promise<void> {
  const company = await startCompany();
  try {
    for (const { file, path, pose, looks } of PICTURES) {
      const context = await browser.newContext({
        ...{ locale: 'en-GB', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
        ...{ reducedMotion: 'reduce', timezoneId: 'Asia/Shanghai' },
        ...looks,
      });
      await context.request.post(`${company.url}/sign-in`, {
        form: company.admin,
        headers: { origin: company.url },
      });
      const page = await context.newPage();
      await page.goto(company.url + path(company));
      await page.getByRole('navigation').first().waitFor({ timeout: BUILD_MS });
      await pose(page);
      await page.screenshot({ path: `${folder}${file}` });
      await context.close();
    }
  } finally {
    await company.close();
  }
}
