import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { beforeAll, expect, it } from 'vitest';
import { start, useFolder } from '../db/support.ts';
import { buildEditor } from '../support/databases.ts';

const newFolder = useFolder();
// Else the first start builds it.
beforeAll(buildEditor, 120_000);

it('ends in order at a signal, also when it comes more than once', async () => {
  const hub = start('../../server/countersign.js', ['start'], { DATA_DIR: newFolder(), PORT: '0' });
  for await (const line of createInterface({ input: hub.process.stderr as Readable })) {
    if (line.includes('Ctrl+C ends it')) hub.process.kill('SIGINT');
    // Ctrl+C under npm: the terminal sends it to all, and npm passes it on.
    if (line.includes('finishing what is under way')) hub.process.kill('SIGINT');
  }
  expect(await hub.ended).toMatchObject({ code: 0, signal: null });
});
