import type { Locator, Page } from 'playwright-core';
import { sample } from '../../../editor/words/sample.ts';

/** On a task's page: the status beside its name. */
export const statusOf = (page: Page, status: string): Locator =>
  page.getByRole('main').locator('[data-status]').filter({ hasText: status }).first();

/** Submits the sample that the dialog offers, and goes to its page. @returns the task's id */
export async function submitSample(page: Page, words = sample.en): Promise<string> {
  const dialog = page.getByRole('dialog', { name: words.title });
  const taskId = await dialog.getByLabel(words.taskId).inputValue();
  await dialog.getByRole('button', { name: words.submit }).click();
  await page.waitForURL(`**/tasks/${taskId}`);
  return taskId;
}

/** Opens what leads to the simulator, which shows the task's approval among others with the keyboard at it. */
export async function toSimulator(link: Locator, taskId: string): Promise<Locator> {
  const opened = link.page().context().waitForEvent('page');
  await link.click();
  const simulator = await opened;
  await simulator.locator('article:focus').filter({ hasText: taskId }).waitFor();
  return simulator.getByRole('article').filter({ hasText: taskId });
}
