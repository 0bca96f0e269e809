import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Stage } from '../../../server/contract/stage.ts';
import type { Client } from '../../support/hub.ts';

/** The script editor of a mapping's page, as somebody uses it who has a mouse, a keyboard and a clipboard. */
export interface Script {
  /** The editor with its margin, markers and widgets. */
  readonly place: Locator;
  /** One line as it is shown, by a text in it. */
  line(text: string): Locator;
  /** Puts a text in place of all that is there. */
  paste(text: string): Promise<void>;
  /** Selects the first place of a text. */
  find(text: string): Promise<void>;
  /** Puts the cursor behind the last character. */
  toEnd(): Promise<void>;
  /** Has the hub save all stages, and waits until it says that it did. */
  save(): Promise<void>;
}

/** @param page shows a mapping; what its editor needs may still be under way */
export async function scriptOf(page: Page): Promise<Script> {
  const place = page.getByRole('tabpanel').locator('.monaco-editor').first();
  const lines = place.locator('.view-lines');
  await lines.locator('.view-line').first().waitFor();
  // The frame, which stays while the lines move below it; a click into the text puts the cursor at the end of a line.
  const focus = (): Promise<void> => place.click({ position: { x: 400, y: 20 } });
  return {
    place,
    // Blanks are shown as no-break ones.
    line: (text) => lines.locator('.view-line').filter({ hasText: text }).first(),
    async paste(text) {
      await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
      await focus();
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Control+V');
    },
    async find(text) {
      await focus();
      await page.keyboard.press('Control+F');
      const box = page.getByRole('textbox', { name: 'Find' });
      await box.fill(text);
      await box.press('Enter');
      await box.press('Escape');
    },
    async toEnd() {
      await focus();
      await page.keyboard.press('Control+End');
    },
    async save() {
      await page.keyboard.press('Control+S');
      await page.getByText('The hub has all five stages.').last().waitFor();
    },
  };
}

/** A stage's draft as the hub has it. */
export async function draftOf(api: Client, mappingId: string, stage: Stage = 'create'): Promise<string> {
  const { body } = await api('GET', `/mappings/${mappingId}`);
  const { draft } = body as { draft: Record<Stage, { source: string }> };
  return draft[stage].source;
}

/** Saves a stage's draft over whatever the hub has, as somebody else would. */
export async function saveDraft(
  api: Client,
  mappingId: string,
  source: string,
  stage: Stage = 'create',
): Promise<void> {
  const { body } = await api('GET', `/mappings/${mappingId}`);
  const { draft } = body as { draft: Record<Stage, { etag: string }> };
  const path = `/mappings/${mappingId}/draft/${stage}`;
  const saved = await api('PUT', path, { source }, { 'if-match': draft[stage].etag });
  expect(saved).toMatchObject({ status: 200 });
}

/** A new mapping at the demo's channel with the default scripts. @returns its id */
export async function addMapping(api: Client, name: string): Promise<string> {
  const channels = await api('GET', '/channels');
  const [channel] = (channels.body as { items: { id: string }[] }).items;
  const made = await api('POST', '/mappings', {
    ...{ channelId: channel?.id, name, approvalDefinitionId: 'PROC-DEMO' },
  });
  expect(made).toMatchObject({ status: 201 });
  return (made.body as { id: string }).id;
}
