import { fileURLToPath } from 'node:url';
import { launchChromium } from '../support/chromium.ts';
import { takeEditor } from './pictures/editor.ts';
import { takeSimulator } from './pictures/simulator.ts';

/** Makes the pictures of the README and the docs (`npm run pictures`), in both themes and languages. */
const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));

const browser = await launchChromium();
try {
  await takeSimulator(browser, folder);
  await takeEditor(browser, folder);
} finally {
  await browser.close();
}
