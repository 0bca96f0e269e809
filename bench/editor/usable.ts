import type { Page } from 'playwright-core';

/** How long after its navigation began a page had what it is opened for. */
const WATCH = (selector: string): string => `globalThis.usable = new Promise((resolve) => {
  const watching = new MutationObserver(() => {
    if (document.querySelector(${JSON.stringify(selector)}) === null) return;
    watching.disconnect();
    // With the next frame it is drawn.
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
  });
  watching.observe(document, { childList: true, subtree: true });
})`;

/**
 * Opens a page and waits until it shows something.
 * @param selector of what must be there
 * @returns milliseconds from the navigation to the frame that shows it
 */
export async function usableAfter(page: Page, url: string, selector: string): Promise<number> {
  await page.addInitScript(WATCH(selector));
  await page.goto(url);
  await page.locator(selector).first().waitFor({ state: 'attached' });
  return page.evaluate<number>('globalThis.usable');
}
