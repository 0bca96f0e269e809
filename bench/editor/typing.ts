import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';

const KEYS = 150;
/** Some 16 keys a second: nobody is faster for long. */
const GAP_MS = 60;
const TEXT = "  const note = String.format('%s: %s', TASK_NAME, TASK_ID); // as it was\n";

/** From a key's own time to the frame after it. */
const LISTEN = `(() => {
  globalThis.typed = [];
  addEventListener('keydown', ({ timeStamp }) => {
    requestAnimationFrame(() => setTimeout(() => globalThis.typed.push(performance.now() - timeStamp)));
  }, { capture: true });
})()`;

/**
 * Types into the script editor that a page shows, in the middle of its text.
 * @returns milliseconds from each key to the frame that shows what came of it
 */
export async function type(page: Page): Promise<number[]> {
  const place = page.locator('[role="tabpanel"] .monaco-editor').first();
  await place.click({ position: { x: 400, y: 300 } });
  await page.keyboard.press('End');
  await page.evaluate(LISTEN);
  await page.keyboard.press('Enter');
  for (let key = 0; key < KEYS; key += 1) {
    const letter = TEXT.charAt(key % TEXT.length);
    await page.keyboard.press(letter === '\n' ? 'Enter' : letter === ' ' ? 'Space' : letter);
    await pause(GAP_MS);
  }
  return page.evaluate<number[]>('globalThis.typed');
}
